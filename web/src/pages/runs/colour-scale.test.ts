import { expect, test } from 'bun:test';
import { colourOfValue, colourScale, otherColour } from './colour-scale.ts';

const values = (...texts: readonly string[]) => texts.map((value, i) => ({ value, count: 100 - i }));

test('a few values have colours of their own, in their order', () => {
  const scale = colourScale({
    kind: 'number',
    count: 297,
    distinct: 3,
    min: 2,
    max: 10,
    values: values('10', '9', '2'),
  });
  expect(scale).toMatchObject({
    kind: 'categories',
    others: 0,
    categories: [{ value: '2' }, { value: '9' }, { value: '10' }],
  });
  expect(colourOfValue(scale, '2')).toBe('var(--series-0)');
  expect(colourOfValue(scale, null)).toBeUndefined();
});

test('the eight most frequent texts have colours, the rest has one together', () => {
  const scale = colourScale({
    kind: 'text',
    count: 800,
    distinct: 10,
    values: values(...'j i h g f e d c b a'.split(' ')),
  });
  expect(scale).toMatchObject({ kind: 'categories', others: 800 - (100 * 8 - 28) });
  expect(colourOfValue(scale, 'c')).toBe('var(--series-0)');
  expect(colourOfValue(scale, 'a')).toBe(otherColour);
});

test('numbers lie on a scale, by powers of ten where they span many', () => {
  const linear = colourScale({ kind: 'number', min: 0, max: 10 });
  expect(linear).toMatchObject({ kind: 'numbers', logarithmic: false });
  expect(colourOfValue(linear, 0)).toContain('var(--scale-1) 0%');
  expect(colourOfValue(linear, 5)).toContain('var(--scale-2) 0%');
  expect(colourOfValue(linear, 'NaN')).toBeUndefined();
  const wide = colourScale({ kind: 'number', min: 1e-4, max: 1 });
  expect(wide).toMatchObject({ logarithmic: true });
  expect(colourOfValue(wide, 1e-2)).toBe(colourOfValue(linear, 5));
  expect(colourOfValue(colourScale({ kind: 'number', min: 3, max: 3 }), 3)).toContain('var(--scale-2) 100%');
});
