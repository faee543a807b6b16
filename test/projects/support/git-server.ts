/** Repositories made of folders, and a server that gives them by HTTP as the well-known ones do. */
import { freshFolder } from '../../support/folders.ts';
import { cleanEnvironment } from '../../support/start-server.ts';

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

/** What lies below a folder, at `/git/<path>`, through git's own program for web servers. */
export function gitServer(root = freshFolder()): { url: string; root: string; stop: () => void } {
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    async fetch(request) {
      const { pathname, search } = new URL(request.url);
      const backend = Bun.spawn(['git', 'http-backend'], {
        env: {
          ...cleanEnvironment(),
          GIT_PROJECT_ROOT: root,
          GIT_HTTP_EXPORT_ALL: '1',
          PATH_INFO: pathname.replace(/^\/git/, ''),
          QUERY_STRING: search.slice(1),
          REQUEST_METHOD: request.method,
          CONTENT_TYPE: request.headers.get('content-type') ?? '',
          HTTP_CONTENT_ENCODING: request.headers.get('content-encoding') ?? '',
          GIT_PROTOCOL: request.headers.get('git-protocol') ?? '',
          GIT_CONFIG_COUNT: '1',
          GIT_CONFIG_KEY_0: 'safe.directory',
          GIT_CONFIG_VALUE_0: '*',
        },
        stdin: await request.blob(),
        stdout: 'pipe',
        stderr: 'ignore',
      });
      const answer = Buffer.from(await new Response(backend.stdout).arrayBuffer());
      const end = answer.indexOf('\r\n\r\n');
      const lines = answer.subarray(0, end).toString().split('\r\n');
      const headers = lines.map((line) => line.split(': ') as [string, string]);
      const status = Number(/^\d+/.exec(headers.find(([name]) => name === 'Status')?.[1] ?? '200')?.[0]);
      return new Response(answer.subarray(end + 4), { status, headers: headers.filter(([name]) => name !== 'Status') });
    },
  });
  return { url: `http://127.0.0.1:${server.port}/git`, root, stop: () => void server.stop(true) };
}
