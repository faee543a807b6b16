import { expect, test } from 'bun:test';
import { inFlags } from './in-flags.ts';

test.each([
  ["The data has no column 'price' (imputers).", "The data has no column 'price' (--imputers)."],
  ["The data has no column 'price' (covariates).", "The data has no column 'price' (--covariates)."],
  ["The data has no column 'identity_col' (time_col).", "The data has no column 'identity_col' (--time-col)."],
  ["covariates holds the target 'sold'.", "--covariates holds the target 'sold'."],
  ['Rows whose covariates alone are known.', 'Rows whose covariates alone are known.'],
])('%s', (message, told) => {
  expect(inFlags(message)).toBe(told);
});

test('what a file of options said keeps its name', () => {
  const given = { 'config-file': 'search.json', covariates: ['price'] };
  expect(inFlags('(imputers) (covariates)', given)).toBe('(imputers) (--covariates)');
});
