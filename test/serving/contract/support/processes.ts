/** Models, MLflow's scoring server and ours, in processes that end with the tests. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cleanEnvironment, modelyard } from '../../../support/start-server.ts';
import { within } from '../../../support/within.ts';

const root = join(import.meta.dir, '../../../..');
const contract = join(root, 'test/serving/contract');
/** Where ONNX Runtime is installed. */
export const libraries = join(root, 'test/sdk/libraries');
export const python = join(root, '.venv/bin/python');
const withTests = ['setpriv', '--pdeathsig', 'KILL'];
const startLimit = 120_000;

/** Makes the models of `make_models.py`, each in a folder of its name; all by default. */
export async function makeModels(folder: string, ...names: readonly string[]): Promise<void> {
  mkdirSync(folder);
  const making = spawn([python, join(contract, 'make_models.py'), folder, ...names], folder);
  const [code, error] = await within(startLimit, Promise.all([making.exited, new Response(making.stderr).text()]));
  if (code !== 0) throw new Error(`the models could not be made: ${error}`);
}

export interface Serving extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  /** What it wrote to its error output so far. */
  log(): string;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number>;
}

/** MLflow's scoring server for all models of a folder: below `/NAME`. */
export function startOracle(models: string, cwd: string): Promise<Serving> {
  return started([python, '-u', join(contract, 'oracle_server.py'), models], cwd, /Uvicorn running on (\S+)/);
}

/** `modelyard models serve`, where ONNX Runtime is installed. */
export function startServing(
  model: string,
  more: readonly string[] = [],
  cwd = libraries,
  env: Readonly<Record<string, string>> = {},
): Promise<Serving> {
  const args = ['models', 'serve', '-m', model, '-p', '0', '--env-manager', 'local', ...more];
  return started([modelyard, ...args], cwd, /serving .* on (\S+) \(ready/, env);
}

export function spawn(
  command: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Bun.Subprocess<'ignore', 'pipe', 'pipe'> {
  const path = `${join(root, '.venv/bin')}:${process.env['PATH']}`;
  return Bun.spawn([...withTests, ...command], {
    cwd,
    env: { ...cleanEnvironment(), PATH: path, ...env },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  });
}

async function started(
  command: readonly string[],
  cwd: string,
  ready: RegExp,
  env: Readonly<Record<string, string>> = {},
): Promise<Serving> {
  const child = spawn(command, cwd, env);
  let log = '';
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const collect = async (): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const chunk of child.stderr) {
      log += decoder.decode(chunk, { stream: true });
      const url = ready.exec(log)?.[1];
      if (url !== undefined) resolve(url);
    }
    reject(new Error(`${command.join(' ')} ended: ${log}`));
  };
  collect().catch(reject);
  promise.catch(() => undefined);
  const stop = async (): Promise<number> => {
    child.kill('SIGTERM');
    await within(startLimit, child.exited).catch(() => child.kill('SIGKILL'));
    return child.exited;
  };
  try {
    const url = await within(startLimit, promise);
    return { url, pid: child.pid, log: () => log, stop, [Symbol.asyncDispose]: async () => void (await stop()) };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}
