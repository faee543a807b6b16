/** A folder as a bucket of S3: lists and objects, to whoever signs the request. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** @param beforeFile awaited before a file is sent */
export function startFolderAsS3(
  folder: string,
  beforeFile?: (path: string) => Promise<void>,
): AsyncDisposable & { readonly url: string } {
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    async fetch(request) {
      const { pathname, searchParams } = new URL(request.url);
      if (!request.headers.get('authorization')?.startsWith('AWS4-HMAC-SHA256 Credential=key/')) {
        return new Response('<Error><Code>AccessDenied</Code></Error>', { status: 403 });
      }
      const path = decodeURIComponent(pathname.replace(/^\/bucket\/?/, ''));
      if (searchParams.has('list-type')) return listed(folder, searchParams.get('prefix') ?? '');
      const file = join(folder, path);
      if (!existsSync(file)) return new Response('<Error><Code>NoSuchKey</Code></Error>', { status: 404 });
      if (request.method === 'GET') await beforeFile?.(path);
      return new Response(Bun.file(file));
    },
  });
  return { url: `http://127.0.0.1:${server.port}`, [Symbol.asyncDispose]: () => server.stop(true) };
}

function listed(folder: string, prefix: string): Response {
  const names = readdirSync(join(folder, prefix));
  const parts = names.map((name) => {
    const info = statSync(join(folder, prefix, name));
    return info.isDirectory()
      ? `<CommonPrefixes><Prefix>${prefix}${name}/</Prefix></CommonPrefixes>`
      : `<Contents><Key>${prefix}${name}</Key><Size>${info.size}</Size></Contents>`;
  });
  const body = `<ListBucketResult><IsTruncated>false</IsTruncated>${parts.join('')}</ListBucketResult>`;
  return new Response(body, { headers: { 'content-type': 'application/xml' } });
}
