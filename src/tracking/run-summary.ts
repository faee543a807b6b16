/** What stands around a run. */
import { doesNotExist } from '../protocol/errors.ts';
import type { Encoded } from '../protocol/schema.ts';
import type { getRunSummary } from '../protocol/views.ts';
import type { Reader } from '../database/database.ts';
import { sql } from '../common/sql.ts';
import { findExperiment } from './experiment-store.ts';
import { stageName } from './lifecycle.ts';
import { childrenOf } from './run-family.ts';
import { findRun, findRunTag } from './run-store.ts';

const childrenShown = 100;

export type RunSummary = Omit<Encoded<(typeof getRunSummary)['response']>, 'versions'>;

export async function runSummary(reader: Reader, runId: string): Promise<RunSummary> {
  const run = await findRun(reader, runId);
  if (!run) throw doesNotExist(`Run with id=${runId} not found`);
  const experiment = await findExperiment(reader, run.experiment);
  const parentId = await findRunTag(reader, run.id, 'mlflow.parentRunId');
  const parent = parentId === undefined ? undefined : await findRun(reader, parentId);
  const children = await childrenOf(reader, runId, childrenShown);
  return {
    run_number: run.id,
    experiment: experiment && {
      experiment_id: String(experiment.id),
      name: experiment.name,
      lifecycle_stage: stageName(experiment.lifecycle),
    },
    parent: parent && { run_id: parent.uuid, run_name: parent.name },
    child_count: children.count,
    children: children.first,
    logged_models: await modelsOf(reader, run.id, runId),
  };
}

/** Models that the run made, or read, unless they are deleted. */
function modelsOf(
  reader: Reader,
  run: number,
  runId: string,
): Promise<{ model_id: string; name: string; status: string; direction: 'input' | 'output' }[]> {
  return reader.all(
    sql`SELECT m.uuid AS model_id, m.name, m.status, 'output' AS direction, m.creation_time AS time FROM logged_models m
        WHERE m.lifecycle = 0 AND (m.source_run_id = ${runId} OR m.uuid IN (SELECT o.model_id FROM run_model_outputs o WHERE o.run = ${run}))
        UNION ALL
        SELECT m.uuid, m.name, m.status, 'input', m.creation_time FROM run_model_inputs i JOIN logged_models m ON m.uuid = i.model_id
        WHERE i.run = ${run} AND m.lifecycle = 0
        ORDER BY time, model_id`,
  );
}
