import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { runNameOf } from '../../../api/run-name.ts';
import { surroundingsQuery, type RunDetail } from '../../../api/run.ts';
import { CopyButton } from '../../../components/copy-button.tsx';
import { duration, durationSince, exactTime } from '../../../components/format.ts';
import { StatusIcon } from '../../../components/status-icon.tsx';
import { Time } from '../../../components/time.tsx';
import { statusText } from '../../../text/run-status.ts';
import { text } from '../../../text/run.ts';
import { LongValue } from '../long-value.tsx';
import { AboutFact as Fact } from './about-fact.tsx';
import { Origin } from './origin.tsx';

export function About({ run }: { run: RunDetail }) {
  const { data: around } = useQuery(surroundingsQuery(run.id));
  const { fact } = text;
  const tag = (name: string): string | undefined => run.tags.get(`mlflow.${name}`) || undefined;
  const commit = tag('source.git.commit');
  const source = tag('source.name');
  const user = tag('user') ?? run.user;
  return (
    <section>
      <h2>{text.about}</h2>
      <dl className="facts">
        <Fact name={fact.status}>
          <StatusIcon kind={run.status} label={statusText(run.status)} />{' '}
          <span aria-hidden="true">{statusText(run.status)}</span>
        </Fact>
        {run.start !== undefined && (
          <Fact name={fact.started}>
            {exactTime(run.start)}{' '}
            <span className="dim">
              <Time at={run.start} />
            </span>
          </Fact>
        )}
        {run.end !== undefined && <Fact name={fact.ended}>{exactTime(run.end)}</Fact>}
        {run.start !== undefined && (
          <Fact name={fact.duration}>
            <Lasted run={run} start={run.start} />
          </Fact>
        )}
        {user !== '' && <Fact name={fact.user}>{user}</Fact>}
        {source !== undefined && (
          <Fact name={fact.source}>
            <LongValue name={fact.source} value={source} />
          </Fact>
        )}
        {commit !== undefined && (
          <Fact name={fact.commit}>
            <Commit commit={commit} repository={tag('source.git.repoURL')} />{' '}
            <CopyButton value={commit} label={text.copyValue(fact.commit)} />
          </Fact>
        )}
        {tag('source.git.branch') !== undefined && <Fact name={fact.branch}>{tag('source.git.branch')}</Fact>}
        <Fact name={fact.experiment}>
          <Link to="/experiments/$experimentId/runs" params={{ experimentId: run.experimentId }}>
            {around?.experiment?.name ?? run.experimentId}
          </Link>
        </Fact>
        {around?.parent?.run_id !== undefined && (
          <Fact name={fact.parent}>
            <Link
              to="/experiments/$experimentId/runs/$runId"
              params={{ experimentId: run.experimentId, runId: around.parent.run_id }}
            >
              {runNameOf(around.parent)}
            </Link>
          </Fact>
        )}
        <Origin run={run} />
        <Fact name={fact.id}>
          <code className="ellipsis" title={run.id}>
            {run.id}
          </code>{' '}
          <CopyButton value={run.id} label={text.copyId} />
        </Fact>
        <Fact name={fact.artifacts}>
          <code className="ellipsis" title={run.artifactUri}>
            {run.artifactUri}
          </code>{' '}
          <CopyButton value={run.artifactUri} label={text.copyValue(fact.artifacts)} />
        </Fact>
      </dl>
    </section>
  );
}

function Lasted({ run, start }: { run: RunDetail; start: number }) {
  if (run.end !== undefined) return duration(run.end - start);
  if (run.status !== 'RUNNING') return '–';
  return (
    <>
      {durationSince(start)} <span className="dim">{text.soFar}</span>
    </>
  );
}

/** A link only to a page of the web: a tag can hold any address, `javascript:` too. */
function Commit({ commit, repository }: { commit: string; repository: string | undefined }) {
  const short = <code title={commit}>{commit.slice(0, 10)}</code>;
  const page = repository?.replace(/^git@([^:/]+):/, 'https://$1/').replace(/\.git$/, '');
  if (page === undefined || !/^https?:\/\//.test(page)) return short;
  return (
    <a href={`${page}/commit/${encodeURIComponent(commit)}`} target="_blank" rel="noreferrer noopener">
      {short}
    </a>
  );
}
