/** Runs `bin/modelyard` to its end, for commands that fail or finish by themselves. */
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
}

const limit = 10_000;

/** A command that has not ended after ten seconds is killed; its code is then that of the signal, 137. */
export async function runModelyard(args: readonly string[], options: RunOptions): Promise<Finished> {
  const { dir, through = [], env } = options;
  const command = Bun.spawn([...through, modelyard, ...args], {
    cwd: dir,
    env: { ...cleanEnvironment(), ...env },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  });
  const timer = setTimeout(() => command.kill('SIGKILL'), limit);
  const [code, out, error] = await Promise.all([
    command.exited,
    new Response(command.stdout).text(),
    new Response(command.stderr).text(),
  ]);
  clearTimeout(timer);
  return { code, out, error };
}
