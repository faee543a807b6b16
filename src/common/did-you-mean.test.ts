import { expect, test } from 'bun:test';
import { didYouMean } from './did-you-mean.ts';

const columns = ['age', 'bp', 'outcome'];

test.each([
  ['zz', ''],
  ['5', ''],
  ['bq', " Did you mean 'bp'?"],
  ['pb', " Did you mean 'bp'?"],
  ['AGE', " Did you mean 'age'?"],
  ['ag', " Did you mean 'age'?"],
  ['out', ''],
  ['outcmoe', " Did you mean 'outcome'?"],
  ['otcom', " Did you mean 'outcome'?"],
])('%s', (written, hint) => {
  expect(didYouMean(written, columns)).toBe(hint);
});
