import { expect, test } from 'bun:test';
import type { CardSpec } from '../card-spec.ts';
import { noChanges, withCard, withName, withoutCard, withSize } from './card-layout.ts';
import { changedValue } from './changed-value.ts';

const card: CardSpec = { id: 'c1', kind: 'parallel', columns: ['params.lr'], options: { title: 'mine' } };
const with1 = withCard(noChanges, card);
const option = (change: CardSpec['options']): CardSpec => ({ ...card, options: { ...card.options, ...change } });

test('one option of one card is one value, and so is its size', () => {
  const brushed = withCard(with1, option({ brushes: ['a'] }));
  expect(changedValue(with1, brushed)).toBe('brushes of c1');
  expect(changedValue(brushed, withCard(brushed, option({ brushes: ['b'] })))).toBe('brushes of c1');
  expect(changedValue(brushed, withCard(brushed, card))).toBe('brushes of c1');
  expect(changedValue(with1, withSize(with1, 'c1', { span: 2, height: undefined }))).toBe('size c1');
});

test('the first change of a card that the page made is one as well', () => {
  const line: CardSpec = { id: 'line:loss', kind: 'line', columns: ['metrics.loss'], options: { x: 'time' } };
  expect(changedValue(noChanges, withCard(noChanges, line))).toBe('x of line:loss');
});

test('whatever is more than that is a step of its own', () => {
  expect(changedValue(with1, withCard(with1, option({ brushes: ['a'], title: 'yours' })))).toBeUndefined();
  expect(changedValue(with1, withCard(with1, { ...card, columns: [] }))).toBeUndefined();
  expect(changedValue(with1, withoutCard(with1, 'c1'))).toBeUndefined();
  expect(changedValue(with1, withName(with1, '', 'Mine'))).toBeUndefined();
  expect(changedValue(with1, with1)).toBeUndefined();
});
