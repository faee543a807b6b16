import { Link } from '@tanstack/react-router';
import type { AutomlConfig } from '../../api/automl-rules.ts';
import type { Job } from '../../api/jobs.ts';
import { text } from '../../text/automl.ts';
import { ConfigFacts } from './config-facts.tsx';

/** What a job searches for, and the way to its search. */
export function SearchOfJob({ job: { runId }, config }: { job: Job; config: AutomlConfig }) {
  return (
    <section className="page-section" aria-label={text.automl}>
      <h2>{text.automl}</h2>
      {runId !== undefined && (
        <p>
          <Link to="/automl/$runId" params={{ runId }}>
            {text.openSearch}
          </Link>
        </p>
      )}
      <dl className="page-facts">
        <ConfigFacts config={config} />
      </dl>
    </section>
  );
}
