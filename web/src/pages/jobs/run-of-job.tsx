import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { hasEnded, type Job } from '../../api/jobs.ts';
import { runQuery } from '../../api/run.ts';
import { StatusIcon } from '../../components/status-icon.tsx';
import { text } from '../../text/jobs.ts';
import { statusText } from '../../text/run-status.ts';

export function RunOfJob({ job }: { job: Job }) {
  const { runId = '', experimentId = '0' } = job;
  const { data: run } = useQuery({ ...runQuery(runId), enabled: runId !== '' });
  if (runId === '') return <span className="dim">{hasEnded(job) ? text.facts.neverRun : text.facts.noRun}</span>;
  return (
    <span className="job-run">
      {run && <StatusIcon kind={run.status} label={statusText(run.status)} />}
      <Link
        to="/experiments/$experimentId/runs/$runId"
        params={{ experimentId: run?.experimentId ?? experimentId, runId }}
      >
        {run?.name || runId}
      </Link>
    </span>
  );
}
