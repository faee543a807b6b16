import { afterAll, beforeAll, expect, test } from 'bun:test';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inferenceNotebooks } from '../../../src/automl/tabular/inference-notebooks.ts';
import { startServer } from '../../support/start-server.ts';
import { tableContext } from '../tabular/support/table-context.ts';
import { DataLab } from './support/data-lab.ts';
import { refused } from './support/refused.ts';
import { people, type Person } from './support/tables.ts';

let lab: DataLab;
/** Of the prepared rows: what every way of reading them must give. */
let hash: string;
const rows: readonly Person[] = people(60).map((row) => ({
  ...row,
  city: row.city === 'Rome' ? 'Rome, "centre"' : row.city,
}));
const names = ['age', 'city', 'income', 'bought'] as const;

beforeAll(async () => {
  lab = await DataLab.open();
  hash = (await lab.classify(rows, 'bought')).profile.data_hash;
}, 600_000);
afterAll(() => lab[Symbol.dispose]());

function separated(separator: string, quote: string): string {
  const cell = (value: string | number): string =>
    typeof value === 'number' ? String(value) : `${quote}${value.replaceAll(quote, quote + quote)}${quote}`;
  const lines = rows.map((row) => names.map((name) => cell(row[name])).join(separator));
  return [names.join(separator), ...lines].join('\r\n');
}

const jsonLines = (): string => rows.map((row) => JSON.stringify(row)).join('\n');
const pandasFrame = `
import json, pandas as pd
rows = pd.DataFrame(json.load(open("rows.json")))
`;

const files: Readonly<Record<string, () => string>> = {
  semicolons: () => lab.file('a.csv', separated(';', '"')),
  tabs: () => lab.file('a.tsv', separated('\t', '"')),
  'bars and single quotes': () => lab.file('a.txt', separated('|', "'")),
  'a mark of byte order': () => lab.file('bom.csv', `\ufeff${separated(',', '"')}`),
  'latin-1': () => lab.file('latin.csv', Buffer.from(separated(',', '"'), 'latin1')),
  'utf-16': () => lab.file('wide.csv', Buffer.from(`\ufeff${separated(',', '"')}`, 'utf16le')),
  gzip: () => lab.file('a.csv.gz', Bun.gzipSync(separated(',', '"'))),
  'JSON lines': () => lab.file('a.jsonl', jsonLines()),
  'an array of JSON': () => lab.file('a.json', JSON.stringify(rows)),
  'packed JSON lines': () => lab.file('a.jsonl.gz', Bun.gzipSync(jsonLines())),
};

for (const [name, file] of Object.entries(files)) {
  test(name, async () => {
    expect((await lab.classify(file(), 'bought')).profile.data_hash).toBe(hash);
  });
}

test('an apostrophe before a name is no quote', async () => {
  const cities = ['Breda', "'s-Hertogenbosch", 'Delft', "'t Harde"];
  const lines = Array.from({ length: 200 }, (_, at) => `${at},${cities[(at * 7) % 4]},${at % 3},${at % 2}`);
  const { profile } = await lab.classify(lab.file('cities.csv', ['a,city,b,y', ...lines, ''].join('\n')), 'y');
  expect(profile.rows).toBe(200);
  expect(profile.columns.find(({ name }) => name === 'city')?.unique).toBe(4);
});

test('rows that end with a separator have no names of rows', async () => {
  const lines = Array.from({ length: 200 }, (_, at) => `${at % 2},${at * 3},${at % 7},`);
  const { profile } = await lab.classify(lab.file('ends.csv', ['y,a,b', ...lines, ''].join('\n')), 'y');
  expect(profile.columns.map(({ name, max }) => [name, max])).toEqual([
    ['y', undefined],
    ['a', 597],
    ['b', 6],
    ['Unnamed: 3', undefined],
  ]);
});

test('what may be thousands is told', async () => {
  const thousands = (value: number): string => String(value).replace(/(\d)(\d{3})$/, '$1.$2');
  const lines = Array.from({ length: 200 }, (_, at) => `${thousands(300 + at * 17)};${(at / 8).toFixed(3)};${at % 2}`);
  const { profile } = await lab.classify(lab.file('de.csv', ['umsatz;share;y', ...lines, ''].join('\n')), 'y');
  expect(profile.alerts.find(({ name }) => name === 'maybe_thousands')).toMatchObject({
    severity: 'high',
    columns: ['umsatz'],
  });
});

test('Parquet, and a folder of it', async () => {
  lab.file('rows.json', JSON.stringify(rows));
  mkdirSync(join(lab.folder, 'parts'));
  await lab.run(`${pandasFrame}
rows.to_parquet("whole.parquet")
rows[:25].to_parquet("parts/1.parquet")
rows[25:].to_parquet("parts/2.parquet")`);
  for (const place of ['whole.parquet', 'parts']) {
    expect((await lab.classify(join(lab.folder, place), 'bought')).profile.data_hash).toBe(hash);
  }
});

test('an artifact of a run', async () => {
  const server = await startServer();
  try {
    const environment = { MLFLOW_TRACKING_URI: server.url };
    const path = lab.csv(rows);
    const run = await lab.run(
      `import mlflow\nwith mlflow.start_run() as run:\n    mlflow.log_artifact(${JSON.stringify(path)}, "data")\nprint("run", run.info.run_id)`,
      environment,
    );
    const [, id] = /^run (\w+)$/m.exec(run) ?? [];
    const name = path.split('/').at(-1);
    const prepared = await lab.prepare(
      { problem_type: 'classification', dataset: `runs:/${id}/data/${name}`, target_col: 'bought' },
      environment,
    );
    expect(prepared.profile.data_hash).toBe(hash);
    expect(
      await refused(
        lab.prepare(
          { problem_type: 'classification', dataset: `runs:/${id}/none.csv`, target_col: 'bought' },
          environment,
        ),
      ),
    ).toContain(`runs:/${id}/none.csv could not be fetched`);
  } finally {
    await server.stop();
  }
}, 60_000);

test('the notebook that predicts reads and writes CSV as the file of the search is written', async () => {
  const lines = rows.map(({ age, city, income, bought }) =>
    [age, `"${city.replaceAll('"', '""')}"`, String(income).replace('.', ','), bought].join(';'),
  );
  const path = lab.file('comma.csv', Buffer.from(['age;city;income;bought', ...lines, ''].join('\n'), 'latin1'));
  const { config, profile } = await lab.classify(path, 'bought');
  expect(profile.csv).toEqual({ sep: ';', decimal: ',', quotechar: '"', encoding: 'cp1252' });
  const context = { ...tableContext(profile.columns), config, profile };
  const [batch] = inferenceNotebooks('models:/a/1', context);
  const source = batch?.cells.find(({ source: code }) => code.includes('def read_table'))?.source ?? '';
  const functions = source.split('def as_file')[0];
  const told = await lab.run(`from pathlib import Path
import pandas as pd
${functions}
table = read_table(Path(${JSON.stringify(path)}))
write_table(table, Path("again.csv"))
print([str(kind) for kind in table.dtypes], len(table), read_table(Path("again.csv")).equals(table))`);
  expect(told).toMatch(/\['(object|str)', '(object|str)', 'float64', '(object|str)'\] 60 True/);
});

test('numbers with a comma, rows of another length, and the row names of R', async () => {
  const lines = rows.map(
    (row, place) => `"${place + 1}";${String(row.income).replace('.', ',')};${row.age};"${row.bought}"`,
  );
  lines.splice(10, 0, '"x";1');
  const path = lab.file('r.csv', `"income";"age";"bought"\n${lines.join('\n')}\n`);
  const prepared = await lab.classify(path, 'bought');
  expect(prepared.profile.columns.map(({ name, type }) => [name, type])).toEqual([
    ['Unnamed: 0', 'int64'],
    ['income', 'double'],
    ['age', 'int64'],
    ['bought', 'string'],
  ]);
  expect(prepared.profile.rows).toBe(60);
  expect(prepared.alert('damaged_rows')?.message).toStartWith('1 ');
  expect(prepared.column('Unnamed: 0').used).toBeFalse();
});

test('JSON of several types in a column', async () => {
  const lines = rows.map((row, place) =>
    JSON.stringify({
      ...row,
      code: place % 2 === 0 ? place : `k${place % 5}`,
      level: place === 3 ? 'high' : place % 9,
      spot: place === 7 ? null : [place % 4, place / 8],
      tags: place % 2 === 0 ? ['new'] : { kind: 'old' },
    }),
  );
  const prepared = await lab.classify(lab.file('mixed.jsonl', lines.join('\n')), 'bought');
  expect(prepared.alert('mixed_types_as_text')?.columns).toEqual(['code']);
  expect(prepared.alert('mixed_types')?.columns).toEqual(['level']);
  expect(prepared.column('code').type).toBe('string');
  expect(prepared.column('level')).toMatchObject({ semantic: 'numeric', missing: 1 });
  expect(prepared.column('spot_1')).toMatchObject({ type: 'double', missing: 1, used: true });
  expect(prepared.alert('unsupported_types')?.columns).toEqual(['tags']);
});
