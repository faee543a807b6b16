/** Rows of queries: the same as of a file, and what is said when a database gives none. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { chmodSync } from 'node:fs';
import { startPostgresql } from '../../pipelines/runners/postgresql.ts';
import { runModelyard, type Finished } from '../../support/run-modelyard.ts';
import { DataLab } from './support/data-lab.ts';
import { refused } from './support/refused.ts';
import { people } from './support/tables.ts';

const rows = people(60);
const query = 'SELECT age, city, income, bought FROM people';
let lab: DataLab;
/** Of the prepared rows of a file. */
let hash: string;

beforeAll(async () => {
  lab = await DataLab.open();
  hash = (await lab.classify(rows, 'bought')).profile.data_hash;
  lab.file('rows.json', JSON.stringify(rows));
  await lab.run(`
import json, sqlite3, duckdb, pandas as pd
rows = pd.DataFrame(json.load(open("rows.json")))
with sqlite3.connect("people.db") as database:
    rows.to_sql("people", database, index=False)
with duckdb.connect("people.duckdb") as database:
    database.execute("create table people as select * from rows")`);
}, 600_000);
afterAll(() => lab[Symbol.dispose]());

/** `modelyard automl describe` */
async function described(data: string, sql: string, python = lab.python): Promise<Finished> {
  const options = { dir: lab.folder, env: { MODELYARD_AUTOML_PYTHON: python }, limit: 60_000 };
  const end = await runModelyard(['automl', 'describe', '--data', data, '--query', sql, '--json'], options);
  expect(end.error).not.toContain('Traceback');
  return end;
}

async function expectPeople(dataset: string): Promise<void> {
  expect((await lab.classify(dataset, 'bought', { query })).profile.data_hash).toBe(hash);
  const { columns } = JSON.parse((await described(dataset, query)).out) as {
    columns: { name: string; type: string }[];
  };
  expect(columns.map(({ name, type }) => [name, type])).toEqual([
    ['age', expect.stringMatching(/^int/) as string],
    ['city', 'string'],
    ['income', 'double'],
    ['bought', 'string'],
  ]);
}

test.each(['sqlite', 'duckdb'])(
  '%s',
  async (kind) => {
    const dataset = `${kind}:///${lab.folder}/people.${kind === 'sqlite' ? 'db' : 'duckdb'}`;
    await expectPeople(dataset);
    for (const [sql, told] of [
      ['DELETE FROM people', 'refused the query'],
      ['SELECT * FROM persons', 'persons'],
      [' ', 'A database needs a query'],
    ] as const) {
      expect(await refused(lab.classify(dataset, 'bought', { query: sql }))).toContain(told);
    }
    lab.file('broken.db', 'no database at all, but long enough to look like one');
    const { code, error } = await described(`${kind}:///${lab.folder}/broken.db`, query);
    expect([code, error]).toEqual([
      1,
      expect.stringMatching(/^modelyard: .*(not a database|cannot be opened)/m) as string,
    ]);
  },
  60_000,
);

test('PostgreSQL', async () => {
  await using server = await startPostgresql();
  const sql = new Bun.SQL(server.uri, { max: 1 });
  await sql`CREATE TABLE people (age int, city text, income numeric, bought text)`;
  await sql`INSERT INTO people ${sql(rows.map((row) => ({ ...row })))}`;
  await sql.close();
  await expectPeople(server.uri);
  expect(await refused(lab.classify(server.uri, 'bought', { query: 'DROP TABLE people' }))).toContain(
    'refused the query',
  );
  const wrong = await described(server.uri, 'SELECT * FROM persons');
  expect([wrong.code, wrong.error]).toEqual([
    1,
    expect.stringContaining('relation "persons" does not exist') as string,
  ]);
}, 60_000);

test('a server that does not answer is told without the password', async () => {
  const { code, error } = await described('postgresql://me:secret@127.0.0.1:9/shop', query);
  expect([code, error]).toEqual([1, expect.stringContaining('The database cannot be reached') as string]);
  expect(error).not.toContain('secret');
}, 60_000);

test('a Python that lacks what reads a database is told what to install', async () => {
  const blocked = 'raise ImportError("not here")';
  for (const name of ['psycopg.py', 'duckdb.py']) lab.file(name, blocked);
  const python = lab.file('python', `#!/bin/sh\nPYTHONPATH="${lab.folder}:$PYTHONPATH" exec "${lab.python}" "$@"\n`);
  chmodSync(python, 0o755);
  const postgres = await described('postgresql://me@127.0.0.1:9/shop', query, python);
  expect(postgres.error).toContain('Install psycopg[binary]');
  const duckdb = await described(`duckdb:///${lab.folder}/people.duckdb`, query, python);
  expect([duckdb.code, duckdb.error]).toEqual([1, expect.stringContaining('Install duckdb') as string]);
}, 60_000);
