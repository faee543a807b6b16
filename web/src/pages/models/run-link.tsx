import { Link } from '@tanstack/react-router';
import type { SourceRun } from '../../api/models.ts';
import { text } from '../../text/models.ts';

/** The run a version was made by. A run that is not in this server's store has only an id. */
export function RunLink({ run, tabIndex }: { run: SourceRun | undefined; tabIndex?: number }) {
  if (!run) return <span className="dim">{text.noRun}</span>;
  const { run_id: runId, run_name: name, experiment_id: experimentId } = run;
  if (experimentId === undefined) return <span className="mono">{runId}</span>;
  return (
    <>
      <Link
        to="/experiments/$experimentId/runs/$runId"
        params={{ experimentId, runId }}
        tabIndex={tabIndex}
        title={runId}
      >
        {name === '' ? runId : name}
      </Link>
      {run.lifecycle_stage === 'deleted' && <span className="dim"> ({text.runDeleted})</span>}
    </>
  );
}
