import { expect, test } from 'bun:test';
import { nameProblem, suggestedName } from './endpoint-name.ts';

test.each(['churn', 'Churn-2_b', '0', 'a'.repeat(63)])('%p is a good name', (name) => {
  expect(nameProblem(name)).toBeUndefined();
});

test.each(['', 'a b', 'ä', '-a', 'a/b', 'a'.repeat(64)])('%p is not', (name) => {
  expect(nameProblem(name)).toBeDefined();
});

test.each([
  ['churn', [], 'churn'],
  ['churn', ['churn', 'churn-2'], 'churn-3'],
  ['100% näme.v1 <b>', [], '100-na-me-v1-b'],
  ['日本', [], 'model'],
  ['x'.repeat(200), [], 'x'.repeat(59)],
])('a model %p suggests a name', (model, taken, expected) => {
  expect(suggestedName(model, taken)).toBe(expected);
  expect(nameProblem(suggestedName(model, taken))).toBeUndefined();
});
