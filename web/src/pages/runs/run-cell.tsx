/** What the table shows of a run under a column. */
import type { ReactNode } from 'react';
import type { Cell } from '../../api/run-table.ts';
import { shortNumber } from '../../components/format.ts';
import { text } from '../../text/runs.ts';

/** NaN and the infinities travel as strings. */
export function numberOf(cell: Cell | undefined): number | undefined {
  if (typeof cell === 'number') return cell;
  return cell === 'NaN' || cell === 'Infinity' || cell === '-Infinity' ? Number(cell) : undefined;
}

interface MetricCellProps {
  readonly value: Cell | undefined;
  readonly baseline: number | undefined;
  readonly best: number | undefined;
}

/** The value, how far it lies from the baseline's, and a mark when none is better. */
export function MetricCell({ value, baseline, best }: MetricCellProps): ReactNode {
  const number = numberOf(value);
  if (number === undefined) return null;
  const isBest = best !== undefined && number === best;
  return (
    <span title={String(number)} className={isBest ? 'best' : undefined}>
      {shortNumber(number)}
      {isBest && <span className="visually-hidden"> {text.best}</span>}
      {baseline !== undefined && <span className="delta">{deltaOf(number, baseline)}</span>}
    </span>
  );
}

function deltaOf(value: number, baseline: number): string {
  const delta = value - baseline;
  if (delta === 0 || Number.isNaN(delta)) return '';
  const sign = delta > 0 ? '+' : '';
  return baseline === 0
    ? ` ${sign}${shortNumber(delta)}`
    : ` ${sign}${shortNumber((delta / Math.abs(baseline)) * 100)}%`;
}

export function TextCell({ value }: { value: Cell | undefined }): ReactNode {
  if (value === null || value === undefined) return null;
  return <span title={String(value)}>{String(value).slice(0, 200)}</span>;
}
