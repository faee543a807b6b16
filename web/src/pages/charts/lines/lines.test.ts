/** What a card of lines asks for, and what it makes of the points of many runs. */
import { expect, test } from 'bun:test';
import type { Series } from '../../../api/run.ts';
import type { ChartLine } from '../../../charts/line/line-data.ts';
import type { CardOptions, CardSpec } from '../card-spec.ts';
import type { ChartRun } from '../chart-run.ts';
import type { ChartSettings } from '../chart-settings.ts';
import { joinGroups } from './join-groups.ts';
import { nameOf } from './line-names.ts';
import { cardSettings, lineOptions, withRanges, xOfMetric } from './line-options.ts';
import { rowsOf } from './line-rows.ts';
import { lineScope } from './line-scope.ts';
import { overMetric } from './x-of-metric.ts';

const page: ChartSettings = {
  x: 'step',
  xMetric: undefined,
  logX: false,
  logY: true,
  fit: 'visible',
  zoom: [10, 20],
  smoothing: { by: 'ema', amount: 0 },
  synced: true,
  columns: 0,
  group: [],
  centre: 'mean',
  band: 'range',
};

function card(options: CardOptions = {}): CardSpec {
  return { id: 'line:loss', kind: 'line', columns: ['metrics.loss'], options };
}

function series(x: readonly number[], y: readonly number[], total = x.length): Series {
  return { x: Float64Array.from(x), y: Float64Array.from(y), total };
}

function run(id: string, group?: number): ChartRun {
  return { id, name: `run ${id}`, experimentId: '1', colour: 3, status: 'FINISHED', start: 0, group };
}

function line(id: string, metric: string, y: readonly number[]): ChartLine {
  const values = Float64Array.from(y);
  return {
    id: `${id} ${metric}`,
    label: id,
    colour: 3,
    run: id,
    x: values.map((_, i) => i),
    y: values,
    total: y.length,
  };
}

test('a card takes the axes of the page, but what it has of its own', () => {
  expect(cardSettings(page, card())).toEqual(page);
  const own = cardSettings(page, card({ x: xOfMetric('epoch'), logY: false, from: '1', to: '3' }));
  expect([own.x, own.xMetric, own.logY, own.zoom]).toEqual(['step', 'epoch', false, [1, 3]]);
  // A stretch of steps is none of time.
  expect(cardSettings(page, card({ x: 'time' })).zoom).toBeUndefined();
});

test('a zoom is of all cards, of one with an x of its own or apart only of itself', () => {
  expect(withRanges(page, card(), { zoom: [1, 2] })).toBeUndefined();
  expect(withRanges(page, card({ x: 'time' }), { limits: [1, 2] })).toBeUndefined();
  expect(withRanges(page, card({ x: 'time' }), { zoom: [1, 2] })?.options).toEqual({ x: 'time', from: '1', to: '2' });
  expect(withRanges({ ...page, synced: false }, card(), { zoom: [1, 2] })?.options).toEqual({ from: '1', to: '2' });
});

test('options that make no sense are as if they were not there', () => {
  const plain = { legend: 'auto', names: ['run'], order: 'near' } as const;
  expect(lineOptions(card({ legend: 7, names: 'x', order: 'up' }))).toEqual(plain);
  expect(lineOptions(card({ legend: 'beside', names: ['params.lr'], order: 'value' }))).toEqual({
    legend: 'beside',
    names: ['params.lr'],
    order: 'value',
  });
});

test('more runs have fewer points each, and one run more or less asks for the same', () => {
  const axes = { x: 'step', xMetric: undefined, zoom: undefined, logX: false, smoothing: page.smoothing } as const;
  const points = [1, 50, 500, 1000].map((runs) => lineScope(axes, runs, 450).mostPoints);
  expect(points).toEqual([2000, 2000, 200, 100]);
  expect(lineScope(axes, 499, 450)).toEqual(lineScope(axes, 201, 470));
  expect(lineScope({ ...axes, zoom: [100, 200] }, 5, 450)).toMatchObject({ from: 98, to: 202 });
  expect(lineScope({ ...axes, x: 'relative', zoom: [1, Infinity] }, 5, 450)).toMatchObject({
    from: 1000,
    to: undefined,
  });
  expect(lineScope({ ...axes, zoom: [100, 200], smoothing: { by: 'ema', amount: 0.5 } }, 5, 450)).toMatchObject({
    from: 98,
    to: 202,
    marginShare: 0.05,
  });
  expect(lineScope({ ...axes, xMetric: 'epoch', zoom: [1, 2] }, 5, 450)).toEqual({ x: 'step', mostPoints: 8000 });
});

test('over another metric: joined by step, read between its points, cut at its ends', () => {
  const epochs = series([0, 10, 20], [0, 1, 2]);
  const joined = overMetric(series([0, 5, 10, 20, 30], [9, 8, 7, 6, 5]), epochs);
  expect([[...joined.x], [...joined.y], joined.total]).toEqual([[0, 0.5, 1, 2], [9, 8, 7, 6], 4]);
  // One that falls with the steps.
  const falling = overMetric(series([0, 1, 2], [1, 2, 3]), series([0, 1, 2], [30, 10, 20]));
  expect([[...falling.x], [...falling.y]]).toEqual([
    [10, 20, 30],
    [2, 3, 1],
  ]);
  expect(overMetric(series([0, 1], [1, 2]), series([], [])).x.length).toBe(0);
});

test('groups have one line for each metric; their members stand thin behind when wanted', () => {
  const runs = [run('a', 0), run('b', 0), run('c', 1)];
  const groups = [
    { label: 'lr 1', colour: 1, runIds: ['a', 'b'] },
    { label: 'lr 2', colour: 2, runIds: ['c'] },
  ];
  const lines = [line('a', 'loss', [1, 2]), line('b', 'loss', [3, 4]), line('c', 'loss', [5, 5])];
  const joined = joinGroups(lines, runs, groups, ['loss'], { centre: 'mean', band: 'range' });
  expect(joined.map(({ label, y, members }) => [label, [...y], [...(members ?? [])]])).toEqual([
    ['lr 1', [2, 3], ['a', 'b']],
    ['lr 2', [5, 5], ['c']],
  ]);
  const thin = joinGroups(lines, runs, groups, ['loss'], { centre: 'mean', band: 'members' }).filter(
    ({ faint }) => faint,
  );
  expect(thin.map(({ run: of, colour }) => [of, colour])).toEqual([['a', 1], ['b', 1], ['c', 2]]); // prettier-ignore
});

test('names are made of run, group and columns, and are never empty', () => {
  const values = { at: (_: string, column: string) => (column === 'params.lr' ? '0.1' : null), loading: false };
  const groups = [{ label: 'adam', colour: 1, runIds: ['a'] }];
  expect(nameOf(run('a', 0), ['run', 'group', 'params.lr'], values, groups)).toBe('run a · adam · lr 0.1');
  expect(nameOf(run('a'), ['group', 'params.none'], values, groups)).toBe('run a');
});

test('rows for a file have the smoothed value beside the logged one, and say how it was smoothed', () => {
  const smooth = { ...line('a', 'loss', [1, 2]), raw: Float64Array.of(0, 4) };
  const look = { x: 'step', smoothing: { by: 'ema', amount: 0.5 }, spread: false } as const;
  expect([...rowsOf([smooth], [run('a')], look)]).toEqual([
    ['run_id', 'run', 'metric', 'step', 'value', 'smoothed_ema_0.5'],
    ['a', 'run a', 'loss', 0, 0, 1],
    ['a', 'run a', 'loss', 1, 4, 2],
  ]);
});

test('a metric whose name ends with that of another keeps its own in a file', () => {
  const rows = [...rowsOf([line('a', 'val loss', [1])], [run('a')], { x: 'step', smoothing: page.smoothing, spread: false })]; // prettier-ignore
  expect(rows[1]?.[2]).toBe('val loss');
});
