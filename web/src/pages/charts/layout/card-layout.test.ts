/** What the reader changed about cards, and how the address says it. */
import { expect, test } from 'bun:test';
import type { CardSpec } from '../card-spec.ts';
import { cardSections, type SectionOfCards } from './card-sections.ts';
import {
  freeId,
  noChanges,
  withCard,
  withName,
  withOrder,
  withoutCard,
  withSections,
  withSize,
  type Layout,
} from './card-layout.ts';
import { readLayout, writeLayout } from './layout-text.ts';

const line = (key: string): CardSpec => ({ id: `line:${key}`, kind: 'line', columns: [`metrics.${key}`], options: {} });
const own: CardSpec = {
  id: 'c1',
  kind: 'scatter',
  columns: ['params.a,b~c', 'metrics.x;y'],
  options: { title: '*a* = b; c|d', size: 2.5, trend: false, keys: ['p|q', ''], none: [], empty: '' },
};
const shown = (sections: readonly SectionOfCards[]): string[] =>
  sections.map(({ id, charts }) => `${id}(${charts.map(({ key }) => key.replace('line:', '')).join(' ')})`);

test('a layout comes back from the address as it was, whatever signs are in it', () => {
  const layout = withSections(
    withName(
      withSize(withOrder(withCard(withoutCard(noChanges, 'line:a,b'), own), '', ['line:~', 'c1'], ['line:~']), 'c1', {
        span: 2,
        height: 400,
      }),
      '*',
      'Mine, all ~ mine!',
    ),
    ['b', ''],
    ['', 'b'],
  );
  expect(readLayout(writeLayout(layout))).toEqual(layout);
  expect(writeLayout(noChanges)).toBe('');
  expect(readLayout('')).toEqual(noChanges);
});

test('an address that was cut short keeps what can be read', () => {
  expect(readLayout('card~c1~lin,cut~line:a,what~is~this,card~c2~note,size~c2~99~1,%')).toEqual({
    ...noChanges,
    cards: [{ id: 'c2', kind: 'note', columns: [], options: {} }],
    removed: ['line:a'],
    sizes: new Map([['c2', { span: 6, height: undefined }]]),
  });
});

const many = ['b', 'a', 'test/x', 'test/y', 'train/x', 'train/y', 'system/cpu'].map(line);

test('cards stand by the prefixes of their metrics, those of the reader first, of the machine last', () => {
  expect(shown(cardSections(many, noChanges))).toEqual([
    '(b a)',
    'test(test/x test/y)',
    'train(train/x train/y)',
    'system(system/cpu)',
  ]);
  expect(shown(cardSections(many, withCard(noChanges, own)))[0]).toBe('*(c1)');
  expect(shown(cardSections(many.slice(0, 3), noChanges))).toEqual(['(b a test/x)']);
});

test('a card is moved within its section and to another one, new metrics keep their places', () => {
  const usual = ['line:b', 'line:a'];
  const moved = withOrder(noChanges, '', ['line:a', 'line:b'], usual);
  expect(shown(cardSections(many, moved))[0]).toBe('(a b)');
  expect(moved.order).toEqual(new Map([['', ['line:a']]]));
  expect(withOrder(moved, '', usual, usual)).toEqual(noChanges);
  const away = withOrder(moved, 'train', ['line:train/x', 'line:a', 'line:train/y'], ['line:train/x', 'line:train/y']);
  expect(shown(cardSections(many, away))).toContain('train(train/x a train/y)');
  expect(shown(cardSections([...many, line('train/z')], away))).toContain('train(train/x a train/y train/z)');
});

test('what is removed is gone, and its place with it', () => {
  const layout = withoutCard(withSize(withCard(noChanges, own), 'c1', { span: 2, height: undefined }), 'c1');
  expect(layout).toEqual(noChanges);
  expect(shown(cardSections(many, withoutCard(noChanges, 'line:b')))[0]).toBe(
    '(a test/x test/y train/x train/y system/cpu)',
  );
});

test('a card that the reader changed is shown as changed, with its own id', () => {
  const layout: Layout = withCard(noChanges, { ...line('b'), kind: 'histogram' });
  expect(cardSections(many, layout)[0]?.charts[0]?.spec.kind).toBe('histogram');
  expect(freeId(withCard(layout, { ...own, id: 'c7' }))).toBe('c8');
});
