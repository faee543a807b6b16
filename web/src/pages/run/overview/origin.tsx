import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { automlTags } from '../../../api/automl-rules.ts';
import { jobNamed, jobTag } from '../../../api/jobs.ts';
import { pipelineTags } from '../../../api/pipelines.ts';
import type { RunDetail } from '../../../api/run.ts';
import { text as automl } from '../../../text/automl.ts';
import { text as jobs } from '../../../text/jobs.ts';
import { text as pipelines } from '../../../text/pipelines.ts';
import { AboutFact } from './about-fact.tsx';

/** What the run is a part of: a build of a pipeline, a search of AutoML, or a job of this server. */
export function Origin({ run }: { run: RunDetail }) {
  const pipeline = run.tags.get(pipelineTags.name);
  if (pipeline !== undefined) return <PipelineOfRun run={run} pipeline={pipeline} />;
  const job = run.tags.get(jobTag);
  return (
    <>
      {run.tags.has(automlTags.role) && <SearchOfRun run={run} />}
      {job !== undefined && <JobOfRun id={job} />}
    </>
  );
}

function PipelineOfRun({ run, pipeline }: { run: RunDetail; pipeline: string }) {
  const task = run.tags.get(pipelineTags.task);
  const build = task === undefined ? run.id : run.tags.get('mlflow.parentRunId');
  return (
    <AboutFact name={pipelines.ofRun}>
      <Link
        to="/pipelines/$experimentId/$name"
        params={{ experimentId: run.experimentId, name: pipeline }}
        search={{ ...(build && { build }), ...(task && { task }) } as never}
      >
        {task === undefined ? pipelines.partOf(pipeline) : pipelines.taskOf(pipeline, task)}
      </Link>
    </AboutFact>
  );
}

function SearchOfRun({ run }: { run: RunDetail }) {
  const parent = run.tags.get('mlflow.parentRunId');
  const isSearch = run.tags.get(automlTags.role) === 'search';
  const search = isSearch ? run.id : parent;
  if (search === undefined) return null;
  return (
    <AboutFact name={automl.ofRun}>
      <Link
        to="/automl/$runId"
        params={{ runId: search }}
        search={(run.tags.get(automlTags.role) === 'trial' ? { trial: run.id } : {}) as never}
      >
        {isSearch ? automl.partOf(run.name) : automl.partOfSearch}
      </Link>
    </AboutFact>
  );
}

/** Nothing for a job that was deleted. */
function JobOfRun({ id }: { id: string }) {
  const { data: job } = useQuery({ ...jobNamed(id), retry: false });
  if (!job) return null;
  return (
    <AboutFact name={jobs.one}>
      <Link to="/jobs/$jobId" params={{ jobId: job.id }}>
        {job.title}
      </Link>
    </AboutFact>
  );
}
