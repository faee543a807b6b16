import { expect, test } from 'bun:test';
import { layoutPipeline, usualSize } from './pipeline-layout.ts';

function task(name: string, ...upstream: string[]): { name: string; upstream: string[] } {
  return { name, upstream };
}

test('a chain stands in a row, each task in the next column', () => {
  const { nodes, edges, height } = layoutPipeline([task('a'), task('b', 'a'), task('c', 'b')]);
  expect(nodes.map(({ column }) => column)).toEqual([0, 1, 2]);
  expect(new Set(nodes.map(({ y }) => y)).size).toBe(1);
  expect(height).toBe(usualSize.height + 2 * usualSize.margin);
  expect(edges.map(({ from, to }) => [from, to])).toEqual([
    ['a', 'b'],
    ['b', 'c'],
  ]);
});

test('boxes of a column do not touch, and stand around what they come from', () => {
  const models = Array.from({ length: 9 }, (_, at) => task(`fit-${at}`, 'load'));
  const { nodes, height } = layoutPipeline([task('load'), ...models, task('best', ...models.map(({ name }) => name))]);
  const column = nodes.filter(({ name }) => name.startsWith('fit')).toSorted((a, b) => a.y - b.y);
  for (const [at, { y }] of column.entries()) {
    if (at > 0) expect(y - (column[at - 1]?.y ?? 0)).toBeGreaterThanOrEqual(usualSize.height + usualSize.rowGap - 0.2);
  }
  expect(nodes[0]?.y).toBeCloseTo((height - usualSize.height) / 2, 0);
});

test('lines of two pairs do not cross', () => {
  const { nodes } = layoutPipeline([task('a'), task('b'), task('of-b', 'b'), task('of-a', 'a')]);
  const yOf = (name: string): number => nodes.find((node) => node.name === name)?.y ?? 0;
  expect(yOf('a') < yOf('b')).toBe(yOf('of-a') < yOf('of-b'));
});

test('a line over a column keeps clear of its boxes', () => {
  const { nodes, edges } = layoutPipeline([task('a'), task('b', 'a'), task('c', 'a', 'b')]);
  const long = edges.find(({ from, to }) => from === 'a' && to === 'c');
  const passing = Number(/ ([\d.]+)H/.exec(long?.path ?? '')?.[1]);
  const box = nodes.find(({ name }) => name === 'b')?.y ?? 0;
  expect(passing < box || passing > box + usualSize.height).toBe(true);
});

test('no tasks, missing tasks and circles are drawn all the same', () => {
  expect(layoutPipeline([])).toMatchObject({ width: 0, height: 0, nodes: [], edges: [] });
  expect(layoutPipeline([task('a', 'gone')]).nodes).toHaveLength(1);
  expect(layoutPipeline([task('a', 'b'), task('b', 'a')]).nodes).toHaveLength(2);
});

test('a task that takes all of a long way is drawn with lines that are no longer than the way', () => {
  const way = Array.from({ length: 1000 }, (_, at) => task(`t${at}`, ...(at === 0 ? [] : [`t${at - 1}`])));
  const { edges } = layoutPipeline([...way, task('all', ...way.map(({ name }) => name))]);
  expect(edges).toHaveLength(1999);
  expect(edges.reduce((sum, { path }) => sum + path.length, 0)).toBeLessThan(1_000_000);
});
