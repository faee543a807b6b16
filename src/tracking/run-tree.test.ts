import { describe, expect, test } from 'bun:test';
import { growTree, showTree, withoutHidden, type Wishes } from './run-tree.ts';

/** `2 of 1` says that run 2 is a child of run 1. */
function tree(...links: readonly string[]) {
  return growTree(
    links.map((link) => {
      const [child = 0, parent = 0] = link.split(' of ').map(Number);
      return { child, parent };
    }),
  );
}

/** Each row as its id, indented by its depth; an open run has a minus behind it. */
function rows(list: readonly number[], of: ReturnType<typeof growTree>, wishes: Partial<Wishes> = {}): string[] {
  const none = new Set<number>();
  const { ids, depths, open } = showTree(Uint32Array.from(list), of, {
    filtered: false,
    expanded: none,
    collapsed: none,
    ...wishes,
  });
  return [...ids].map((id, i) => '.'.repeat(depths[i] ?? 0) + id + (open.has(id) ? '-' : ''));
}

// 1 has 11 and 12, 11 has 111 and 112; 2 has 21.
const family = tree('11 of 1', '12 of 1', '111 of 11', '112 of 11', '21 of 2');
const all = [112, 111, 21, 12, 11, 2, 1, 3];

describe('without a filter', () => {
  test('only roots are shown', () => {
    expect(rows(all, family)).toEqual(['2', '1', '3']);
  });
  test('expanded runs show their children in the order of the list', () => {
    expect(rows(all, family, { expanded: new Set([1]) })).toEqual(['2', '1-', '.12', '.11', '3']);
    expect(rows(all, family, { expanded: new Set([1, 11]) })).toEqual([
      '2',
      '1-',
      '.12',
      '.11-',
      '..112',
      '..111',
      '3',
    ]);
  });
  test('a run that is expanded below a closed one stays hidden', () => {
    expect(rows(all, family, { expanded: new Set([11]) })).toEqual(['2', '1', '3']);
  });
});

describe('with a filter', () => {
  const filtered = true;
  test('what is found stands below its parents, where the first of a family is found', () => {
    expect(rows([3, 111, 12], family, { filtered })).toEqual(['3', '1-', '.11-', '..111', '.12']);
  });
  test('a parent that is found too keeps its own place', () => {
    expect(rows([111, 3, 1], family, { filtered })).toEqual(['3', '1-', '.11-', '..111']);
    expect(rows([111, 3, 11], family, { filtered })).toEqual(['3', '1-', '.11-', '..111']);
  });
  test('collapsed parents hide what was found', () => {
    expect(rows([3, 111, 12], family, { filtered, collapsed: new Set([11]) })).toEqual(['3', '1-', '.11', '.12']);
    expect(rows([3, 111, 12], family, { filtered, collapsed: new Set([1]) })).toEqual(['3', '1']);
  });
  test('expanded parents show all children, those found first', () => {
    expect(rows([111], family, { filtered, expanded: new Set([11]) })).toEqual(['1-', '.11-', '..111', '..112']);
    expect(rows([2], family, { filtered, expanded: new Set([2]) })).toEqual(['2-', '.21']);
  });
});

describe('odd tags', () => {
  test('a run that is its own parent is a root', () => {
    expect(rows([1], tree('1 of 1'))).toEqual(['1']);
  });
  test('a circle is opened at one run, and all of it can be reached', () => {
    const circle = tree('1 of 2', '2 of 3', '3 of 1', '4 of 3');
    const shown = rows([4, 3, 2, 1], circle, { expanded: new Set([1, 2, 3]) });
    expect(shown.map((row) => row.replace(/[.-]/g, '')).toSorted()).toEqual(['1', '2', '3', '4']);
    expect(shown.filter((row) => !row.startsWith('.'))).toHaveLength(1);
  });
  test('a chain of 50,000 runs is no problem', () => {
    const links = Array.from({ length: 50_000 }, (_, i) => ({ child: i + 2, parent: i + 1 }));
    const chain = growTree(links);
    const wishes = { filtered: true, expanded: new Set<number>(), collapsed: new Set<number>() };
    const { ids, depths } = showTree(Uint32Array.of(50_001), chain, wishes);
    expect([ids.length, depths.at(-1)]).toEqual([50_001, 50_000]);
  });
});

test('a hidden run is gone with what stands below it, at any depth', () => {
  const shown = {
    ids: Uint32Array.of(2, 1, 12, 11, 111, 3),
    depths: Uint32Array.of(0, 0, 1, 1, 2, 0),
    open: new Set<number>(),
  };
  const without = (...ids: number[]): number[] => [...withoutHidden(shown, new Set(ids)).ids];
  expect(without(11)).toEqual([2, 1, 12, 3]);
  expect(without(1, 11)).toEqual([2, 3]);
  expect([...withoutHidden(shown, new Set([12, 2])).depths]).toEqual([0, 1, 2, 0]);
  const flat = { ...shown, depths: new Uint32Array() };
  expect([...withoutHidden(flat, new Set([1, 3])).ids]).toEqual([2, 12, 11, 111]);
});
