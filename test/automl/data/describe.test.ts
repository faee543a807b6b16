import { afterAll, beforeAll, expect, test } from 'bun:test';
import { describeData } from '../../../src/automl/data/describe-data.ts';
import { DataLab } from './support/data-lab.ts';
import { refused } from './support/refused.ts';
import { people } from './support/tables.ts';

let lab: DataLab;

beforeAll(async () => {
  lab = await DataLab.open();
}, 600_000);
afterAll(() => lab[Symbol.dispose]());

test('a preview has each column with its type, what it is taken for, and examples', async () => {
  const rows = people(120).map((row, place) => ({ id: place, ...row, age: place === 4 ? null : row.age }));
  const { columns, ...rest } = await describeData({ dataset: lab.csv(rows) }, { python: lab.python });
  expect(rest).toEqual({ rows: 120, read: 120, sampled: false, warnings: [] });
  expect(columns.map(({ name, type, semantic, missing, used }) => ({ name, type, semantic, missing, used }))).toEqual([
    { name: 'id', type: 'int64', semantic: 'categorical', missing: 0, used: false },
    { name: 'age', type: 'int64', semantic: 'numeric', missing: 1, used: true },
    { name: 'city', type: 'string', semantic: 'categorical', missing: 0, used: true },
    { name: 'income', type: 'double', semantic: 'numeric', missing: 0, used: true },
    { name: 'bought', type: 'string', semantic: 'categorical', missing: 0, used: true },
  ]);
  expect(columns[1]?.examples).toHaveLength(3);
});

test('of a large file the first rows are read', async () => {
  const lines = Array.from({ length: 12_000 }, (_, place) => `${place % 90},${place % 3}`);
  const dataset = lab.file('long.csv', `a,b\n${lines.join('\n')}\n`);
  const description = await describeData({ dataset }, { python: lab.python });
  expect(description).toMatchObject({ read: 10_000, sampled: true });
  expect(description.rows).toBeUndefined();
  await lab.run(
    `import pyarrow.csv, pyarrow.parquet as pq\npq.write_table(pyarrow.csv.read_csv("long.csv"), "long.parquet")`,
  );
  const counted = await describeData({ dataset: `${lab.folder}/long.parquet` }, { python: lab.python });
  expect(counted).toMatchObject({ rows: 12_000, read: 10_000, sampled: true });
});

test('what cannot be read is told', async () => {
  expect(await refused(describeData({ dataset: '/no/such.csv' }, { python: lab.python }))).toContain(
    'There is no file',
  );
  expect(await refused(describeData({ dataset: 'sqlite:////a.db' }, { python: lab.python }))).toContain(
    'needs a query',
  );
});
