/** From the form to the search: its job waits, makes its environment, and then there is a run to look at. */
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ApiFailure } from '../../api/client.ts';
import { jobLog } from '../../api/job-log.ts';
import { hasEnded, jobNamed } from '../../api/jobs.ts';
import { Button } from '../../components/button.tsx';
import { count } from '../../components/format.ts';
import { Failed, Loading, PageTitle, State } from '../../components/page.tsx';
import { terminalText } from '../../components/content/terminal-text.ts';
import { text } from '../../text/automl.ts';
import { repeatAddress } from '../jobs/actions.ts';
import { JobMark } from '../jobs/job-mark.tsx';

/** Of the log; the whole is on the page of the job. */
const lastLines = 30;

export function StartingPage() {
  const { jobId = '' } = useParams({ strict: false });
  const navigate = useNavigate();
  const { data: job, error, refetch } = useQuery(jobNamed(jobId));
  const log = useQuery({ ...jobLog(jobId), enabled: job?.started !== undefined });
  const runId = job?.runId;
  useEffect(() => {
    if (runId !== undefined) void navigate({ to: '/automl/$runId', params: { runId }, replace: true });
  }, [navigate, runId]);
  const lines = terminalText(log.data?.text ?? '')
    .trimEnd()
    .split('\n')
    .slice(-lastLines)
    .join('\n');
  return (
    <>
      <div className="page-head">
        <nav aria-label={text.automl} className="page-crumbs">
          <Link to="/automl">{text.automl}</Link> /
        </nav>
        <PageTitle title={job?.title ?? text.starting.title}>{job?.title ?? text.starting.title}</PageTitle>
        {job && (
          <span role="status">
            <JobMark state={job.state} />
          </span>
        )}
      </div>
      {job === undefined ? (
        error instanceof ApiFailure && error.status < 500 ? (
          <State title={text.starting.missing}>
            <Link to="/automl">{text.all}</Link>
          </State>
        ) : error ? (
          <Failed error={error} onRetry={() => void refetch()} />
        ) : (
          <Loading />
        )
      ) : (
        <div className="automl-starting">
          {hasEnded(job) ? (
            <section className="job-why" aria-label={text.starting.ended} role="status">
              <h2>{text.starting.ended}</h2>
              <p>{job.message}</p>
              <Button
                onClick={() => {
                  void navigate(repeatAddress(job) as never);
                }}
              >
                {text.head.again}
              </Button>
            </section>
          ) : (
            <p role="status">
              {job.place === undefined ? text.starting.begins : text.starting.queued(count(job.place))}
            </p>
          )}
          {lines !== '' && (
            <pre tabIndex={0} role="region" aria-label={text.starting.log}>
              {lines}
            </pre>
          )}
          <p>
            <Link to="/jobs/$jobId" params={{ jobId }}>
              {text.starting.job}
            </Link>
          </p>
        </div>
      )}
    </>
  );
}
