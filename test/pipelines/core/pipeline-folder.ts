/** A folder with a pipeline, and `modelyard pipeline` run in it. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PipelineRecord } from '../../../src/protocol/pipeline-record.ts';
import { freshFolder } from '../../support/folders.ts';
import { cleanEnvironment, modelyard } from '../../support/start-server.ts';
import { runModelyard, type Finished } from '../../support/run-modelyard.ts';

const python = join(import.meta.dir, '../../../.venv/bin');

export interface PipelineFolder {
  readonly dir: string;
  write(files: Readonly<Record<string, string>>): void;
  read(file: string): string;
  remove(file: string): void;
  run(...args: string[]): Promise<Finished>;
  /** What was printed; the command must succeed. */
  out(...args: string[]): Promise<string>;
  /** A build that is not recorded, whatever its end: what became of each task, and why. */
  build(...args: string[]): Promise<Record<string, string>>;
  /** What would run, and why. */
  outdated(...args: string[]): Promise<Record<string, string | false>>;
  /** The lines of the error output; the command must fail. */
  faults(...args: string[]): Promise<string[]>;
  start(...args: string[]): Started;
}

export interface Started {
  readonly pid: number;
  readonly exited: Promise<number>;
  /** Ends the command alone. */
  kill(signal: NodeJS.Signals): void;
  readonly output: Promise<string>;
}

export function pipelineFolder(
  files: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): PipelineFolder {
  const dir = freshFolder();
  const variables = { PATH: `${python}:${process.env['PATH']}`, ...env };
  const write: PipelineFolder['write'] = (some) => {
    for (const [name, text] of Object.entries(some)) {
      mkdirSync(dirname(join(dir, name)), { recursive: true });
      writeFileSync(join(dir, name), text);
    }
  };
  const run = (...args: string[]): Promise<Finished> =>
    runModelyard(['pipeline', ...args], { dir, env: variables, limit: 60_000 });
  const out = async (...args: string[]): Promise<string> => {
    const { code, out: text, error } = await run(...args);
    if (code !== 0) throw new Error(`pipeline ${args.join(' ')} ended with ${code}: ${error}`);
    return text;
  };
  write(files);
  return {
    dir,
    write,
    read: (file) => readFileSync(join(dir, file), 'utf8'),
    remove: (file) => rmSync(join(dir, file), { recursive: true, force: true }),
    run,
    out,
    async build(...args) {
      const { out: text, error } = await run('build', '--no-record', '--json', ...args);
      if (text === '') throw new Error(error);
      const { tasks } = JSON.parse(text) as PipelineRecord;
      return Object.fromEntries(tasks.map(({ name, state, reason }) => [name, `${state}: ${reason}`]));
    },
    async outdated(...args) {
      const rows = JSON.parse(await out('status', '--json', ...args)) as { name: string; outdated: string | false }[];
      return Object.fromEntries(rows.map(({ name, outdated }) => [name, outdated]));
    },
    async faults(...args) {
      const { code, error } = await run(...args);
      if (code === 0) throw new Error(`pipeline ${args.join(' ')} succeeded`);
      return error
        .trim()
        .split('\n')
        .map((line) => line.trim());
    },
    start(...args) {
      const child = Bun.spawn(['setpriv', '--pdeathsig', 'KILL', modelyard, 'pipeline', ...args], {
        cwd: dir,
        env: { ...cleanEnvironment(), ...variables },
        stdin: 'ignore',
        stdout: 'pipe',
        stderr: 'pipe',
      });
      const output = Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()]);
      return {
        pid: child.pid,
        exited: child.exited,
        kill: (signal) => child.kill(signal),
        output: output.then((texts) => texts.join('')),
      };
    },
  };
}

/** A task that writes `text` and what it takes, and notes in `ran` that it was run. */
export function shellTask(text: string, ...upstream: string[]): string {
  const takes = upstream.map((name) => `cat {{ upstream["${name}"] }} >> {{ product }}\n`);
  return `echo ${text} > {{ product }}\n${takes.join('')}echo ${text} >> ran\n`;
}

/** Resolves when `look` is true; every half-truth is bounded. */
export async function until(look: () => boolean, limit = 20_000): Promise<void> {
  for (const end = Date.now() + limit; !look(); await Bun.sleep(20)) {
    if (Date.now() > end) throw new Error('it did not come to be');
  }
}
