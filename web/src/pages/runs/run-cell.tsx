/** What the table shows of a run under a column. */
import type { ReactNode } from 'react';
import type { Cell } from '../../api/run-table.ts';
import { shortNumber } from '../../components/format.ts';
import { text } from '../../text/runs.ts';

/** A difference is for a glance: the values are there too. */
const percent = new Intl.NumberFormat(undefined, {
  style: 'percent',
  notation: 'compact',
  maximumSignificantDigits: 3,
  signDisplay: 'always',
  // -99.97% is not all of it.
  roundingMode: 'trunc',
});

/** NaN and the infinities travel as strings. */
export function numberOf(cell: Cell | undefined): number | undefined {
  if (typeof cell === 'number') return cell;
  return cell === 'NaN' || cell === 'Infinity' || cell === '-Infinity' ? Number(cell) : undefined;
}

interface MetricCellProps {
  readonly value: Cell | undefined;
  /** Writes a number so that the points of the column stand below each other. */
  readonly write: (value: number) => string;
  readonly baseline: number | undefined;
  readonly best: number | undefined;
}

/** The value, how far it lies from the baseline's, and a mark when none is better. */
export function MetricCell({ value, write, baseline, best }: MetricCellProps): ReactNode {
  const number = numberOf(value);
  if (number === undefined) return null;
  const isBest = best !== undefined && number === best;
  return (
    <span className="metric-cell" data-full={String(number)}>
      <span title={String(number)} className={isBest ? 'best' : undefined}>
        {write(number)}
        {isBest && <span className="visually-hidden"> {text.best}</span>}
      </span>
      {baseline !== undefined && <span className="delta ellipsis">{deltaOf(number, baseline)}</span>}
    </span>
  );
}

function deltaOf(value: number, baseline: number): string {
  const delta = value - baseline;
  if (delta === 0 || !Number.isFinite(delta)) return '';
  const sign = delta > 0 ? '+' : '';
  return baseline === 0 ? ` ${sign}${shortNumber(delta)}` : ` ${percent.format(delta / Math.abs(baseline))}`;
}

interface TextCellProps {
  readonly value: Cell | undefined;
  /** Of a column of numbers. */
  readonly write?: ((text: string) => string) | undefined;
}

export function TextCell({ value, write = (text) => text }: TextCellProps): ReactNode {
  if (value === null || value === undefined) return null;
  return (
    <span title={String(value)} data-full={String(value)}>
      {write(String(value).slice(0, 200))}
    </span>
  );
}
