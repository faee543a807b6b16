/** What all readers of Parquet share. */
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';

/** Beside Snappy, which hyparquet knows. */
export const compressors = {
  GZIP: (bytes: Uint8Array) => gunzipSync(bytes),
  ZSTD: (bytes: Uint8Array) => zstdDecompressSync(bytes),
  BROTLI: (bytes: Uint8Array) => brotliDecompressSync(bytes),
};

/** What pandas keeps of a table's index is no column. */
export const pandasIndex = /^__index_level_\d+__$/;
