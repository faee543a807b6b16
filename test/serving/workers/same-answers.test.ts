/** Requests that are read here and sent as columns are answered as those that mlflow reads in the worker. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { join } from 'node:path';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { makeModels } from './support/models.ts';
import { score } from './support/scoring.ts';
import { serveModel, type Serving } from './support/serving.ts';

let dir: string;
/** The same model, whose requests are read here, and which forbids it. */
let here: Serving;
let there: Serving;

beforeAll(async () => {
  dir = freshFolder();
  await makeModels(dir, 'seen', 'seen-raw');
  [here, there] = (await Promise.all(
    ['seen', 'seen-raw'].map((model) => serveModel(join(dir, model), [], { dir, env })),
  )) as [Serving, Serving];
});

afterAll(async () => {
  await Promise.all([here, there].map((one) => one?.kill()));
  removeFolder(dir);
});

/** Some messages show Python's sets. */
const env = { PYTHONHASHSEED: '0' };
const values: Readonly<Record<string, readonly string[]>> = {
  boolean: ['true', 'false', '0', '1', '2', '0.5', '"false"', '""', 'null', '[]'],
  integer: ['1', '-1', '1.0', '3.7', '-3.7', '2147483648', '1099511627776', '1e300', '"5"', '"5.5"', 'true', 'null', 'NaN'],
  long: ['1', '9007199254740993', '-9223372036854775808', '9223372036854775808', '3.5', '1e18', '"7"', 'null', 'false'],
  float: ['1', '0.1', '1e300', '-1e-50', '"1.5"', '"x"', 'null', 'NaN', '-Infinity', 'true', '9007199254740993'],
  double: ['1', '1.0', '-0.0', '0.1', '1e400', '123456789012345678901234567890', '" 2 "', 'null', 'NaN', 'true', '{}', '[1]'],
  string: ['"a"', '"ü\\u0000 \\ud83d\\ude00"', '""', '1', '1.5', 'true', 'null', 'NaN', '"NaN"', '["x"]', '{"a": 1}'],
  datetime: ['"2024-01-02"', '"2024-01-02T03:04:05.678901"', '"2024-01-02 03:04"', '1704164645000000000', '0', 'null', '"x"', '"2024-01-02T03:04:05Z"'],
}; // prettier-ignore

const row = (type: string, value: string): string =>
  `{${type === 'double' ? '' : '"double": 1.5, '}${JSON.stringify(type)}: ${value}}`;

const bodies = [
  ...Object.entries(values).flatMap(([type, texts]) => [
    ...texts.flatMap((value) => [
      `{"dataframe_records": [${row(type, value)}]}`,
      `{"dataframe_split": {"columns": ["double", "${type}"], "data": [[2, ${value}]]}}`,
      `{"inputs": [${row(type, value)}]}`,
      `{"instances": [${row(type, value)}]}`,
      `{"inputs": {"double": [1, 2], "${type}": [${value}, ${value}]}}`,
    ]),
    // Values of several kinds in one column.
    ...texts.map(
      (value, at) =>
        `{"dataframe_records": [${[texts[0], value, texts[(at * 3 + 1) % texts.length]].map((one) => row(type, one ?? '0')).join(',')}]}`,
    ),
  ]),
  '{"dataframe_records": []}',
  '{"dataframe_split": {"columns": ["double"], "data": []}}',
  '{"dataframe_split": {"columns": ["double"], "index": ["a", "b"], "data": [[1], [2]]}}',
  '{"dataframe_split": {"columns": ["more", "double"], "data": [["m", 1]]}}',
  '{"dataframe_split": {"columns": ["double", "double"], "data": [[1, 2]]}}',
  '{"dataframe_split": {"columns": ["more", "double", "more"], "data": [["m", 1, 2]]}}',
  '{"dataframe_records": [{"double": 1, "long": 9007199254740993}, {"double": 1, "long": 1.0}]}',
  '{"dataframe_records": [{"double": 1, "long": 1e10}, {"double": 1, "long": true}]}',
  '{"dataframe_records": [{"double": 1, "long": 1e300}, {"double": 1, "long": true}]}',
  '{"dataframe_records": [{"double": 1, "integer": 1e10}]}',
  '{"dataframe_split": {"columns": ["double", "long"], "data": [[1, 2], [3]]}}',
  '{"dataframe_split": {"data": [[1]]}}',
  '{"dataframe_split": {"columns": ["double"], "data": [1, 2]}}',
  '{"dataframe_records": [{"double": 1, "long": 2}, {"double": 3}]}',
  '{"dataframe_records": [{"double": 1}], "params": {"p": 2}}',
  '{"dataframe_records": [{"double": 1}], "params": {"p": "x"}}',
  '{"dataframe_records": [{"double": 1}], "params": null}',
  '{"dataframe_records": [{"double": 1, "double": 2}]}',
  '{"dataframe_records": [{"long": 1}]}',
  '{"dataframe_records": [{"double": 1}], "instances": []}',
  '{"inputs": {"double": 3}}',
  '{"inputs": {"double": [1, 2], "long": 3}}',
  '{"inputs": {"double": [1, 2], "long": [3]}}',
  '{"inputs": {"double": [[1, 2], [3, 4]]}}',
  '{"inputs": [[1, 2]]}',
  '{"instances": [1, 2]}',
  '{"messages": [{"role": "user", "content": "hi"}]}',
  '[]',
  '{',
];

test('for every body', async () => {
  const different: unknown[] = [];
  for (const body of bodies) {
    const [ours, mlflows] = await Promise.all([score(here.url, body), score(there.url, body)]);
    if (ours.status === mlflows.status && ours.body === mlflows.body) continue;
    different.push({ body, ours: `${ours.status} ${ours.body}`, mlflows: `${mlflows.status} ${mlflows.body}` });
  }
  expect(different).toEqual([]);
});
