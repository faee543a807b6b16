import { describe, expect, test } from 'bun:test';
import { valueAxis } from './value-axis.ts';

const exact = { air: false } as const;

describe('an axis', () => {
  test('of numbers goes from the least to the greatest', () => {
    const axis = valueAxis('metrics.loss', [2, 4, null, 'NaN', 6], exact);
    expect([2, 4, 6].map((value) => axis.placeOf(value))).toEqual([0, 0.5, 1]);
    expect([null, undefined, 'NaN', 'Infinity'].map((cell) => axis.placeOf(cell))).toEqual([NaN, NaN, NaN, NaN]);
    expect(axis.numberAt(0.5)).toBe(4);
  });

  test('of params is logarithmic where they span powers of ten', () => {
    const axis = valueAxis('params.lr', ['0.1', '1e-3', '0.001', '0.01'], exact);
    expect(axis.scale).toBe('log');
    expect(axis.placeOf('0.01')).toBeCloseTo(0.5, 12);
    expect(valueAxis('params.lr', ['0.1', '0.2'], exact).scale).toBe('linear');
    expect(valueAxis('params.lr', ['0', '1000'], exact).scale).toBe('linear');
  });

  test('of texts has a place for each, as people sort them', () => {
    const axis = valueAxis('params.model', ['v10', 'v2', 'v2', null], exact);
    expect([axis.scale, axis.categories, axis.scales]).toEqual(['category', ['v2', 'v10'], ['category']]);
    expect([axis.placeOf('v2'), axis.placeOf('v10'), axis.placeOf('v3')]).toEqual([0.25, 0.75, NaN]);
    expect(axis.ticks(1)).toEqual([{ at: 0.25, text: 'v2' }]);
  });

  test('is what the reader wishes, where that can be', () => {
    const cells = ['1', '2', '4'];
    expect(valueAxis('params.a', cells, { ...exact, scale: 'category' }).categories).toEqual(['1', '2', '4']);
    expect(valueAxis('params.a', cells, { ...exact, scale: 'log' }).placeOf('2')).toBeCloseTo(0.5, 12);
    expect(valueAxis('params.a', ['-1', '-2'], { ...exact, scale: 'log' }).scale).toBe('linear');
    const mixed = valueAxis('params.a', ['-1', '1', '100'], { ...exact, scale: 'log' });
    expect([mixed.placeOf('-1'), mixed.placeOf('1'), mixed.placeOf('100')]).toEqual([NaN, 0, 1]);
    expect(valueAxis('attributes.start_time', [1, 2], exact).scales).toEqual(['linear', 'category']);
  });

  test('of one value, of none and of the greatest numbers has finite places', () => {
    expect(valueAxis('metrics.m', [3, 3], exact).placeOf(3)).toBeCloseTo(0.5, 12);
    expect(
      valueAxis('metrics.m', [null], exact)
        .ticks(5)
        .every(({ at }) => Number.isFinite(at)),
    ).toBeTrue();
    const great = valueAxis('metrics.m', [-1.7e308, 0, 1.7e308], exact);
    expect([great.placeOf(-1.7e308), great.placeOf(0), great.placeOf(1.7e308)]).toEqual([0, 0.5, 1]);
  });
});
