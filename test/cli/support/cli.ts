/** Runs the real `bin/modelyard` against a server, as a program does (pipes) and as a person does (a terminal). */
import { cleanEnvironment, modelyard } from '../../support/start-server.ts';
import { freshFolder } from '../../support/folders.ts';
import { runModelyard, type Finished } from '../../support/run-modelyard.ts';
import { within } from '../../support/within.ts';

export interface Cli {
  /** The folder in which the commands run. */
  readonly dir: string;
  run(...args: string[]): Promise<Finished>;
  /** What was printed; the command must succeed. */
  out(...args: string[]): Promise<string>;
  /** The same with --json. */
  json<T>(...args: string[]): Promise<T>;
}

/** @param limit milliseconds that a command may take; ten seconds by default */
export function cliOf(url: string, env: Readonly<Record<string, string>> = {}, limit?: number): Cli {
  const dir = freshFolder();
  const run = (...args: string[]): Promise<Finished> =>
    runModelyard(args, {
      dir,
      env: { MLFLOW_TRACKING_URI: url, MODELYARD_SPOOL: `${dir}/spool`, ...env },
      ...(limit === undefined ? {} : { limit }),
    });
  const out = async (...args: string[]): Promise<string> => {
    const { code, out, error } = await run(...args);
    if (code !== 0) throw new Error(`modelyard ${args.join(' ')} ended with ${code}: ${error}`);
    return out;
  };
  return { dir, run, out, json: async <T>(...args: string[]) => JSON.parse(await out(...args, '--json')) as T };
}

interface TerminalOptions {
  readonly dir: string;
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** What a person sees: all that was written to a terminal of that width, with its control sequences. */
export async function onTerminal(args: readonly string[], options: TerminalOptions): Promise<string> {
  const { dir, columns = 80, env = {} } = options;
  let text = '';
  const decoder = new TextDecoder();
  const command = Bun.spawn([modelyard, ...args], {
    cwd: dir,
    env: { ...cleanEnvironment(), TERM: 'xterm-256color', NO_COLOR: undefined, ...env },
    terminal: {
      cols: columns,
      rows: 40,
      data: (_terminal, bytes) => {
        text += decoder.decode(bytes, { stream: true });
      },
    },
  });
  await within(30_000, command.exited).finally(() => command.kill('SIGKILL'));
  // The last bytes may come after the end of the process.
  await within(
    5000,
    ended(() => text),
  );
  return text.replaceAll('\r\n', '\n');
}

/** Resolves when two looks in a row saw the same text, and some. */
async function ended(look: () => string): Promise<void> {
  for (let before = ''; ; before = look()) {
    await Bun.sleep(20);
    if (look() !== '' && look() === before) return;
  }
}

export function withoutColours(text: string): string {
  return text.replace(/\u001b\[\d*m/g, '');
}
