/** T21: filters, orders, names and ids are data; none becomes SQL. */
import { Database } from 'bun:sqlite';
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { join } from 'node:path';
import { startServer, type TestServer } from '../support/start-server.ts';
import { ApiClient, at } from './api-client.ts';

let server: TestServer;
let api: ApiClient;
let runId: string;
const hidden = 'kept-out-of-sight';

beforeAll(async () => {
  server = await startServer();
  api = new ApiClient(server);
  runId = await api.createRun();
  await api.post('runs/set-tag', { run_id: runId, key: 'team', value: 'x' });
  await api.post('runs/log-metric', { run_id: runId, key: 'm', value: 1, timestamp: 1 });
  const other = await api.post('experiments/create', { name: 'other' });
  await api.post('runs/set-tag', {
    run_id: await api.createRun(String(other.json['experiment_id'])),
    key: 'secret',
    value: hidden,
  });
  await api.post('registered-models/create', { name: 'model' });
}, 30_000);

afterAll(() => server.stop());

/** Names, columns and number of rows of every table. */
function tables(): Record<string, unknown> {
  const database = new Database(join(server.dir, 'm.db'), { readonly: true });
  try {
    const found = database
      .query<{ name: string; sql: string }, []>("SELECT name, sql FROM sqlite_schema WHERE type = 'table'")
      .all();
    return Object.fromEntries(
      found.map(({ name, sql }) => [name, [sql, database.query(`SELECT count(*) AS n FROM "${name}"`).get()]]),
    );
  } finally {
    database.close();
  }
}

const statements = [
  'DROP TABLE runs',
  'DELETE FROM tags',
  "UPDATE runs SET status = 'x'",
  "ATTACH 'x.db' AS y",
  'SELECT 1',
  'PRAGMA writable_schema = 1',
];

/** Ways to leave a quoted text or name, in SQL and in the filter grammar. */
const exits = [
  "'",
  '"',
  '`',
  "''",
  '""',
  '``',
  "\\'",
  '\\"',
  "')",
  "'))",
  '")',
  ']',
  '\u02bc',
  '\u2019',
  '\uff07',
  '\0',
  "'\0",
  '\u0000\u0027',
  '%27',
  "'/**/",
  "'\n",
];

const hostile = [
  ...exits.flatMap((exit) => [
    `${exit}; ${statements[0]}; --`,
    `${exit} OR 1=1 --`,
    `${exit} OR ${exit}1${exit}=${exit}1`,
    `${exit} UNION SELECT value, 1, 1 FROM tags --`,
    `${exit}) UNION ALL SELECT * FROM tags /*`,
    `${exit}||(SELECT value FROM tags LIMIT 1)||${exit}`,
  ]),
  ...statements.flatMap((statement) => [statement, `; ${statement}`, `1; ${statement}; --`, `x' ; ${statement} -- `]),

  '--',
  '/*',
  '*/',
  ';',
  '#',
  '$1',
  '?',
  '?1',
  ':name',
  '@name',
  '${x}',
  '{{x}}',
  'CASE WHEN 1 THEN 1 END',
  'randomblob(1e9)',
  'load_extension("x")',
];

const filters = hostile.flatMap((text) => [
  text,
  `tags.team = 'x' ${text}`,
  `tags.team = '${text}'`,
  `tags.team = "${text}"`,
  `tags.\`${text}\` = 'x'`,
  `tags."${text}" = 'x'`,
  `metrics.\`${text}\` > 0`,
  `metrics.m > 0 ${text}`,
  `metrics.m > ${text}`,
  `params.${text} = 'x'`,
  `attributes.${text} = 'x'`,
  `attributes.run_name LIKE '%${text}%'`,
  `${text}.team = 'x'`,
  `tags.team ${text} 'x'`,
  `attributes.run_id IN ('${text}')`,
  `attributes.run_id IN (${text})`,
  `name = '${text}'`,
  `name ILIKE "${text}"`,
  `creation_time > ${text}`,
]);

const orders = hostile.flatMap((text) => [
  text,
  `metrics.m ${text}`,
  `metrics.\`${text}\` ASC`,
  `metrics."${text}" DESC`,
  `attributes.start_time ASC ${text}`,
  `attributes.${text}`,
  `name ASC, ${text}`,
  `(${text})`,
]);

async function mustBeData(method: string, path: string, body?: unknown): Promise<number> {
  const { status, text } = await api.call(method, path, body);
  const what = `${method} ${path} ${JSON.stringify(body)}: ${status} ${text}`;
  if (status !== 200 && (status < 400 || status >= 500)) throw new Error(what);
  // A row of an experiment that was not asked for would only come by an injected OR or UNION.
  if (text.includes(hidden)) throw new Error(`leak by ${what}`);
  return status;
}

const experiment_ids = ['0'];

test('filters', async () => {
  const before = tables();
  for (const filter of filters) {
    await mustBeData('POST', 'runs/search', { experiment_ids, filter });
    await mustBeData('POST', 'experiments/search', { filter, max_results: 5 });
    await mustBeData('POST', 'logged-models/search', { experiment_ids, filter });
    const query = `max_results=5&filter=${encodeURIComponent(filter)}`;
    await mustBeData('GET', `registered-models/search?${query}`);
    await mustBeData('GET', `model-versions/search?${query}`);
  }
  expect(tables()).toEqual(before);
}, 30_000);

test('orders', async () => {
  const before = tables();
  for (const order of orders) {
    await mustBeData('POST', 'runs/search', { experiment_ids, order_by: [order] });
    await mustBeData('POST', 'experiments/search', { order_by: [order], max_results: 5 });
    await mustBeData('POST', 'logged-models/search', {
      experiment_ids,
      order_by: [{ field_name: order, dataset_name: order }],
    });
    const query = `max_results=5&order_by=${encodeURIComponent(order)}`;
    await mustBeData('GET', `registered-models/search?${query}`);
    await mustBeData('GET', `model-versions/search?${query}`);
  }
  expect(tables()).toEqual(before);
}, 30_000);

test.each([
  "tags.team = 'x' OR 1=1",
  "tags.team = 'x'; DROP TABLE runs",
  "tags.team = 'x' --",
  "tags.team = 'x' UNION SELECT 1",
  '1=1',
  'metrics.m > (SELECT 1)',
])('the filter %s is refused', async (filter) => {
  expect((await api.post('runs/search', { experiment_ids, filter })).status).toBe(400);
  expect((await api.post('experiments/search', { filter, max_results: 1 })).status).toBe(400);
});

test.each([
  'metrics.m; DROP TABLE runs',
  'attributes.start_time, (SELECT 1)',
  'metrics.m ASC NULLS FIRST',
  'random()',
  '1',
])('the order %s is refused', async (order) => {
  expect((await api.post('runs/search', { experiment_ids, order_by: [order] })).status).toBe(400);
  expect((await api.post('experiments/search', { order_by: [order], max_results: 1 })).status).toBe(400);
});

test('ids, names and keys', async () => {
  const before = Object.keys(tables());
  for (const text of hostile) {
    const encoded = encodeURIComponent(text);
    await mustBeData('GET', `runs/get?run_id=${encoded}`);
    await mustBeData('GET', `experiments/get?experiment_id=${encoded}`);
    await mustBeData('GET', `experiments/get-by-name?experiment_name=${encoded}`);
    await mustBeData('GET', `metrics/get-history?run_id=${runId}&metric_key=${encoded}`);
    await mustBeData('GET', `registered-models/get?name=${encoded}`);
    await mustBeData('GET', `registered-models/alias?name=model&alias=${encoded}`);
    await mustBeData('GET', `model-versions/get?name=model&version=${encoded}`);
    await mustBeData('GET', `logged-models/${encoded}`);
    await mustBeData('POST', 'runs/search', { experiment_ids: [text] });
    await mustBeData('POST', 'runs/search', { experiment_ids, run_view_type: text });
    await mustBeData('POST', 'runs/delete', { run_id: text });
    await mustBeData('POST', 'runs/delete-tag', { run_id: runId, key: text });
    await mustBeData('POST', 'experiments/delete', { experiment_id: text });
    await mustBeData('DELETE', 'registered-models/delete', { name: text });
    await mustBeData('POST', 'registered-models/get-latest-versions', { name: 'model', stages: [text] });
  }
  expect(Object.keys(tables())).toEqual(before);
  expect((await api.call('GET', `runs/get?run_id=${runId}`)).status).toBe(200);
}, 30_000);

test('what is stored comes back to the letter', async () => {
  const texts = hostile.filter((text) => !text.includes('\0')).slice(0, 90);
  const id = await api.createRun();
  const tags = texts.map((value, i) => ({ key: `k${i}`, value }));
  expect((await api.post('runs/log-batch', { run_id: id, tags })).status).toBe(200);
  const run = await api.call('GET', `runs/get?run_id=${id}`);
  const stored = at(run.json, 'run', 'data', 'tags') as { key: string; value: string }[];
  const values = new Map(stored.map(({ key, value }) => [key, value]));
  expect(tags.map(({ key }) => values.get(key))).toEqual(texts);
  // And is found by a filter that quotes it.
  for (const [i, value] of texts.entries()) {
    if (/['\\]/.test(value)) continue;
    const found = await api.post('runs/search', { experiment_ids, filter: `tags.k${i} = '${value}'` });
    expect([value, at(found.json, 'runs', 0, 'info', 'run_id')]).toEqual([value, id]);
  }
});
