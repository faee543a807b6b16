import { expect, test } from 'bun:test';
import type { ChartRun } from './chart-run.ts';
import { readEyes } from './eyes.ts';
import { lineColour, namedRuns } from './named-runs.ts';

const run = (id: string, colour: ChartRun['colour'], name = id): ChartRun => ({
  id,
  name,
  experimentId: '1',
  colour,
  status: 'FINISHED',
  start: 0,
  group: undefined,
});
const colours = (runs: readonly ChartRun[]): unknown[] => runs.map((one) => lineColour(one, 1, 0));

test('runs of one colour are told apart by strokes, unless there are too many', () => {
  const runs = [run('a', 3), run('b', 0), run('c', 3), run('d', '#102030'), run('e', 3)];
  expect(colours(namedRuns(runs, readEyes({})))).toEqual([3, 0, 11, '#102030', 19]);
  const many = Array.from({ length: 33 }, (_, i) => run(String(i), i % 8));
  expect(colours(namedRuns(many, readEyes({})))).toEqual(many.map(({ colour }) => colour));
});

test('the metrics of a card are told apart by strokes, and then the runs by their colours alone', () => {
  const [first, second] = namedRuns([run('a', 3), run('c', 3)], readEyes({}));
  expect([first, second].map((one) => one && [lineColour(one, 2, 0), lineColour(one, 2, 1)])).toEqual([
    [3, 11],
    [3, 11],
  ]);
});

test('a run that is put away is named, and leaves the others their strokes', () => {
  const named = namedRuns([run('a', 3), run('c', 3), run('d', 5)], readEyes({ hidden: 'a' }));
  expect(named.map(({ id, putAway }) => [id, putAway])).toEqual([
    ['a', true],
    ['c', false],
    ['d', false],
  ]);
  expect(colours(named)).toEqual([3, 11, 5]);
  expect(namedRuns([run('a', 3), run('c', 3)], readEyes({ eye: 'none' }))).toEqual([]);
});

test('runs of one name have the beginning of their ids behind it', () => {
  const named = namedRuns([run('0123456789', 1, 'x'), run('abcdefghij', 2, 'x'), run('z', 3)], readEyes({}));
  expect(named.map(({ label, name }) => label ?? name)).toEqual(['x · 012345', 'x · abcdef', 'z']);
});
