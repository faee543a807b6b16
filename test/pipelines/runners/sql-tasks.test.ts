import { Database } from 'bun:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { parquetReadObjects } from 'hyparquet';
import { join } from 'node:path';
import { PipelineFolder } from './folder.ts';
import { startPostgresql, type Postgresql } from './postgresql.ts';

/** Makes a table, a view of it, and files of their rows. */
function pipeline(client: string): string {
  return `clients:
  SQLScript: ${client}
  SQLDump: ${client}
tasks:
  - source: sql/numbers.sql
    product: [numbers, table]
    params: {limit: 3, word: "it's; -- \\"x\\""}
  - source: sql/large.sql
    product: [large, view]
  - source: sql/rows.sql
    name: csv
    product: out/rows.csv
  - source: sql/rows.sql
    name: parquet
    product: out/rows.parquet
`;
}

const queries = {
  'sql/numbers.sql': `-- Counts.
DROP VIEW IF EXISTS large;
DROP TABLE IF EXISTS {{product}};
CREATE TABLE {{product}} AS
{% for n in range(limit) %}SELECT {{n}} + 9007199254740993 AS n, '{{word}}' AS word, {{n}} / 2.0 AS half
{% if not loop.last %}UNION ALL{% endif %}
{% endfor %};
`,
  'sql/large.sql': 'CREATE VIEW {{product}} AS SELECT * FROM {{upstream["numbers"]}} WHERE half > 0',
  'sql/rows.sql': "SELECT n, word, NULL AS empty FROM {{upstream['large']}} ORDER BY n",
};

const csv = 'n,word,empty\n9007199254740994,"it\'s; -- ""x""",\n9007199254740995,"it\'s; -- ""x""",\n';
const all = ['numbers executed', 'large executed', 'csv executed', 'parquet executed'];

async function rows(folder: PipelineFolder): Promise<Record<string, unknown>[]> {
  const file = await Bun.file(join(folder.dir, 'out/rows.parquet')).arrayBuffer();
  return parquetReadObjects({ file });
}

test('SQLite: tables, views and files of rows; what is missing is made again', async () => {
  using folder = new PipelineFolder({ 'pipeline.yaml': pipeline('sqlite:///data/my.db'), ...queries });
  const built = await folder.build();
  expect(built.error).not.toContain('failed');
  expect(built.states.toSorted()).toEqual(all.toSorted());
  expect(folder.read('out/rows.csv')).toBe(csv);
  expect((await rows(folder)).map(({ n }) => n)).toEqual([9007199254740994n, 9007199254740995n]);
  folder.change('sql/numbers.sql', '-- Counts.\n', '/* Others. */   ');
  folder.change('sql/large.sql', 'AS SELECT *', 'AS\n  SELECT * -- all\n ');
  expect(Object.values(await folder.outdated())).toEqual([false, false, false, false]);
  const database = new Database(join(folder.dir, 'data/my.db'));
  database.run('DROP VIEW large');
  database.close();
  expect(await folder.outdated()).toMatchObject({ numbers: false, large: 'large is missing', csv: 'large will run' });
});

test('a failed statement leaves the database as it was, and is told of', async () => {
  using folder = new PipelineFolder({
    'pipeline.yaml': `tasks:
  - source: a.sql
    client: sqlite:///my.db
    product: [main, a, table]
  - source: b.sql
    client: sqlite:///my.db
    product: [b, table]
`,
    'a.sql': 'CREATE TABLE {{product}} AS SELECT 1 AS x;\nSELECT nonsense;\n',
    'b.sql': 'CREATE TABLE c AS SELECT 1 AS x',
  });
  const built = await folder.build();
  expect(built.task('a').error).toBe('a.sql: no such column: nonsense');
  expect(built.task('b').error).toContain('It ended without making b.');
  folder.change('a.sql', 'SELECT nonsense', 'INSERT INTO {{product.name}} VALUES (2)');
  folder.change('b.sql', 'TABLE c', 'TABLE {{product}}');
  expect((await folder.build()).states.toSorted()).toEqual(['a executed', 'b executed']);
});

test('a client that is not known, and a product that no rows become, are told of before anything runs', async () => {
  using folder = new PipelineFolder({
    'pipeline.yaml': `tasks:
  - source: a.sql
    client: mysql://host/db
    product: [a, table]
  - source: a.sql
    name: b
    client: sqlite://
    product: out/b.xlsx
`,
    'a.sql': 'SELECT 1',
  });
  const { code, error } = await folder.build();
  expect(code).toBe(1);
  expect(error).toContain('a: client: mysql:// is not known. Known are sqlite:///file.db, ');
  expect(error).toContain('b: client: sqlite:// is in memory');
  expect(error).toContain('b: the rows of a query become a file .csv, .parquet, .jsonl, not out/b.xlsx.');
});

test('DuckDB: tables, views and files of rows', async () => {
  using folder = new PipelineFolder({ 'pipeline.yaml': pipeline('duckdb:///data/my.duckdb'), ...queries });
  const built = await folder.build(['--jobs', '2']);
  expect(built.error).not.toContain('failed');
  expect(built.states.toSorted()).toEqual(all.toSorted());
  expect(folder.read('out/rows.csv')).toBe(csv);
  expect((await rows(folder)).map(({ n }) => n)).toEqual([9007199254740994n, 9007199254740995n]);
});

test('a function gives the client: an engine, a connection, an address', async () => {
  using folder = new PipelineFolder({
    'pipeline.yaml': `clients:
  SQLScript: clients.engine
  SQLDump: {dotted_path: clients.connection, file: my.db}
tasks:
  - source: a.sql
    product: [a, table]
  - source: b.sql
    product: out/b.csv
  - source: b.sql
    name: c
    client: clients.address
    product: out/c.parquet
  - source: b.sql
    name: d
    client: clients.nonsense
    product: out/d.csv
`,
    'clients.py': `import sqlite3
import sqlalchemy

def engine():
    return sqlalchemy.create_engine('sqlite:///my.db')

def connection(file):
    return sqlite3.connect(file)

def address():
    return 'sqlite:///my.db'

def nonsense():
    return 3
`,
    'a.sql': "CREATE TABLE {{product}} (x INTEGER, y TEXT); INSERT INTO {{product}} VALUES (1, 'a;b'), (2, NULL);",
    'b.sql': "SELECT * FROM {{upstream['a']}} ORDER BY x",
  });
  const built = await folder.build();
  expect(built.task('d').error).toContain('The client is a int; its function should return an address such as');
  expect(built.states.toSorted()).toEqual(['a executed', 'b executed', 'c executed', 'd failed']);
  expect(folder.read('out/b.csv')).toBe('x,y\n1,a;b\n2,\n');
});

describe('PostgreSQL', () => {
  let postgresql: Postgresql;

  beforeAll(async () => {
    postgresql = await startPostgresql();
  }, 60_000);

  afterAll(() => postgresql[Symbol.asyncDispose]());

  test('tables, views and files of rows; what is missing is made again', async () => {
    using folder = new PipelineFolder({ 'pipeline.yaml': pipeline(postgresql.uri), ...queries });
    const built = await folder.build();
    expect(built.error).not.toContain('failed');
    expect(built.states.toSorted()).toEqual(all.toSorted());
    expect(folder.read('out/rows.csv')).toBe(csv);
    expect((await rows(folder)).map(({ n }) => n)).toEqual([9007199254740994n, 9007199254740995n]);
    const sql = new Bun.SQL(postgresql.uri);
    await sql`DROP VIEW large`;
    await sql.close();
    expect(await folder.outdated()).toMatchObject({ numbers: false, large: 'large is missing', csv: 'large will run' });
  });

  test('values keep their digits on their way to a file', async () => {
    using folder = new PipelineFolder({
      'pipeline.yaml': `tasks:
  - source: a.sql
    client: ${postgresql.uri.replace('postgresql:', 'postgresql+psycopg2:')}
    product: out/rows.parquet
  - source: a.sql
    name: b
    client: ${postgresql.uri}
    product: out/b.csv
`,
      'a.sql': `CREATE TEMPORARY TABLE t AS SELECT 1.10::numeric AS price;
SELECT price, '2026-01-02 03:04:05.678901'::timestamp AS at, '2026-01-02'::date AS day, true AS yes, '{"a": [1]}'::json AS deep FROM t`,
    });
    const built = await folder.build();
    expect(built.error).not.toContain('failed');
    expect(folder.read('out/b.csv')).toBe(
      'price,at,day,yes,deep\n1.10,2026-01-02T03:04:05.678901,2026-01-02,True,"{""a"":[1]}"\n',
    );
    const [row] = await rows(folder);
    expect(row).toMatchObject({ price: 1.1, at: new Date('2026-01-02T03:04:05.678Z'), day: '2026-01-02', yes: true });
  });

  test('a fault is told of with its line, and leaves nothing', async () => {
    using folder = new PipelineFolder({
      'pipeline.yaml': `tasks:\n  - source: a.sql\n    client: ${postgresql.uri}\n    product: [public, half, table]\n`,
      'a.sql': 'CREATE TABLE {{product}} AS SELECT 1 AS x;\nSELECT *\nFROM nowhere;\n',
    });
    const { error } = (await folder.build()).task('a');
    expect(error).toBe('a.sql: relation "nowhere" does not exist\nline 3: FROM nowhere;');
    const sql = new Bun.SQL(postgresql.uri);
    expect((await sql<{ found: unknown }[]>`SELECT to_regclass('public.half') AS found`)[0]?.found).toBeNull();
    await sql.close();
  });
});
