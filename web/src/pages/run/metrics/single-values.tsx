import { Link } from '@tanstack/react-router';
import type { LastMetric } from '../../../api/run.ts';
import { count, shortNumber } from '../../../components/format.ts';
import type { UrlValues } from '../../../components/url-state.ts';
import { text } from '../../../text/run.ts';
import type { ValueRow } from './chart-rows.ts';

interface SingleValuesProps {
  readonly rows: readonly ValueRow[];
  readonly total: number;
}

const words = text.charts;

/** Metrics of one point each, as a table of name, value and step, several side by side. */
export function SingleValues({ rows, total }: SingleValuesProps) {
  return (
    <div role="table" aria-label={words.values} aria-rowcount={total}>
      {rows.map(({ top, height, columns, metrics }) => (
        <div
          key={metrics[0]?.key}
          role="rowgroup"
          className="value-row"
          style={{ top, height, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
        >
          {metrics.map((metric) => (
            <SingleValue key={metric.key} metric={metric} />
          ))}
        </div>
      ))}
    </div>
  );
}

function SingleValue({ metric: { key, value, step } }: { metric: LastMetric }) {
  const search = (before: UrlValues): UrlValues => ({ ...before, metric: key });
  return (
    <div role="row" className="value-cell">
      <span role="cell" className="ellipsis">
        <Link to="." search={search as never} title={key}>
          {key}
        </Link>
      </span>
      <span role="cell" className="number" title={String(value)}>
        {shortNumber(value)}
      </span>
      <span role="cell" className="number dim">
        {words.atStep(count(step))}
      </span>
    </div>
  );
}
