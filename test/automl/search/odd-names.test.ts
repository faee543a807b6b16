/** Columns whose names mean something to Python, to pandas or to the notebooks themselves are columns like others. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';
import { automl, bound } from './support/searches.ts';

const dir = freshFolder();
let server: TestServer;

beforeAll(async () => {
  server = await startServer();
}, 60_000);

afterAll(async () => {
  removeFolder(dir);
  await server.stop();
});

const names =
  'self axis class index name fold row rows weight prediction predicted validated data X y level_0 None 0 lambda in values items count size shape ' +
  'T columns dtype dtypes split target kind how func inplace _ __len__ mean max loc model features label ds yhat series step cutoff';

/** Each name a column of numbers that look drawn, the first of them that of the target. */
function write(file: string, first: readonly string[], row: (at: number) => readonly (string | number)[]): string {
  const columns = [...first, ...names.split(' ')];
  const rows = Array.from({ length: 120 }, (_, at) => {
    const own = row(at);
    return [...own, ...columns.slice(own.length).map((_, place) => ((at * (place + 7) * 13) % 101) / 10)].join(',');
  });
  const path = join(dir, file);
  writeFileSync(path, [columns.join(','), ...rows, ''].join('\n'));
  return path;
}

/** What was told that a person would worry about. */
function worries(said: string): string[] {
  return said.split('\n').filter((line) => /failed|could not|did not end well|Traceback/.test(line));
}

const few = ['--max-trials', '2', '--timeout', '200'];

test(
  'in a table',
  async () => {
    const file = write('table.csv', ['sold'], (at) => [((at * 7 * 13) % 101) / 10 > 5 ? 'yes' : 'no']);
    const place = { dir, url: server.url };
    const { code, out, error } = await automl(place, 'classify', '--data', file, '--target', 'sold', ...few);
    expect([code, worries(out + error)]).toEqual([0, []]);
    expect(out).toContain('final');
  },
  bound,
);

test(
  'among the covariates of a forecast',
  async () => {
    const file = write('series.csv', ['day', 'sales'], (at) => [
      new Date(Date.UTC(2024, 0, 1 + at)).toISOString().slice(0, 10),
      100 + (at % 7),
    ]);
    const place = { dir, url: server.url };
    const asked = ['--data', file, '--target', 'sales', '--time-col', 'day', '--horizon', '7', '--frequency', 'D'];
    const { code, out, error } = await automl(place, 'forecast', ...asked, '--max-trials', '3', '--timeout', '200');
    expect([code, worries(out + error)]).toEqual([0, []]);
  },
  bound,
);
