/** Names of columns that are wrong are told before anything is recorded, where the file's head tells them. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkColumns } from '../../../src/automl/data/check-columns.ts';
import { checkedConfig, type AutomlRequest } from '../../../src/protocol/automl-config-check.ts';
import { searchExperiments } from '../../../src/sdk/fluent-experiments.ts';
import { setTrackingUri } from '../../../src/sdk/settings.ts';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { finished } from '../../support/run-modelyard.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';
import { begin, bound, houses } from './support/fake-search.ts';

const dir = freshFolder();
let server: TestServer;

beforeAll(async () => {
  process.env['AUTOML_CACHE'] = dir;
  server = await startServer();
  setTrackingUri(server.url);
  write('commas.csv', 'area,"the price",part\n1,2,a\n3,4,b\n');
  write('semicolons.csv', '\uFEFFarea;"the price";part\r\n1,5;2;a\r\n3,5;4;b\r\n');
  const python = join(import.meta.dir, '../../../.venv/bin/python');
  const source = 'import pandas; pandas.read_csv("commas.csv").to_parquet("whole.parquet")';
  expect(await finished([python, '-c', source], { dir, limit: bound })).toMatchObject({ code: 0 });
}, 60_000);

afterAll(async () => {
  delete process.env['AUTOML_CACHE'];
  removeFolder(dir);
  await server.stop();
});

const write = (name: string, text: string): void => writeFileSync(join(dir, name), text);

async function toldOf(name: string, request: AutomlRequest): Promise<string> {
  const { end } = begin({}, { dataset: join(dir, name), experiment_name: `of ${name}`, ...request });
  return end.then(
    () => 'was searched',
    ({ message }: Error) => message,
  );
}

test.each(['commas.csv', 'semicolons.csv', 'whole.parquet'])(
  'of %s',
  async (name) => {
    expect(await toldOf(name, { target_col: 'price' })).toBe(
      "The data has no column 'price' to predict. There are: area, the price, part.",
    );
    expect(await toldOf(name, { target_col: 'area', exclude_cols: ['part', 'the prise'] })).toBe(
      "The data has no column 'the prise' (exclude_cols). Did you mean 'the price'?",
    );
    const experiments = await searchExperiments({ filter: `name = 'of ${name}'` });
    expect(experiments).toEqual([]);
  },
  bound,
);

test.each([
  ['no table that a head tells of', 'text\nfirst; then\n'],
  ['columns without a name', 'a,\n1,2\n3,4\n'],
  ['row names, as R writes them', 'a,b\n1,2,3\n4,5,6\n'],
  ['records', '{"area": 1, "price": 2}\n'],
])('nothing is said of %s', async (_, text) => {
  write('other.csv', text);
  expect(await checkColumns(checkedConfig({ ...houses, dataset: join(dir, 'other.csv') }))).toBeUndefined();
});
