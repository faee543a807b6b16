/** The seam between the server and where artifacts lie. Paths are untrusted: every store resolves them itself. */

export interface ArtifactEntry {
  /** Relative to the store's root, as `artifacts/list` answers. */
  readonly path: string;
  /** The last part of the path, as `mlflow-artifacts` lists answer. */
  readonly name: string;
  readonly isDir: boolean;
  /** Bytes; 0 for folders. */
  readonly size: number;
}

/** Both ends inclusive, as in HTTP. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** An open file. Its bytes stay those that were there when it was opened, whatever happens to the name. */
export interface ArtifactFile {
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number;
  /** A strong validator, quoted as in HTTP. */
  readonly etag: string;
  /**
   * For a Response: bytes when they are few, else a stream. Bun 1.4 drops the Content-Length of streams and sends
   * them chunked. Call this or `stream` once; the file closes itself at the end, on cancel and on error.
   */
  body(range?: ByteRange): Promise<Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>>;
  stream(range?: ByteRange): ReadableStream<Uint8Array>;
  /** Needed only when nothing is read (HEAD, 304, 416). Harmless otherwise. */
  close(): Promise<void>;
}

export interface WriteOptions {
  /** The Content-Length. A body that ends earlier or later is refused and leaves nothing behind. */
  readonly expectedSize?: number | undefined;
}

export interface ArtifactStore {
  /** What a folder holds, sorted by name; [] for a file or a missing path. */
  list(path: string): Promise<ArtifactEntry[]>;
  /** 404 RESOURCE_DOES_NOT_EXIST for a missing file, 400 INVALID_PARAMETER_VALUE for a folder. */
  open(path: string): Promise<ArtifactFile>;
  /** All or nothing: readers see the old file or the whole new one. Returns the number of bytes. */
  write(path: string, body: ReadableStream<Uint8Array> | null, options?: WriteOptions): Promise<number>;
  /** A file or a folder with all it holds. Missing is no error. */
  delete(path: string): Promise<void>;
}
