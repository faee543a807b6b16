/** Serves the repositories of a folder by http, as `http://127.0.0.1:PORT/NAME`, through git's own backend. */
export interface GitServer extends AsyncDisposable {
  readonly url: string;
}

export function serveGit(folder: string): GitServer {
  const server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: (request) => answer(folder, request) });
  return { url: `http://127.0.0.1:${server.port}`, [Symbol.asyncDispose]: () => server.stop(true) };
}

async function answer(folder: string, request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const header = (name: string): string => request.headers.get(name) ?? '';
  const body = await request.bytes();
  const backend = Bun.spawn(['git', 'http-backend'], {
    env: {
      PATH: process.env['PATH'],
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: '1',
      // The folder may be somebody else's.
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'safe.directory',
      GIT_CONFIG_VALUE_0: '*',
      PATH_INFO: decodeURIComponent(pathname),
      QUERY_STRING: search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: header('content-type'),
      CONTENT_LENGTH: String(body.length),
      HTTP_CONTENT_ENCODING: header('content-encoding'),
      GIT_PROTOCOL: header('git-protocol'),
    },
    stdin: body,
    stdout: 'pipe',
    stderr: 'ignore',
  });
  const output = Buffer.from(await new Response(backend.stdout).arrayBuffer());
  const end = output.indexOf('\r\n\r\n');
  const headers = new Headers();
  for (const line of output.toString('latin1', 0, end).split('\r\n')) {
    const at = line.indexOf(': ');
    if (at > 0) headers.append(line.slice(0, at), line.slice(at + 2));
  }
  const status = Number(headers.get('status')?.slice(0, 3) ?? 200);
  headers.delete('status');
  return new Response(output.subarray(end + 4), { status, headers });
}
