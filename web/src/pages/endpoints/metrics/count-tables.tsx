import type { EndpointMetrics } from '../../../api/endpoints.ts';
import { count, shortNumber } from '../../../components/format.ts';
import { text } from '../../../text/endpoints.ts';
import { VersionChip } from '../version-chip.tsx';

function milliseconds(value: number | undefined): string {
  return value === undefined ? '' : shortNumber(value);
}

/** The same time by the version that answered, and by the status of the answers. */
export function CountTables({ metrics }: { metrics: EndpointMetrics }) {
  return (
    <div className="count-tables">
      <div className="page-scroll" role="region" aria-label={text.metrics.byModel} tabIndex={0}>
        <table className="page-table">
          <caption>{text.metrics.byModel}</caption>
          <thead>
            <tr>
              <th scope="col">{text.metrics.version}</th>
              <th scope="col">{text.metrics.requests}</th>
              <th scope="col">{text.metrics.errors}</th>
              <th scope="col">{text.columns.p50}</th>
              <th scope="col">{text.columns.p95}</th>
            </tr>
          </thead>
          <tbody>
            {metrics.by_model.map((model) => (
              <tr key={model.model_uri}>
                <th scope="row">
                  {model.model_uri === '' ? (
                    <span className="dim">{text.metrics.unanswered}</span>
                  ) : (
                    <VersionChip uri={model.model_uri} tabIndex={0} />
                  )}
                </th>
                <td className="number">{count(model.requests)}</td>
                <td className="number">{count(model.errors ?? 0)}</td>
                <td className="number">{milliseconds(model.p50_ms)}</td>
                <td className="number">{milliseconds(model.p95_ms)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <table className="page-table">
        <caption>{text.metrics.byStatus}</caption>
        <thead>
          <tr>
            <th scope="col">{text.metrics.status}</th>
            <th scope="col">{text.metrics.requests}</th>
          </tr>
        </thead>
        <tbody>
          {metrics.by_status.map(({ status, requests }) => (
            <tr key={status}>
              <th scope="row" className="number">
                {status}
              </th>
              <td className="number">{count(requests)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
