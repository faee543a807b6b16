import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { runNameOf } from '../../api/run-name.ts';
import { metricSummaryQuery, runQuery } from '../../api/run.ts';
import type { TableRow } from '../../api/run-table.ts';
import { Sparkline } from '../../charts/line/sparkline.tsx';
import { IconButton } from '../../components/button.tsx';
import { count, shortNumber } from '../../components/format.ts';
import { StatusIcon } from '../../components/status-icon.tsx';
import { statusText } from '../../text/run-status.ts';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/runs.ts';
import type { ColumnRef } from './run-query.ts';

/** Of each kind as many as fit beside the table; the run's own page shows all. */
const most = 14;

interface RunPeekProps {
  readonly row: TableRow;
  readonly columns: readonly ColumnRef[];
  readonly onClose: () => void;
  /** Before the run's page opens. */
  readonly onLeave: () => void;
}

/** A side panel on the row that the cursor is on: arrows in the table move it from run to run. */
export function RunPeek({ row, columns, onClose, onLeave }: RunPeekProps) {
  const { data: run } = useQuery(runQuery(row.run_id));
  // What the table shows comes first.
  const places = new Map(columns.map(({ name }, i) => [name, i]));
  const placeOf = (name: string): number => places.get(name) ?? places.size;
  const params = (run?.params ?? []).toSorted((a, b) => placeOf(`params.${a.key}`) - placeOf(`params.${b.key}`));
  const metrics = (run?.metrics ?? []).toSorted((a, b) => placeOf(`metrics.${a.key}`) - placeOf(`metrics.${b.key}`));
  return (
    <aside className="peek" aria-label={text.peek}>
      <header>
        <StatusIcon kind={row.status} label={statusText(row.status)} />
        <Link
          to="/experiments/$experimentId/runs/$runId"
          params={{ experimentId: row.experiment_id, runId: row.run_id }}
          className="ellipsis"
          title={row.run_name}
          onClick={onLeave}
        >
          {runNameOf(row)}
        </Link>
        <span className="spacer" />
        <IconButton icon="close" label={common.close} onClick={onClose} />
      </header>
      <h2>{text.groups['metrics']}</h2>
      <dl>
        {metrics.slice(0, most).map(({ key, value }) => (
          <div key={key}>
            <dt className="ellipsis" title={key}>
              {key}
            </dt>
            <dd className="number" title={String(value)}>
              {shortNumber(value)}
            </dd>
            <PeekLine runId={row.run_id} metric={key} />
          </div>
        ))}
      </dl>
      {metrics.length > most && <p className="dim">{text.moreOnPage(count(metrics.length - most))}</p>}
      <h2>{text.groups['params']}</h2>
      <dl>
        {params.slice(0, most).map(({ key, value }) => (
          <div key={key}>
            <dt className="ellipsis" title={key}>
              {key}
            </dt>
            <dd className="mono ellipsis" title={value.slice(0, 500)}>
              {value.slice(0, 200)}
            </dd>
          </div>
        ))}
      </dl>
      {params.length > most && <p className="dim">{text.moreOnPage(count(params.length - most))}</p>}
    </aside>
  );
}

function PeekLine({ runId, metric }: { runId: string; metric: string }) {
  const { data } = useQuery(metricSummaryQuery(runId, metric));
  return data && data.count > 1 ? <Sparkline values={data.spark} /> : null;
}
