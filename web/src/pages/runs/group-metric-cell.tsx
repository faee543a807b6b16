import type { RunGroup } from '../../api/run-groups.ts';
import { count, shortNumber } from '../../components/format.ts';
import { text } from '../../text/runs.ts';

interface GroupMetricCellProps {
  readonly metric: RunGroup['metrics'][number];
  /** All runs of the group. */
  readonly runs: number;
}

/** Mean ± standard deviation of the finite values, and how many of the runs have one where not all do. */
export function GroupMetricCell({ metric, runs }: GroupMetricCellProps) {
  const { count: finite, not_finite: notFinite } = metric;
  if (finite === 0 && notFinite === 0) return null;
  const leftOut = text.groupLeftOut(notFinite, runs - finite - notFinite, count);
  const mean = finite === 0 ? text.groupNoMean(count(runs)) : text.groupMean(count(finite), count(runs));
  const told = leftOut === '' ? mean : `${mean}; ${leftOut}`;
  if (finite === 0) {
    return (
      <span className="dim" title={told}>
        {text.groupNotFinite}
        <span className="visually-hidden">, {told}</span>
      </span>
    );
  }
  return (
    <span title={`${shortNumber(metric.min)} – ${shortNumber(metric.max)}, ${told}`}>
      {shortNumber(metric.mean)}
      {finite > 1 && <span className="dim"> ± {shortNumber(metric.std)}</span>}
      {leftOut !== '' && (
        <>
          {' '}
          <span className="dim" aria-hidden="true">
            {text.groupFinite(count(finite), count(runs))}
          </span>
          <span className="visually-hidden">, {told}</span>
        </>
      )}
    </span>
  );
}
