/** What a forest says of params whose effect is known. */
import { describe, expect, test } from 'bun:test';
import { paramFeature, type ParamFeature } from './param-feature.ts';
import { forestOf } from './random-forest.ts';

/** 0 to 1, the same at every run of the test. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const random = randomFrom(7);
const rows = Array.from({ length: 300 }, () => ({
  strong: random(),
  weak: random(),
  noise: random(),
  kind: ['a', 'b', 'c'][Math.floor(random() * 3)] ?? '',
}));

type Row = (typeof rows)[number];

function feature(of: (row: Row, i: number) => string | undefined): ParamFeature {
  const found = paramFeature(rows.map(of));
  if (!found) throw new Error('it does not vary');
  return found;
}

const strong = feature((row) => String(row.strong));
const weak = feature((row) => String(row.weak));
const noise = feature((row) => String(row.noise));
const kind = feature((row) => row.kind);
const target = (of: (row: Row, i: number) => number): Float64Array => Float64Array.from(rows, of);

describe('a forest', () => {
  test('puts known effects in their order, and noise at nothing', () => {
    const { importances, explained } = forestOf(
      [noise, weak, strong],
      target((row) => 4 * row.strong + row.weak),
    );
    const [ofNoise = 1, ofWeak = 0, ofStrong = 0] = importances;
    // 16 of 17 parts of the variance, and one.
    expect(ofStrong).toBeGreaterThan(0.75);
    expect(ofWeak).toBeGreaterThan(0.01);
    expect(ofWeak).toBeLessThan(0.15);
    expect(ofNoise).toBeLessThan(0.01);
    expect(explained).toBeGreaterThan(0.9);
  });

  test('finds what no line shows', () => {
    const { importances } = forestOf(
      [strong, noise],
      target((row) => (row.strong - 0.5) ** 2),
    );
    expect(importances[0]).toBeGreaterThan(0.8);
    expect(importances[1]).toBeLessThan(0.02);
  });

  test('finds what two params do together only', () => {
    const both = target((row) => Number(row.strong > 0.5 === row.weak > 0.5));
    const { importances, explained } = forestOf([noise, strong, weak], both);
    expect(Math.min(importances[1] ?? 0, importances[2] ?? 0)).toBeGreaterThan(0.3);
    expect(importances[0]).toBeLessThan(0.05);
    expect(explained).toBeGreaterThan(0.6);
  });

  test('takes categories, also those that only one run has', () => {
    const unique = feature((_, i) => `run-${i}`);
    const { importances } = forestOf(
      [unique, kind, noise],
      target((row) => ['b', 'a', 'c'].indexOf(row.kind)),
    );
    expect(importances[0]).toBe(0);
    expect(importances[1]).toBeGreaterThan(0.9);
    expect(importances[2]).toBeLessThan(0.01);
  });

  test('takes that a value is missing for a value', () => {
    const sometimes = feature((row) => (row.strong > 0.5 ? '0.1' : undefined));
    const { importances } = forestOf(
      [sometimes, noise],
      target((row) => Number(row.strong > 0.5)),
    );
    expect(importances[0]).toBeGreaterThan(0.9);
  });

  test('knows nothing of noise, and says so', () => {
    const { importances, explained } = forestOf(
      [noise, weak, kind],
      target(() => random()),
    );
    expect(Math.max(...importances)).toBeLessThan(0.1);
    expect(explained).toBeLessThan(0.05);
  });

  test('is the same each time', () => {
    const wanted = target((row) => row.strong + row.noise);
    expect(forestOf([strong, noise, kind], wanted)).toEqual(forestOf([strong, noise, kind], wanted));
  });

  test('of nothing to tell is nothing', () => {
    expect(
      forestOf(
        [strong],
        target(() => 1),
      ),
    ).toEqual({ importances: [0], explained: 0 });
    expect(forestOf([], new Float64Array(0))).toEqual({ importances: [], explained: 0 });
  });

  test('of 2,000 runs and 50 params takes no more than a few seconds', () => {
    const wide = Array.from({ length: 50 }, () => paramFeature(Array.from({ length: 2000 }, () => String(random()))));
    const began = performance.now();
    const { importances } = forestOf(
      wide.flatMap((one) => one ?? []),
      Float64Array.from({ length: 2000 }, random),
    );
    expect(importances).toHaveLength(50);
    expect(performance.now() - began).toBeLessThan(10_000);
  }, 30_000);
});

describe('a param', () => {
  test('of one value is none', () => {
    expect(paramFeature(['1', '1', '1.0'])).toBeUndefined();
    expect(paramFeature([undefined, undefined])).toBeUndefined();
    expect(paramFeature([])).toBeUndefined();
  });

  test('of one value that some runs do not have is one', () => {
    expect(paramFeature(['on', undefined])).toMatchObject({ kind: 'category', runs: 1, distinct: 1 });
  });

  test('is a number when all of its values look like one', () => {
    expect(paramFeature(['1e-3', '10', 'nan', '10'])).toMatchObject({ kind: 'number', runs: 3, distinct: 2 });
    expect(paramFeature(['1e-3', '10', 'auto'])).toMatchObject({ kind: 'category', runs: 3, distinct: 3 });
  });

  test('keeps the order of its numbers, however many there are', () => {
    const { codes, bins } = paramFeature(Array.from({ length: 1000 }, (_, i) => String(i))) ?? { codes: [], bins: 0 };
    expect(bins).toBeLessThanOrEqual(64);
    expect([...codes]).toEqual([...codes].toSorted((a, b) => a - b));
    expect(new Set(codes).size).toBe(bins - 1);
  });
});
