/** The example as a user starts it: by its one command, in a process of its own. */
import { join } from 'node:path';
import { cleanEnvironment } from '../../../support/start-server.ts';
import { within } from '../../../support/within.ts';

const example = join(import.meta.dir, '../../../../examples/train-and-deploy');
const python = join(import.meta.dir, '../../../../.venv/bin/python');
const limit = 60_000;

export interface App {
  /** The page. */
  readonly url: string;
  /** The Modelyard server that it works with. */
  readonly server: string;
  /** Ends it as Ctrl+C does; resolves with the exit code. */
  stop(): Promise<number>;
}

export async function startApp(dir: string, env: Readonly<Record<string, string>> = {}): Promise<App> {
  // What it starts must not outlive the tests; it ends its server when it is told to end.
  const app = Bun.spawn(['setpriv', '--pdeathsig', 'TERM', 'sh', join(example, 'start.sh')], {
    cwd: dir,
    env: {
      ...cleanEnvironment(),
      PORT: '0',
      MODELYARD_EXAMPLE_PYTHON: python,
      MODELYARD_EXAMPLE_DATA: join(dir, 'data'),
      XDG_CACHE_HOME: join(dir, 'cache'),
      ...env,
    },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  });
  let log = '';
  const stop = (): Promise<number> => {
    app.kill('SIGINT');
    return within(20_000, app.exited);
  };
  const { promise: addresses, resolve, reject } = Promise.withResolvers<readonly string[]>();
  const read = async (stream: ReadableStream<Uint8Array>): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const chunk of stream) {
      log += decoder.decode(chunk, { stream: true });
      const [, url, server] = /Train and deploy +(http\S+)\n +Modelyard +(http\S+)\n/.exec(log) ?? [];
      if (url !== undefined && server !== undefined) resolve([url, server]);
    }
  };
  void Promise.all([read(app.stdout), read(app.stderr)]).then(() => reject(new Error('it ended')));
  try {
    const [url = '', server = ''] = await within(limit, addresses);
    return { url, server, stop };
  } catch (error) {
    app.kill('SIGKILL');
    throw new Error(`the example did not start: ${String(error)}\n${log}`, { cause: error });
  }
}
