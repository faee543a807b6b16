import { expect, test } from 'bun:test';
import { parseReference, uriOf } from './model-reference.ts';

test.each([
  ['models:/churn/3', { model: 'churn', version: 3, alias: null }],
  ['models:///churn/3', { model: 'churn', version: 3, alias: null }],
  ['models:/churn@champion', { model: 'churn', version: null, alias: 'champion' }],
  ['models:/churn/latest', { model: 'churn', version: null, alias: 'latest' }],
  ['models:/who leaves@a', { model: 'who leaves', version: null, alias: 'a' }],
  ['models:/who%20leaves/12', { model: 'who%20leaves', version: 12, alias: null }],
  ['models:/50%/1', { model: '50%', version: 1, alias: null }],
])('%s', (uri, reference) => {
  expect(parseReference(uri)).toEqual(reference);
  expect(parseReference(uriOf(reference))).toEqual(reference);
});

test.each([
  'churn',
  'models:/churn',
  'models:/churn/Production',
  'models:/churn/3/4',
  'models:/churn@',
  'models:/@a',
  'models:/churn@a/3',
  'models:/m-0123456789abcdef0123456789abcdef',
  'runs:/1/model',
  '',
])('no version: %s', (uri) => {
  expect(() => parseReference(uri)).toThrow('models:/churn/3 or models:/churn@champion');
});
