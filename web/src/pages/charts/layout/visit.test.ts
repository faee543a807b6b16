/** Metrics that come while the reader is there. */
import { expect, test } from 'bun:test';
import type { RunList } from '../../../api/run-list.ts';
import type { CardSpec } from '../card-spec.ts';
import { sheetRows } from '../sheet-rows.ts';
import { noChanges } from './card-layout.ts';
import { cardSections } from './card-sections.ts';
import { inVisit, latecomers, visitAfter, type Visit } from './visit.ts';

function page(before: Visit | undefined, keys: readonly string[], filter = '') {
  const list = {
    question: { experiment_ids: ['1'], filter, text: '', view_type: 'ACTIVE_ONLY' },
  } as unknown as RunList;
  // As `madeCards` has them: by their names, lines first.
  const usual = keys
    .toSorted((one, other) => Number(one.startsWith('!')) - Number(other.startsWith('!')) || (one < other ? -1 : 1))
    .map((key): CardSpec => {
      const single = key.startsWith('!');
      const name = key.replace('!', '');
      const id = `${single ? 'value' : 'line'}:${name}`;
      return { id, kind: single ? 'bar' : 'line', columns: [`metrics.${name}`], options: {} };
    });
  const visit = visitAfter(before, list, usual);
  const sections = cardSections(inVisit(usual, visit), noChanges, latecomers(usual, visit));
  const { rows } = sheetRows(sections, { folded: new Set(), columns: 0, width: 1200, height: 800 });
  const shown = rows.flatMap((row) =>
    row.kind === 'section'
      ? `${row.id}@${row.top}`
      : row.charts.map(({ chart, column }) => `${chart.key.replace(/^\w+:/, '')}@${row.top}/${column}of${row.columns}`),
  );
  return { visit, shown };
}

test('what is shown stays where it is; a new metric is the last of its section, a new section the last', () => {
  const [few, many] = [
    ['b', 'c'],
    ['b', 'c', 'd', 'e', 'test/x', 'test/y', 'train/x', 'system/cpu'],
  ];
  const small = page(page(undefined, few).visit, [...few, 'a', 'brand/new']);
  expect(small.shown.slice(0, 2)).toEqual(page(undefined, few).shown);
  expect(small.shown.map((one) => one.replace(/@.*/, ''))).toEqual(['b', 'c', 'a', 'brand/new']);
  const late = page(page(undefined, many).visit, [...many, 'brand/new']);
  expect(late.shown.slice(0, -2)).toEqual(page(undefined, many).shown);
  expect(late.shown.at(-1)).toStartWith('brand/new@');
});

test('a single value that becomes a line keeps its place; another filter is another visit', () => {
  const { visit } = page(undefined, ['a', '!b', 'c']);
  expect(page(visit, ['a', 'b', 'c']).shown.map((one) => one.replace(/@.*/, ''))).toEqual(['a', 'c', 'b']);
  expect(page(visit, ['a', 'b', 'c'], 'x = 1').shown.map((one) => one.replace(/@.*/, ''))).toEqual(['a', 'b', 'c']);
});
