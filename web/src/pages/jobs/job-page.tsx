import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ApiFailure } from '../../api/client.ts';
import { hasEnded, jobNamed, type Job } from '../../api/jobs.ts';
import { Button } from '../../components/button.tsx';
import { Menu, MenuItem } from '../../components/menu.tsx';
import { Failed, Loading, PageTitle, State } from '../../components/page.tsx';
import { useSmallScreen } from '../../components/use-small-screen.ts';
import { text } from '../../text/jobs.ts';
import { cancelWaiting, repeatAddress, runAgain } from './actions.ts';
import { CancelDialog, DeleteDialog } from './job-dialogs.tsx';
import { JobFacts } from './job-facts.tsx';
import { JobMark } from './job-mark.tsx';
import { LogView } from './log-view.tsx';

export function JobPage() {
  const { jobId = '' } = useParams({ strict: false });
  const { data: job, error, refetch } = useQuery(jobNamed(jobId));
  // One that was deleted elsewhere is gone, whatever was read of it before.
  const missing = error instanceof ApiFailure && error.status < 500;
  if (job && !missing) return <ShownJob key={job.id} job={job} />;
  return (
    <>
      <JobHead title={text.facts.jobOf(jobId)} />
      {missing ? (
        <State title={text.missing}>
          <Link to="/jobs">{text.allJobs}</Link>
        </State>
      ) : error ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </>
  );
}

function JobHead({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="page-head">
      <nav aria-label={text.jobs} className="page-crumbs">
        <Link to="/jobs">{text.jobs}</Link> /
      </nav>
      <PageTitle title={title}>
        <span title={title}>{title}</span>
      </PageTitle>
      {children}
    </div>
  );
}

function ShownJob({ job }: { job: Job }) {
  const { state, title, message } = job;
  const navigate = useNavigate();
  // Why it ended so stands beside its last lines, on a phone too.
  const narrow = useSmallScreen();
  const [asked, setAsked] = useState<'cancel' | 'delete'>();
  const close = (): void => {
    setAsked(undefined);
  };
  const open = (jobId: string): void => void navigate({ to: '/jobs/$jobId', params: { jobId } });
  const ended = hasEnded(job);
  return (
    <div className="job-page">
      <JobHead title={title}>
        <span role="status">
          <JobMark state={state} />
        </span>
        <span className="spacer" />
        {ended ? (
          <Button icon="play" onClick={() => void runAgain(job, open)}>
            {text.retry}
          </Button>
        ) : (
          <Button
            icon="stop"
            onClick={() => {
              if (state === 'queued') void cancelWaiting(job, open);
              else setAsked('cancel');
            }}
          >
            {text.cancel}
          </Button>
        )}
        <Menu label={text.actions} icon="more">
          <MenuItem icon="pencil" onSelect={() => void navigate(repeatAddress(job) as never)}>
            {text.change}
          </MenuItem>
          <MenuItem
            icon="trash"
            danger
            disabled={!ended}
            onSelect={() => {
              setAsked('delete');
            }}
          >
            {text.remove}
          </MenuItem>
        </Menu>
      </JobHead>
      {state === 'failed' ? (
        <section className="job-why" aria-label={text.why} role="status">
          <h2>{text.why}</h2>
          <p>{message === '' ? text.unknownWhy : message}</p>
        </section>
      ) : (
        message !== '' && (
          <p className="endpoint-message" role="status">
            {message}
          </p>
        )
      )}
      <div className="job-body">
        {!narrow && <JobFacts job={job} />}
        <section className="job-log" aria-label={text.log.heading}>
          <LogView job={job} />
        </section>
        {narrow && <JobFacts job={job} />}
      </div>
      {asked === 'cancel' && <CancelDialog job={job} onClose={close} />}
      {asked === 'delete' && (
        <DeleteDialog
          job={job}
          onClose={close}
          onDeleted={() => {
            void navigate({ to: '/jobs' });
          }}
        />
      )}
    </div>
  );
}
