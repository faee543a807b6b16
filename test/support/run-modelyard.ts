/** Commands that are run to their end. */
import { cleanEnvironment, modelyard } from './start-server.ts';

export interface Finished {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

export interface RunOptions {
  readonly dir: string;
  readonly through?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds. Default: ten seconds. */
  readonly limit?: number;
}

/** `bin/modelyard` with arguments. */
export async function runModelyard(args: readonly string[], options: RunOptions): Promise<Finished> {
  return finished([...(options.through ?? []), modelyard, ...args], options);
}

/** A command that has not ended in time is killed; its code is then that of the signal, 137. */
export async function finished(
  command: readonly string[],
  { dir, env, limit = 10_000 }: RunOptions,
): Promise<Finished> {
  const child = Bun.spawn([...command], {
    cwd: dir,
    env: { ...cleanEnvironment(), ...env },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
    timeout: limit,
    killSignal: 'SIGKILL',
  });
  const [code, out, error] = await Promise.all([
    child.exited,
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  return { code, out, error };
}
