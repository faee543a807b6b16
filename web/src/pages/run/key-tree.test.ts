import { expect, test } from 'bun:test';
import { keyRows } from './key-tree.ts';

function shown(keys: readonly string[], folded: readonly string[] = []): string[] {
  const rows = keyRows(keys.map((key) => ({ key })), true, new Set(folded)); // prettier-ignore
  return rows.map((row) => `${'  '.repeat(row.depth)}${row.name}${row.item ? '' : ` (${row.size})`}`);
}

test('shared prefixes are groups, a prefix of one key is not', () => {
  expect(shown(['lr', 'train/loss', 'train/acc', 'a/b/c', 'net.layer.0.w', 'net.layer.1.w'])).toEqual([
    'lr',
    'train/ (2)',
    '  loss',
    '  acc',
    'a/b/c',
    'net.layer. (2)',
    '  0.w',
    '  1.w',
  ]);
});

test('a folded group hides what is below it', () => {
  expect(shown(['t/a', 't/b/c', 't/b/d'], ['t/b/'])).toEqual(['t/ (3)', '  a', '  b/ (2)']);
  expect(shown(['t/a', 't/b/c', 't/b/d'], ['t/'])).toEqual(['t/ (3)']);
});

test('separators at the ends, doubled ones and very deep names stay names', () => {
  expect(shown(['/a', 'b/', '.hidden', 'x//y', 'x//z'])).toHaveLength(6);
  expect(shown([`${'a/'.repeat(1000)}b`])).toHaveLength(1);
});
