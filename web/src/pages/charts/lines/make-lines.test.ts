import { expect, test } from 'bun:test';
import type { ChartRun } from '../chart-run.ts';
import type { ChartSettings } from '../chart-settings.ts';
import { runLines } from './make-lines.ts';

const run = (id: string, colour: ChartRun['colour']): ChartRun => ({
  id,
  name: id,
  experimentId: '1',
  colour,
  status: 'FINISHED',
  start: 0,
  group: undefined,
});
const series = { x: Float64Array.of(0, 1), y: Float64Array.of(1, 2), total: 2 };
const colours = (runs: readonly ChartRun[], metrics = ['loss']): unknown[] =>
  runLines(
    {
      runs,
      groups: [],
      values: { at: () => null, loading: false },
      metrics,
      names: ['run'],
      settings: { x: 'step' } as ChartSettings,
    },
    () => series,
  ).map(({ colour }) => colour);

test('runs of one colour are told apart by strokes, and so are the metrics of a card', () => {
  expect(colours([run('a', 3), run('b', 0), run('c', 3), run('d', '#102030'), run('e', 3)])).toEqual([
    3,
    0,
    11,
    '#102030',
    19,
  ]);
  expect(colours([run('a', 3), run('c', 3)], ['loss', 'acc'])).toEqual([3, 3, 11, 11]);
  const many = Array.from({ length: 33 }, (_, i) => run(String(i), i % 8));
  expect(colours(many)).toEqual(many.map(({ colour }) => colour));
});
