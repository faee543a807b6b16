import { expect, test } from 'bun:test';
import type { Cell } from '../../../api/run-table.ts';
import type { ChartRun, RunValues } from '../chart-run.ts';
import { emptyReason, notesOf, numberIn, numbersOf } from './run-numbers.ts';

function valuesOf(cells: readonly Cell[]): { runs: ChartRun[]; values: RunValues } {
  const runs = cells.map((_, i) => ({
    id: String(i),
    name: `run ${i}`,
    experimentId: '0',
    colour: 0,
    status: 'FINISHED',
    start: undefined,
    group: undefined,
  }));
  return { runs, values: { at: (id) => cells[Number(id)], loading: false } };
}

test('params that look like numbers are numbers, others are not', () => {
  expect(['0.1', ' 1e-4 ', '-3', 'adam', '', '0x10', null, undefined, 7].map(numberIn)).toEqual(
    [0.1, 1e-4, -3, undefined, undefined, undefined, undefined, undefined, 7], // prettier-ignore
  );
  for (const cell of ['NaN', 'nan', 'inf', '-Infinity', Number.MAX_VALUE]) {
    expect(Number.isFinite(numberIn(cell) ?? 0)).toBe(false);
  }
});

test('each run is counted once: shown, not finite, no number, or without', () => {
  const { runs, values } = valuesOf([1, -2, 'NaN', 'adam', null, '0.5', 0]);
  const numbers = numbersOf(runs, values, 'metrics.loss');
  expect(numbers.found.map(({ value }) => value)).toEqual([1, -2, 0.5, 0]);
  expect(notesOf(numbers, false)).toEqual(['1 NaN or infinite', '1 of loss is no number', '1 without loss']);
  expect(notesOf(numbers, true)[1]).toBe('2 not above 0, left out');
});

test('why there is nothing is said', () => {
  const reason = (cells: readonly Cell[], log = false): string | undefined => {
    const { runs, values } = valuesOf(cells);
    return emptyReason(runs, numbersOf(runs, values, 'metrics.loss'), log);
  };
  expect(reason([1])).toBeUndefined();
  expect(reason([])).toContain('No run is shown');
  expect(reason([null])).toBe('No run shown has a number under loss.');
  expect(reason(['NaN', null])).toBe('Every loss is NaN or infinite.');
  expect(reason([-1, 0], true)).toContain('above 0');
});
