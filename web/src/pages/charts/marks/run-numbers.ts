/** Numbers that runs have under a column, and how many have none. */
import type { Cell } from '../../../api/run-table.ts';
import { looksNumeric } from '../../../api/statistics.ts';
import { count } from '../../../components/format.ts';
import { text } from '../../../text/chart-marks.ts';
import { titleOf } from '../../runs/column-title.ts';
import type { ChartRun, RunValues } from '../chart-run.ts';

export interface RunNumber {
  readonly run: ChartRun;
  readonly value: number;
}

export interface RunNumbers {
  readonly column: string;
  readonly title: string;
  readonly found: readonly RunNumber[];
  /** NaN and infinities. */
  readonly notFinite: number;
  readonly missing: number;
  /** Params that are texts. */
  readonly texts: number;
}

/** Undefined: there is none. NaN and the infinities of params are NaN here; none of them has a place. */
export function numberIn(cell: Cell | undefined): number | undefined {
  // Stores of the field keep infinities as the greatest double.
  if (typeof cell === 'number') return Math.abs(cell) === Number.MAX_VALUE ? NaN : cell;
  return typeof cell === 'string' && looksNumeric(cell) ? Number(cell) : undefined;
}

export function numbersOf(runs: readonly ChartRun[], values: RunValues, column: string): RunNumbers {
  const found: RunNumber[] = [];
  let [notFinite, missing, texts] = [0, 0, 0];
  for (const run of runs) {
    const cell = values.at(run.id, column);
    const value = numberIn(cell);
    if (value === undefined) {
      if (cell === undefined || cell === null || cell === '') missing++;
      else texts++;
    } else if (Number.isFinite(value)) found.push({ run, value });
    else notFinite++;
  }
  return { column, title: titleOfColumn(column), found, notFinite, missing, texts };
}

export function titleOfColumn(column: string): string {
  return titleOf({ name: column, aggregate: 'last' });
}

/** Those that have a place on the axis. */
export function onAxis({ found }: RunNumbers, log: boolean): readonly RunNumber[] {
  return log ? found.filter(({ value }) => value > 0) : found;
}

/** Why there is nothing to draw; undefined when there is something. */
export function emptyReason(
  runs: readonly ChartRun[],
  numbers: RunNumbers | undefined,
  log: boolean,
): string | undefined {
  if (runs.length === 0) return text.noRuns;
  if (!numbers) return text.noColumn;
  const { title, found, notFinite } = numbers;
  if (found.length === 0) return notFinite > 0 ? text.onlyGaps(title) : text.noNumbers(title);
  return onAxis(numbers, log).length === 0 ? text.onlyNegative(title) : undefined;
}

/** What of the runs is not in the picture. */
export function notesOf(numbers: RunNumbers, log: boolean): string[] {
  const { title, found, notFinite, missing, texts } = numbers;
  const below = log ? found.length - onAxis(numbers, log).length : 0;
  return [
    notFinite > 0 ? text.notFinite(count(notFinite)) : '',
    below > 0 ? text.notPositive(count(below)) : '',
    texts > 0 ? text.notNumbers(count(texts), title) : '',
    missing > 0 ? text.without(count(missing), title) : '',
  ].filter((note) => note !== '');
}
