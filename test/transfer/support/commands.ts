/** `modelyard import` and `export` as a user runs them, and Python with the real MLflow. */
import { join } from 'node:path';
import { finished as toItsEnd, type Finished } from '../../support/run-modelyard.ts';
import { modelyard } from '../../support/start-server.ts';

const python = join(import.meta.dir, '../../../.venv/bin/python');
/** Loading MLflow takes a minute when the machine is busy. */
const limit = 150_000;

/** @param env beside that of a clean machine */
export function finished(command: readonly string[], dir: string, env: Record<string, string> = {}): Promise<Finished> {
  return toItsEnd(command, { dir, env, limit });
}

export interface Told {
  readonly complete: boolean;
  readonly counts: Readonly<Record<string, Readonly<Record<'brought' | 'there' | 'differs' | 'failed', number>>>>;
  readonly lines: readonly {
    readonly kind: string;
    readonly id: string;
    readonly outcome: string;
    readonly reason: string;
  }[];
}

/** The places of the server that `startServer` starts in a folder. */
export function placesIn(dir: string): string[] {
  return ['--backend-store-uri', `sqlite:///${dir}/m.db`, '--artifacts-destination', `${dir}/artifacts`];
}

/** An import with `--json` into such a folder. */
export async function importInto(
  dir: string,
  source: string,
  ...args: string[]
): Promise<Told & { readonly code: number }> {
  const { code, out, error } = await finished([modelyard, 'import', source, ...placesIn(dir), '--json', ...args], dir);
  if (out === '') throw new Error(`import told nothing: ${error}`);
  return { ...(JSON.parse(out) as Told), code };
}

export async function exportOf(dir: string, folder: string, ...args: string[]): Promise<Finished> {
  return finished([modelyard, 'export', folder, ...placesIn(dir), ...args], dir);
}

const scripts = import.meta.dir;

export async function script(name: string, argument: string, dir: string): Promise<string> {
  const { code, out, error } = await finished([python, join(scripts, name), argument], dir);
  if (code !== 0) throw new Error(`${name} ended with ${code}:\n${error.slice(-3000)}`);
  return out;
}

/** What the real client reads there. */
export async function readByMlflow(uri: string, dir: string): Promise<unknown> {
  const out = await script('read_mlflow.py', uri, dir);
  return JSON.parse(out.trimEnd().split('\n').at(-1) ?? '');
}
