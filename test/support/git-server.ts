/** Repositories made of folders, and a server that gives them by HTTP through git's own backend, as the well-known ones do. */
import { freshFolder } from './folders.ts';
import { cleanEnvironment } from './start-server.ts';

const identity = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b' };

/** What git says; it must succeed. */
export function git(folder: string, ...words: string[]): string {
  const { exitCode, stdout, stderr } = Bun.spawnSync(['git', '-c', 'init.defaultBranch=main', ...words], {
    cwd: folder,
    env: { ...cleanEnvironment(), ...identity, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' },
  });
  if (exitCode !== 0) throw new Error(`git ${words.join(' ')}: ${stderr.toString()}`);
  return stdout.toString().trim();
}

/** All that is in the folder, as a commit. @returns its id */
export function commit(folder: string, message = 'a'): string {
  git(folder, 'init', '--quiet');
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--allow-empty', '-m', message);
  return git(folder, 'rev-parse', 'HEAD');
}

export interface GitServer extends AsyncDisposable {
  readonly url: string;
  readonly root: string;
}

/** The repositories of a folder, each as `http://127.0.0.1:PORT/NAME`. */
export function serveGit(root = freshFolder()): GitServer {
  const server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: (request) => answer(root, request) });
  return { url: `http://127.0.0.1:${server.port}`, root, [Symbol.asyncDispose]: () => server.stop(true) };
}

async function answer(root: string, request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const header = (name: string): string => request.headers.get(name) ?? '';
  const body = await request.bytes();
  const backend = Bun.spawn(['git', 'http-backend'], {
    env: {
      ...cleanEnvironment(),
      GIT_PROJECT_ROOT: root,
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
