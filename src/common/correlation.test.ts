import { describe, expect, test } from 'bun:test';
import { leastSquares, pearson, ranksOf, spearman } from './correlation.ts';

test('equal values share the mean of their ranks', () => {
  expect([...ranksOf([10, 30, 20, 20])]).toEqual([1, 4, 2.5, 2.5]);
  expect([...ranksOf([])]).toEqual([]);
});

describe('correlation', () => {
  // scipy.stats.pearsonr and spearmanr of the same numbers.
  const [x, y] = [
    [1, 2, 3, 4, 5, 5],
    [2, 1, 4, 3, 7, 50],
  ];
  test('is that of scipy', () => {
    expect(pearson(x, y)).toBeCloseTo(0.573901, 6);
    expect(spearman(x, y)).toBeCloseTo(0.869657, 6);
  });

  test('of ranks sees what grows on any scale', () => {
    const values = [1, 2, 3, 4, 5];
    expect(spearman(values, values.map((value) => 10 ** value))).toBeCloseTo(1, 12);
    expect(spearman(values, values.map((value) => -(value ** 9)))).toBeCloseTo(-1, 12);
  }); // prettier-ignore

  test('there is none without variation', () => {
    expect([pearson([1, 1], [1, 2]), pearson([1, 2], [3, 3]), pearson([], []), spearman([1], [1])]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('of the greatest and least numbers stays a number', () => {
    expect(pearson([-1.7e308, 0, 1.7e308], [1e-308, 2e-308, 3e-308])).toBeCloseTo(1, 9);
  });
});

describe('least squares', () => {
  test('go through points that lie on a line', () => {
    const line = leastSquares([0, 1, 2], [1, 3, 5]);
    expect([line?.slope, line?.intercept]).toEqual([2, 1]);
  });

  test('have no line through points above each other', () => {
    expect(leastSquares([2, 2], [1, 5])).toBeUndefined();
    expect(leastSquares([], [])).toBeUndefined();
  });
});
