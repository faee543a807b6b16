/** What is drawn of a plot that a notebook left, and what is left to its picture. */
import { expect, test } from 'bun:test';
import { readPlot } from './plot.ts';

test('lines keep their times and their gaps; those that do not fit together are left out', () => {
  const lines = {
    actual: { x: ['2024-01-01', '2024-01-02'], y: [1, null] },
    short: { x: [1], y: [1, 2] },
    odd: 'no line',
  };
  expect(readPlot({ kind: 'lines', x: 'day', y: 'sold', lines }) as unknown).toEqual({
    kind: 'lines',
    x: 'day',
    y: 'sold',
    lines: { actual: lines.actual },
  });
});

test.each([
  ['nothing', undefined],
  ['a text', 'plot'],
  ['another kind', { kind: 'pie' }],
  ['lines without any', { kind: 'lines', lines: {} }],
  ['points that do not fit together', { kind: 'points', points: { x: [1, 2], y: [1] } }],
  ['bars of texts', { kind: 'bars', bars: { a: 'x' } }],
  ['a matrix of texts', { kind: 'matrix', rows: ['a'], columns: ['a'], values: [['x']] }],
])('%s is no plot', (_, value) => {
  expect(readPlot(value)).toBeUndefined();
});

test('bars, points and matrices are read without titles too', () => {
  expect(readPlot({ kind: 'bars', bars: { a: 1 } })).toEqual({ kind: 'bars', x: '', bars: { a: 1 } });
  expect(readPlot({ kind: 'points', points: { x: [1], y: [2] } })).toMatchObject({ points: { x: [1], y: [2] } });
  expect(readPlot({ kind: 'matrix', rows: ['a'], columns: ['b'], values: [[3]] })).toMatchObject({ values: [[3]] });
});
