import { expect, test } from 'bun:test';
import { areSureGroups, isSureCorrelation, studentT } from './significance.ts';

test('Student’s t is that of tables', () => {
  for (const [freedom, point] of [[1, 12.7062], [10, 2.2281], [11, 2.201], [30, 2.0423], [1000, 1.9623]] as const) {
    expect(studentT(freedom)).toBeCloseTo(point, 3);
  }
}); // prettier-ignore

test('a correlation is sure as scipy’s spearmanr has it', () => {
  // p = 0.46, 0.052, 0.048 of 40 runs; p of the same order of four runs is 1 of 12.
  expect([0.12, 0.31, 0.314, -0.9].map((rho) => isSureCorrelation(rho, 40))).toEqual([false, false, true, true]);
  expect([isSureCorrelation(1, 4), isSureCorrelation(-1, 5)]).toEqual([false, true]);
});

test('groups differ as scipy’s kruskal has it', () => {
  // p = 0.0495 and p = 0.127.
  expect(areSureGroups([[1, 2, 3], [4, 5, 6]])).toBe(true);
  expect(areSureGroups([[1, 2, 4], [3, 5, 6]])).toBe(false);
  expect([areSureGroups([[1, 2, 3, 4, 5]]), areSureGroups([[3, 3, 3], [3, 3]])]).toEqual([false, false]);
}); // prettier-ignore
