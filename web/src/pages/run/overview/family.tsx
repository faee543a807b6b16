import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { surroundingsQuery, type RunDetail } from '../../../api/run.ts';
import { count, duration } from '../../../components/format.ts';
import { StatusIcon } from '../../../components/status-icon.tsx';
import { statusText } from '../../../text/run-status.ts';
import { text } from '../../../text/run.ts';
import { OwnAlias } from '../../models/chips.tsx';

/** Child runs, logged models and registered versions. */
export function Family({ run }: { run: RunDetail }) {
  const { data: around } = useQuery(surroundingsQuery(run.id));
  const { children = [], child_count = 0, logged_models: models = [], versions = [] } = around ?? {};
  const params = { experimentId: run.experimentId };
  return (
    <>
      {children.length > 0 && (
        <section>
          <div className="section-head">
            <h2>{text.children(count(child_count))}</h2>
            <span className="spacer" />
            <Link
              to="/experiments/$experimentId/runs"
              params={params}
              search={{ filter: `tags.mlflow.parentRunId = '${run.id}'` } as never}
            >
              {text.allChildren}
            </Link>
          </div>
          <ul className="run-children">
            {children.map(
              ({ run_id: id = '', run_name: name, status = 'RUNNING', start_time: start, end_time: end }) => (
                <li key={id}>
                  <StatusIcon kind={status} label={statusText(status)} />
                  <Link
                    to="/experiments/$experimentId/runs/$runId"
                    params={{ ...params, runId: id }}
                    className="ellipsis"
                  >
                    {name || id}
                  </Link>
                  {start !== undefined && end !== undefined && (
                    <span className="dim">{duration(Number(end) - Number(start))}</span>
                  )}
                </li>
              ),
            )}
          </ul>
        </section>
      )}
      {models.length > 0 && (
        <section>
          <h2>{text.models}</h2>
          <ul className="run-children">
            {models.map(({ model_id: id = '', name, direction }) => (
              <li key={`${id} ${direction}`}>
                <Link
                  to="/experiments/$experimentId/runs/$runId/$tab"
                  params={{ ...params, runId: run.id, tab: 'artifacts' }}
                  search={{ path: `models:/${id}` } as never}
                  className="ellipsis"
                >
                  {name || id}
                </Link>
                {direction === 'input' && <span className="chip">{text.input}</span>}
                <code className="dim ellipsis" title={id}>
                  {id}
                </code>
              </li>
            ))}
          </ul>
        </section>
      )}
      {versions.length > 0 && (
        <section>
          <h2>{text.versions}</h2>
          <ul className="run-children">
            {versions.map(({ name = '', version = '', aliases = [] }) => (
              <li key={`${name} ${version}`}>
                <Link to="/models/$name/versions/$version" params={{ name, version }}>
                  {text.version(name, version)}
                </Link>
                {aliases.length > 0 && (
                  <span className="chips wrap">
                    {aliases.map((alias) => (
                      <OwnAlias key={alias} alias={alias} />
                    ))}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
