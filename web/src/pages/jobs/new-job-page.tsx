/** Runs a project: where it is, what of it is run, and how that is recorded. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { experimentQuery } from '../../api/experiments.ts';
import { jobNamed, jobSettings } from '../../api/jobs.ts';
import { Failed, Loading, PageTitle } from '../../components/page.tsx';
import { useUrlState } from '../../components/url-state.ts';
import { text } from '../../text/jobs.ts';
import { NotEnabled } from './not-enabled.tsx';
import { draftOfJob, draftOfUrl } from './project-draft.ts';
import { ProjectForm } from './project-form.tsx';

export function NewJobPage() {
  const [url] = useUrlState();
  // Its id leaves the address as soon as the form has what it says; the form stays.
  const [again, setAgain] = useState(url['again']);
  if (url['again'] !== undefined && url['again'] !== again) setAgain(url['again']);
  const { data: enabled } = useQuery(jobSettings());
  return (
    <>
      <div className="page-head">
        <nav aria-label={text.jobs} className="page-crumbs">
          <Link to="/jobs">{text.jobs}</Link> /
        </nav>
        <PageTitle>{text.run}</PageTitle>
      </div>
      {enabled === false && <NotEnabled />}
      {again === undefined ? <ProjectForm first={draftOfUrl(url)} /> : <Again key={again} id={again} />}
    </>
  );
}

/** The form as a job was submitted. */
function Again({ id }: { id: string }) {
  const { data: job, error, refetch } = useQuery(jobNamed(id));
  const experimentId = job?.experimentId;
  const experiment = useQuery({ ...experimentQuery(experimentId ?? ''), enabled: experimentId !== undefined });
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!job || experiment.isLoading) return <Loading />;
  return <ProjectForm first={draftOfJob(job, experiment.data?.name ?? '')} />;
}
