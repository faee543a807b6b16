import { expect, test } from 'bun:test';
import type { ListedExperiment } from '../../api/experiments.ts';
import { treeRows } from './tree.ts';

function experiment(name: string): ListedExperiment {
  const nothing = { deleted: false, artifactLocation: '', created: 0, lastActivity: 0, runs: 1, running: 0 };
  return { ...nothing, newest: undefined, id: name, name, tags: [], description: '' };
}

/** One line for a row, indented as it is shown. */
function drawn(names: readonly string[], closed: readonly string[] = []): string[] {
  return treeRows(names.map(experiment), new Set(closed)).map((row) => {
    const mark = row.kind === 'folder' ? (row.open ? 'v ' : '> ') : '';
    return `${'  '.repeat(row.depth)}${mark}${row.label}`;
  });
}

test('names without separators stay as they are', () => {
  expect(drawn(['a', 'b'])).toEqual(['a', 'b']);
});

test('slashes and dots fold, in the order in which the first of a folder comes', () => {
  expect(drawn(['t/x', 'other', 't/y', 't/z.1', 't/z.2'])).toEqual([
    'v t/',
    '  x',
    '  y',
    '  v z.',
    '    1',
    '    2',
    'other',
  ]);
});

test('a folder of one is no folder', () => {
  expect(drawn(['a/b/c', 'd'])).toEqual(['a/b/c', 'd']);
  expect(drawn(['a/b/c', 'a/b/d'])).toEqual(['v a/b/', '  c', '  d']);
});

test('a closed folder hides what is in it', () => {
  expect(drawn(['a/b', 'a/c', 'd'], ['a/'])).toEqual(['> a/', 'd']);
});

test('names that start or end with separators keep every character', () => {
  expect(drawn(['/Users/ada', '/Users/bob', '..', './', 'x.'])).toEqual([
    'v /Users/',
    '  ada',
    '  bob',
    '..',
    './',
    'x.',
  ]);
});

test('an experiment may be called as the folder of others', () => {
  expect(drawn(['a', 'a/b', 'a/c'])).toEqual(['a', 'v a/', '  b', '  c']);
});

test('a name of a thousand parts is no thousand levels', () => {
  const deep = 'a/'.repeat(1000);
  const rows = treeRows([experiment(`${deep}x`), experiment(`${deep}y`)], new Set());
  expect(Math.max(...rows.map(({ depth }) => depth))).toBeLessThan(7);
});
