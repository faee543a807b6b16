/** What `modelyard automl` refuses before anything begins, in the words in which it was asked. */
import { afterAll, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeFolder } from '../support/folders.ts';
import { cliOf } from './support/cli.ts';

const cli = cliOf('http://127.0.0.1:1');
const file = join(cli.dir, 'sales of may.csv');
writeFileSync(file, 'day,sold\n2024-01-01,1\n');
const series = ['automl', 'forecast', '--data', file, '--target', 'sold', '--time-col', 'day'];

afterAll(() => removeFolder(cli.dir));

test.each([
  [['--horizon', '-3'], '--horizon is a whole number of at least 1, not -3.'],
  [['--horizon=-3'], '--horizon is a whole number of at least 1, not -3.'],
  [['--horizon', '2.5'], '--horizon is a whole number of at least 1, not 2.5.'],
  [
    ['--country-code', 'XX'],
    "--country-code is the two letters of a country, such as US or DE, or empty for no holidays, not 'XX'.",
  ],
  [['--frequency', 'fortnight'], '--frequency is one of W, D,'],
  [['--identity-col', 'sold'], "--identity-col holds the target 'sold': it cannot be both."],
  [['--covariates', 'day'], "'day' is the time (--time-col) and a covariate (--covariates): a column has one role."],
  [
    ['--identity-col', 'day'],
    "'day' is the time (--time-col) and names the series (--identity-col): a column has one role.",
  ],
  [['--exclude-cols', 'day'], "'day' is the time (--time-col) and left out (--exclude-cols): a column has one role."],
  [
    ['--identity-col', 'shop', '--covariates', 'price,shop'],
    "'shop' names the series (--identity-col) and is a covariate (--covariates): a column has one role.",
  ],
  [
    ['--covariates', 'price', '--exclude-cols', 'price'],
    "'price' is a covariate (--covariates) and left out (--exclude-cols): a column has one role.",
  ],
  [['--covariates', 'sold'], "--covariates holds the target 'sold': it cannot be both."],
])('%j', async (flags, message) => {
  const { code, error } = await cli.run(...series, ...flags);
  expect([code, error]).toEqual([2, expect.stringContaining(`modelyard: ${message}`) as string]);
});

test('one column of a table has one role too', async () => {
  const table = ['automl', 'regress', '--data', file, '--target', 'sold'];
  const { code, error } = await cli.run(...table, '--split-col', 'day', '--sample-weight-col', 'day');
  expect([code, error]).toEqual([
    2,
    expect.stringContaining(
      "'day' tells the split (--split-col) and holds the weights (--sample-weight-col): a column has one role.",
    ) as string,
  ]);
});

test('options of a file keep their names, flags beside it have theirs', async () => {
  const config = join(cli.dir, 'search.json');
  writeFileSync(config, JSON.stringify({ dataset: file, target_col: 'sold', time_col: 'sold', country_code: 'XX' }));
  const { code, error } = await cli.run('automl', 'forecast', '--config-file', config, '--identity-col', 'sold');
  expect(code).toBe(2);
  expect(error).toContain("time_col 'sold' is the target");
  expect(error).toContain('country_code is the two letters');
  expect(error).toContain("--identity-col holds the target 'sold'");
  writeFileSync(config, JSON.stringify({ dataset: file, target_kol: 'sold' }));
  const unknown = await cli.run('automl', 'forecast', '--config-file', config, '--time-col', 'day');
  expect(unknown.error).toContain("There is no option 'target_kol'. Did you mean 'target_col'?");
  expect(unknown.error).toContain('Say which column to predict: target_col.');
});
