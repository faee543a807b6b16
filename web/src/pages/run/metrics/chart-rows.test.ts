/** Where charts and single values stand, and ranges as the address has them. */
import { expect, test } from 'bun:test';
import { rowsBetween } from '../../charts/sheet-rows.ts';
import { chartLayout, valuesId } from './chart-rows.ts';
import { rangeText, readRange } from '../../charts/range-text.ts';

const view = { folded: new Set<string>(), columns: 0, width: 1200, height: 800 };

function metrics(count: number, name: (i: number) => string): { key: string; value: number; step: number }[] {
  return Array.from({ length: count }, (_, i) => ({ key: name(i), value: i, step: 0 }));
}

test('a few single values stand above the charts, many below', () => {
  const charts = metrics(2, (i) => `loss-${i}`);
  const kinds = (count: number): string[] => [
    ...new Set(chartLayout(charts, metrics(count, String), view).rows.map(({ kind }) => kind)),
  ];
  expect(kinds(5)).toEqual(['section', 'values', 'charts']);
  expect(kinds(31)).toEqual(['charts', 'section', 'values']);
  expect(kinds(0)).toEqual(['charts']);
});

test('what is folded takes no room, and thousands are found by their height', () => {
  const values = metrics(12_000, (i) => `m${i}`);
  const folded = chartLayout([], values, { ...view, folded: new Set([valuesId]) });
  expect(folded.rows.map(({ kind }) => kind)).toEqual(['section']);
  const { rows, height } = chartLayout([], values, view);
  expect(rowsBetween(rows, height - 400, height).length).toBeLessThan(20);
});

test('columns are as many as asked for, but one chart has the whole width and none is too narrow', () => {
  const columnsOf = (count: number, columns: number, width = 1200): number | undefined => {
    const [row] = chartLayout(
      metrics(count, (i) => `m${i}`),
      [],
      { ...view, columns, width },
    ).rows;
    return row?.kind === 'charts' ? row.columns : undefined;
  };
  expect([columnsOf(9, 0), columnsOf(9, 4), columnsOf(9, 1), columnsOf(1, 4), columnsOf(9, 4, 360)]).toEqual([
    3, 4, 1, 1, 2,
  ]);
});

test('ranges keep the digits that their width needs, and open ends', () => {
  expect(rangeText([123_456_789.4, 123_456_790.6])).toEqual(['123456789.4', '123456790.6']);
  expect(rangeText([0.123456789, 1000])).toEqual(['0.12', '1000']);
  expect(rangeText([1e-300, 2e-300])).toEqual(['1e-300', '2e-300']);
  expect(rangeText([-Infinity, 0.3])).toEqual([undefined, '0.3']);
  expect(readRange(undefined, '0.3')).toEqual([-Infinity, 0.3]);
  expect(readRange('5', '5')).toBeUndefined();
  expect(readRange('x', '')).toBeUndefined();
});
