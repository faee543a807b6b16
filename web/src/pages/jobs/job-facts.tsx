import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { runQuery } from '../../api/run.ts';
import type { Job } from '../../api/jobs.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { Fact } from '../../components/fact.tsx';
import { count, exactTime } from '../../components/format.ts';
import { Lasted } from '../../components/lasted.tsx';
import { Time } from '../../components/time.tsx';
import { defaultsOf } from './default-parameters.ts';
import { text } from '../../text/jobs.ts';
import { LongValue } from '../run/long-value.tsx';
import { ExperimentLink } from './experiment-link.tsx';
import { SearchOfJob } from '../automl/search-of-job.tsx';
import { RunOfJob } from './run-of-job.tsx';

export function JobFacts({ job }: { job: Job }) {
  const { facts } = text;
  const { place, started, ended, experimentId, retryOf, exitCode } = job;
  return (
    <aside className="job-facts" aria-label={facts.title}>
      <dl className="page-facts">
        {place !== undefined && <Fact title={facts.place}>{count(place)}</Fact>}
        <Fact title={facts.run}>
          <RunOfJob job={job} />
        </Fact>
        {experimentId !== undefined && (
          <Fact title={facts.experiment}>
            <ExperimentLink id={experimentId} />
          </Fact>
        )}
        <Fact title={facts.submitted}>
          <Time at={job.created} />
        </Fact>
        {started !== undefined && (
          <Fact title={facts.started}>
            <Time at={started} />
          </Fact>
        )}
        {ended !== undefined && <Fact title={facts.ended}>{exactTime(ended)}</Fact>}
        {started !== undefined && (
          <Fact title={facts.lasted}>
            <Lasted from={started} to={ended} />
          </Fact>
        )}
        {(job.attempts > 1 || job.maxAttempts > 1) && (
          <Fact title={facts.attempts}>{text.attempts(count(job.attempts), count(job.maxAttempts))}</Fact>
        )}
        {exitCode !== undefined && <Fact title={facts.exitCode}>{String(exitCode)}</Fact>}
        {retryOf !== undefined && (
          <Fact title={facts.repeats}>
            <Link to="/jobs/$jobId" params={{ jobId: retryOf }}>
              {facts.jobOf(retryOf)}
            </Link>
          </Fact>
        )}
      </dl>
      {job.automl ? <SearchOfJob job={job} config={job.automl} /> : <ProjectOfJob job={job} />}
    </aside>
  );
}

function ProjectOfJob({ job: { project, runId } }: { job: Job }) {
  const { facts } = text;
  const environment = text.form.environments[project.envManager as keyof typeof text.form.environments];
  return (
    <>
      <section className="page-section" aria-label={facts.project}>
        <h2>{facts.project}</h2>
        <dl className="page-facts">
          <Fact title={facts.address}>
            <span className="job-address">
              <code>{project.uri}</code>
              <CopyButton value={project.uri} label={facts.copyAddress} />
            </span>
          </Fact>
          {project.version !== '' && (
            <Fact title={facts.version}>
              <code>{project.version}</code>
            </Fact>
          )}
          <Fact title={facts.entryPoint}>
            <code>{project.entryPoint}</code>
          </Fact>
          {project.envManager !== '' && <Fact title={facts.environment}>{environment ?? project.envManager}</Fact>}
        </dl>
      </section>
      <Parameters given={project.parameters} runId={runId} />
    </>
  );
}

interface ParametersProps {
  readonly given: Readonly<Record<string, string>>;
  readonly runId: string | undefined;
}

/** What was given, and what the entry point took by itself. */
function Parameters({ given, runId }: ParametersProps) {
  const { data: run } = useQuery({ ...runQuery(runId ?? ''), enabled: runId !== undefined });
  const all = [
    ...Object.entries(given).map(([name, value]) => ({ name, value, isDefault: false })),
    ...(run ? defaultsOf(run) : []),
  ];
  return (
    <section className="page-section" aria-label={text.facts.parameters}>
      <h2>{text.facts.parameters}</h2>
      {all.length === 0 && <p className="dim">{text.facts.noParameters}</p>}
      <dl className="job-parameters">
        {all.map(({ name, value, isDefault }) => (
          <div key={name}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              <LongValue name={name} value={value} />
              {isDefault && <span className="dim"> {text.facts.isDefault}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
