import type { ArtifactFile, ArtifactStore } from '../../artifacts/artifact-store.ts';
import { parseByteRange } from '../../artifacts/byte-range.ts';
import { downloadHeaders } from '../../artifacts/content-type.ts';
import { hasAlready, isOfSameFile } from '../conditional-requests.ts';

/** Sends a file, or the range of it that the client asked for. */
export async function download(
  request: Request,
  store: ArtifactStore,
  path: string,
  headersOf: (path: string) => Record<string, string> = downloadHeaders,
): Promise<Response> {
  const file = await store.open(path);
  const headers: Record<string, string> = {
    ...headersOf(path),
    'accept-ranges': 'bytes',
    'cache-control': 'no-cache',
    etag: file.etag,
    'last-modified': new Date(file.modifiedAt).toUTCString(),
  };
  if (hasAlready(request.headers.get('if-none-match'), file.etag)) return withoutBody(file, 304, headers);
  // A range of another file than the one whose beginning the client has would spoil its copy.
  const same = isOfSameFile(request.headers.get('if-range'), file.etag);
  const range = same ? parseByteRange(request.headers.get('range'), file.size) : undefined;
  if (range === 'unsatisfiable') return withoutBody(file, 416, { ...headers, 'content-range': `bytes */${file.size}` });
  if (request.method === 'HEAD') return withoutBody(file, 200, { ...headers, 'content-length': String(file.size) });
  if (range === undefined) return new Response(await file.body(), { headers });
  headers['content-range'] = `bytes ${range.start}-${range.end}/${file.size}`;
  return new Response(await file.body(range), { status: 206, headers });
}

async function withoutBody(file: ArtifactFile, status: number, headers: Record<string, string>): Promise<Response> {
  await file.close();
  return new Response(null, { status, headers });
}
