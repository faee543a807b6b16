/** The commands of a guide, run one after another as they stand there. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { finished, type Finished } from './run-modelyard.ts';
import { startServer } from './start-server.ts';

const root = join(import.meta.dir, '../..');

/** @param name such as `docs/projects.md` */
export async function runGuide(name: string, limit: number): Promise<Finished> {
  const guide = await Bun.file(join(root, name)).text();
  const blocks = [...guide.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block);
  const server = await startServer();
  try {
    const { dir, url } = server;
    const env = {
      MLFLOW_TRACKING_URI: url,
      PATH: `${root}/bin:${root}/.venv/bin:${process.env['PATH']}`,
      XDG_CACHE_HOME: join(dir, 'cache'),
      UV_CACHE_DIR: process.env['UV_CACHE_DIR'] ?? join(homedir(), '.cache/uv'),
    };
    return await finished(['bash', '-eu', '-o', 'pipefail', '-c', blocks.join('')], { dir, env, limit });
  } finally {
    await server.stop();
  }
}
