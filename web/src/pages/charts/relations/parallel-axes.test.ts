import { expect, test } from 'bun:test';
import type { Cell } from '../../../api/run-table.ts';
import type { CardSpec } from '../card-spec.ts';
import type { ChartRun, RunValues } from '../chart-run.ts';
import { leftByBrushes } from './parallel-axes.ts';

const cells: Readonly<Record<string, readonly Cell[]>> = {
  'params.lr': ['0.1', '0.2', '0.3', null],
  'metrics.loss': [4, 3, 2, 1],
};
const runs = [0, 1, 2, 3].map((i): ChartRun => ({
  id: String(i),
  name: `run ${i}`,
  experimentId: '0',
  colour: 0,
  status: 'FINISHED',
  start: undefined,
  group: undefined,
}));
const values: RunValues = { at: (id, column) => cells[column]?.[Number(id)], loading: false };

function left(...brushes: string[]): readonly string[] | undefined {
  const card: CardSpec = { id: 'c1', kind: 'parallel', columns: Object.keys(cells), options: { brushes } };
  return leftByBrushes(card, runs, values);
}

test('the brushes of an address leave runs before anything is drawn', () => {
  expect(left('["params.lr",0.15,0.3]')).toEqual(['1', '2']);
  expect(left('["params.lr",0.15,0.3]', '["metrics.loss",0,2.5]')).toEqual(['2']);
  // Nothing is left, which is not the same as no brush.
  expect(left('["params.lr",0.1,0.1]', '["metrics.loss",1,1]')).toEqual([]);
});

test('brushes that cannot be read, or of columns that the card has not, are none', () => {
  expect(left()).toBeUndefined();
  expect(left('["params.lr",', '[1,2]', '["params.gone",1,2]')).toBeUndefined();
});
