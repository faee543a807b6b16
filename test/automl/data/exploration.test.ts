import { afterAll, beforeAll, expect, test } from 'bun:test';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { prepareData } from '../../../src/automl/data/prepare-data.ts';
import { drift } from '../../../src/automl/exploration/table-code.ts';
import { seriesExploration } from '../../../src/automl/exploration/series-exploration.ts';
import { tableExploration } from '../../../src/automl/exploration/table-exploration.ts';
import { startNotebookRunner } from '../../../src/automl/worker/notebook-runner.ts';
import type { NotebookRunner } from '../../../src/automl/worker/worker.ts';
import { checkedConfig, type AutomlRequest } from '../../../src/protocol/automl-config-check.ts';
import { DataLab, type Row } from './support/data-lab.ts';
import { people } from './support/tables.ts';

interface Output {
  readonly output_type: string;
  readonly name?: string;
  readonly text?: string | readonly string[];
  readonly data?: Readonly<Record<string, unknown>>;
}

interface Explored {
  /** Titles of the sections. */
  readonly sections: readonly string[];
  readonly markdown: string;
  readonly printed: string;
  readonly pictures: number;
}

let lab: DataLab;
let runner: NotebookRunner;
let made = 0;

beforeAll(async () => {
  lab = await DataLab.open();
  const imports = ['pandas', 'matplotlib.pyplot', 'mlflow', 'sklearn.tree', 'scipy.stats', 'statsmodels.tsa.seasonal'];
  runner = await startNotebookRunner({ python: lab.python, imports, environment: {} });
}, 600_000);
afterAll(async () => {
  await runner.close();
  lab[Symbol.dispose]();
});

/** Prepares the data, takes the test rows away, and runs the notebook. */
async function explored(request: AutomlRequest): Promise<Explored> {
  const config = checkedConfig({ timeout_seconds: 60, ...request });
  const searchRunId = `search-${++made}`;
  const folder = join(lab.folder, searchRunId, 'data');
  mkdirSync(folder, { recursive: true });
  const profile = await prepareData(config, { python: lab.python, folder, memory: 2 ** 32 });
  rmSync(join(folder, 'test.parquet'));
  const context = { config, profile, trackingUri: 'http://localhost:1', experimentId: '0', searchRunId, threads: 1 };
  const notebook = (profile.kind === 'tabular' ? tableExploration : seriesExploration)(context);
  const end = await runner.run({
    notebook,
    skip: [],
    folder: join(lab.folder, searchRunId),
    environment: { AUTOML_CACHE: lab.folder },
    threads: 1,
    memory: 2 ** 32,
    deadline: Date.now() + 55_000,
  });
  expect({ status: end.status, message: end.message, traceback: end.traceback }).toEqual({
    status: 'finished',
    message: '',
    traceback: '',
  });
  return readNotebook(end.text);
}

function readNotebook(text: string): Explored {
  const { cells } = JSON.parse(text) as { cells: { cell_type: string; source: string[]; outputs?: Output[] }[] };
  const markdown = cells.filter((cell) => cell.cell_type === 'markdown').map((cell) => [cell.source].flat().join(''));
  const outputs = cells.flatMap((cell) => cell.outputs ?? []);
  const streams = outputs.filter((output) => output.output_type === 'stream');
  const textOf = (name: string): string =>
    streams
      .filter((output) => output.name === name)
      .map((output) => [output.text ?? ''].flat().join(''))
      .join('');
  // Warnings of libraries are nothing to read.
  expect(textOf('stderr')).toBe('');
  return {
    sections: markdown.flatMap((one) => /^## (.*)/.exec(one)?.[1] ?? []),
    markdown: markdown.join('\n'),
    printed: textOf('stdout'),
    pictures: outputs.filter((output) => output.data?.['image/png'] !== undefined).length,
  };
}

test('a table with all kinds of columns, for classes', async () => {
  const rows: Row[] = people(300).map((row, place) => ({
    ...row,
    age: place % 9 === 0 ? null : row.age,
    day: `2021-0${1 + (place % 9)}-1${place % 10}`,
    note: `rather ${row.city} than ${place % 7} others, said number ${place}`,
    paid: 20_210_110 + (place % 15),
    signed: `${1 + (place % 28)}. Juli 2021`,
    flag: place % 3 === 0,
    // Letters that no font here has, and numbers that one class has none of in its middle.
    place: place % 4 === 0 ? '東京' : 'Rome',
    rare: row.bought === 'yes' ? (place % 50 === 0 ? 1e9 : null) : (place * 37) % 101,
    'odd `name` <b>': row.bought === 'yes' ? 1 : 2,
  }));
  const { sections, markdown, printed, pictures } = await explored({
    problem_type: 'classification',
    dataset: lab.csv(rows),
    target_col: 'bought',
  });
  expect(sections).toEqual([
    'Load the data',
    'Columns',
    'Target',
    'Missing values',
    'Numbers',
    'Categories',
    'Dates',
    'Texts',
    'Correlations',
    'What each column tells of the target',
    'Training and validation',
  ]);
  expect(markdown).toContain("The target 'bought' in other words");
  expect(printed).toMatch(/Suspected leaks: .*odd `name` <b>/);
  expect(pictures).toBe(6);
}, 120_000);

test('a table of numbers, for a number, in the order of time', async () => {
  const rows = people(200).map(({ city: _, bought: __, ...row }, place) => ({
    ...row,
    day: new Date(Date.UTC(2020, 0, place)).toISOString().slice(0, 10),
  }));
  const { sections, markdown, printed } = await explored({
    problem_type: 'regression',
    dataset: lab.csv(rows),
    target_col: 'income',
    time_col: 'day',
  });
  expect(sections).not.toContain('Categories');
  expect(markdown).toContain('are later than those of the training');
  expect(printed).toContain('No column alone');
}, 120_000);

test('classes of which some are rare, by one column of text', async () => {
  const rows = people(120).map(({ city }, place) => ({
    city,
    kind: place === 0 ? 'rare' : (['a', 'b', 'c'][place % 3] ?? ''),
  }));
  const { pictures } = await explored({ problem_type: 'classification', dataset: lab.csv(rows), target_col: 'kind' });
  expect(pictures).toBe(3);
}, 120_000);

test('classes are compared by the rows that those of a thinned table stand for', async () => {
  const cell = drift(true, '_automl_weight').trim().split('\n');
  const told = await lab.run(`
import pandas as pd
TARGET = "kind"
data = pd.DataFrame({
    "kind": ["fair"] * 4 + ["fraud"] + ["fair"] * 9 + ["fraud"],
    "_automl_fold": [-1] * 5 + [0] * 10,
    "_automl_weight": [2.25] * 4 + [1.0] * 11,
})
print((${cell.at(-1)}).to_json(orient="split"))`);
  expect(JSON.parse(told)).toMatchObject({
    columns: ['fair', 'fraud'],
    index: ['training', 'validated in fold 0'],
    data: [
      [0.9, 0.1],
      [0.9, 0.1],
    ],
  });
});

test('several series with a season, gaps and a covariate', async () => {
  const rows = ['north', 'south'].flatMap((shop) =>
    Array.from({ length: 200 }, (_, place) => ({
      shop,
      day: new Date(Date.UTC(2023, 0, 1 + place)).toISOString().slice(0, 10),
      sales: 100 + 30 * Math.sin((place * 2 * Math.PI) / 7) + ((place * 7919) % 13),
      promotion: place % 5 === 0 ? 1 : 0,
    })).filter((_, place) => place < 50 || place > 53),
  );
  const { sections, printed, pictures } = await explored({
    problem_type: 'forecasting',
    dataset: lab.csv(rows),
    target_col: 'sales',
    time_col: 'day',
    identity_col: ['shop'],
    covariates: ['promotion'],
    frequency: 'D',
    horizon: 14,
  });
  expect(sections).toEqual([
    'Load the data',
    'Lengths and gaps',
    'The series',
    'Distribution',
    'Season',
    'Decomposition',
    'Autocorrelation',
    'Covariates',
  ]);
  expect(printed).toContain('2 series; 2 of them have gaps.');
  expect(pictures).toBe(5);
}, 120_000);
