/** Real searches: by `bin/modelyard`, with the Python that AutoML makes for itself. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAutoml, type AutomlState } from '../../../../src/sdk/automl-search.ts';
import { searchRuns } from '../../../../src/sdk/fluent-search.ts';
import { searchExperiments } from '../../../../src/sdk/fluent-experiments.ts';
import { automlTags } from '../../../../src/protocol/automl-record.ts';
import { cleanEnvironment, modelyard } from '../../../support/start-server.ts';
import { finished, type Finished } from '../../../support/run-modelyard.ts';

/** Until which a search must have come so far, however busy the machine is. */
export const bound = 240_000;
/** The process of a search must not outlive the tests. */
const untilTestEnds = ['setpriv', '--pdeathsig', 'TERM'];

export interface Place {
  readonly dir: string;
  readonly url: string;
}

function environmentOf({ dir, url }: Place): Record<string, string | undefined> {
  return { ...cleanEnvironment(), MLFLOW_TRACKING_URI: url, AUTOML_CACHE: join(dir, 'cache') };
}

export async function automl(place: Place, ...args: string[]): Promise<Finished> {
  const env = { MLFLOW_TRACKING_URI: place.url, AUTOML_CACHE: join(place.dir, 'cache') };
  return finished([...untilTestEnds, modelyard, 'automl', ...args], { dir: place.dir, env, limit: bound });
}

export interface Terminal {
  readonly process: Bun.Subprocess;
  /** All that was written, with its control sequences. */
  readonly text: () => string;
}

export function automlOnTerminal(place: Place, ...args: string[]): Terminal {
  let text = '';
  const decoder = new TextDecoder();
  const process = Bun.spawn([...untilTestEnds, modelyard, 'automl', ...args], {
    cwd: place.dir,
    env: { ...environmentOf(place), TERM: 'xterm-256color', NO_COLOR: undefined },
    terminal: {
      cols: 100,
      rows: 40,
      data: (_terminal, bytes) => {
        text += decoder.decode(bytes, { stream: true });
      },
    },
  });
  return { process, text: () => text };
}

/** In the background, without a terminal. */
export function automlProcess(place: Place, ...args: string[]): Bun.Subprocess {
  return Bun.spawn([...untilTestEnds, modelyard, 'automl', ...args], {
    cwd: place.dir,
    env: environmentOf(place),
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: Bun.file(join(place.dir, 'search.log')),
  });
}

/** The only search of an experiment, once it has come so far. */
export async function untilSearch(experiment: string, is: (state: AutomlState) => boolean): Promise<AutomlState> {
  let last: unknown;
  for (const end = Date.now() + bound; Date.now() < end; await Bun.sleep(200)) {
    const known = await searchExperiments({ filter: `name = '${experiment}'` });
    const filter = `tags.\`${automlTags.role}\` = 'search'`;
    const [run] = known.length === 0 ? [] : await searchRuns({ experimentNames: [experiment], filter });
    if (!run) continue;
    const state = await readAutoml(run.info.runId);
    if (is(state)) return state;
    last = state;
  }
  throw new Error(`it did not become so: ${JSON.stringify(last)}`);
}

/** Two kinds that one column tells apart, mostly; a column that is empty at times, one of texts. */
export function flowersFile(dir: string, rows = 160): string {
  const lines = Array.from({ length: rows }, (_, at) => {
    const noise = ((at * 7919) % 100) / 50;
    const colour = ['red', 'blue', 'white'][at % 3];
    const [petal, kind] = at % 2 === 0 ? [1 + noise, 'setosa'] : [2.5 + noise, 'virginica'];
    return `${petal},${at % 9 === 0 ? '' : (at * 31) % 17},${colour},${kind}`;
  });
  return written(dir, 'flowers.csv', ['petal,age,colour,kind', ...lines]);
}

/** A price that two of its columns make, and chance; with its split, weights, dates, and a column without a value. */
export function housesFile(dir: string, rows = 160): string {
  const lines = Array.from({ length: rows }, (_, at) => {
    const [area, rooms] = [40 + ((at * 37) % 120), 1 + (at % 5)];
    const built = new Date(Date.UTC(1950, 0, 1 + at * 97)).toISOString().slice(0, 10);
    const part = ['train', 'validate', 'test', 'train', 'train'][Math.floor(at / 5) % 5];
    const price = 2 * area + 10 * rooms + ((at * 7919) % 100) / 10;
    return [at % 13 === 0 ? '' : area, rooms, built, '', part, at % 3, price].join(',');
  });
  return written(dir, 'houses.csv', ['area,rooms,built,nothing,part,weight,price', ...lines]);
}

/** Eight years of months with a trend and a season. */
export function passengersFile(dir: string): string {
  const lines = Array.from({ length: 96 }, (_, at) => {
    const month = `${2010 + Math.floor(at / 12)}-${String(1 + (at % 12)).padStart(2, '0')}-01`;
    return `${month},${(100 + at) * (1 + 0.2 * Math.sin((at * Math.PI) / 6)) + ((at * 7919) % 100) / 50}`;
  });
  return written(dir, 'passengers.csv', ['month,passengers', ...lines]);
}

function written(dir: string, name: string, lines: readonly string[]): string {
  const path = join(dir, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}
