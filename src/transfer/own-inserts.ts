/** Whole things written at once, with the ids and times that they had. */
import type { Writer } from '../database/database.ts';
import { sql } from '../common/sql.ts';
import { addDatasetInput, addModelInputs, addModelOutput } from '../tracking/input-store.ts';
import { lifecycle } from '../tracking/lifecycle.ts';
import { addLoggedModelParams, insertLoggedModel, setLoggedModelTags } from '../tracking/logged-model-store.ts';
import { toPoint } from '../tracking/metric-store.ts';
import { addParams, insertRun, setRunTags, type RunState } from '../tracking/run-store.ts';
import type { LoggedModelRecord, RunRecord, Stage } from './records.ts';

/** On a run of which not all points are there yet. */
export const unfinishedTag = 'modelyard.import.unfinished';

export function lifecycleOf(stage: Stage): number {
  return stage === 'deleted' ? lifecycle.deleted : lifecycle.active;
}

/** All but the points. */
export async function insertRunRecord(writer: Writer, record: RunRecord, isUnfinished: boolean): Promise<RunState> {
  const experiment = Number(record.experiment_id);
  const id = await insertRun(writer, {
    uuid: record.run_id,
    experiment,
    name: record.run_name,
    userId: record.user_id,
    startTime: record.start_time,
    artifactUri: record.artifact_uri,
  });
  const stage = lifecycleOf(record.lifecycle_stage);
  // Garbage collection counts from this time; a server does not tell it.
  const deletedTime = record.deleted_time ?? (record.deleted_time === undefined && stage === lifecycle.deleted ? Date.now() : null); // prettier-ignore
  await writer.run({
    text: 'UPDATE runs SET status = ?, end_time = ?, deleted_time = ?, lifecycle = ? WHERE id = ?',
    values: [record.status, record.end_time, deletedTime, stage, id],
  });
  await addParams(writer, id, record.params);
  await setRunTags(writer, id, isUnfinished ? [...record.tags, { key: unfinishedTag, value: 'true' }] : record.tags);
  for (const { tags, source_type: sourceType, ...dataset } of record.dataset_inputs) {
    await addDatasetInput(writer, { id, experiment }, { ...dataset, sourceType }, tags);
  }
  if (record.model_inputs.length > 0) await addModelInputs(writer, id, record.model_inputs);
  for (const { model_id, step } of record.model_outputs) await addModelOutput(writer, id, model_id, step);
  writer.changed('run', record.run_id);
  writer.changed('activity', record.experiment_id);
  return { id, experiment, lifecycle: stage };
}

export async function insertLoggedModelRecord(writer: Writer, record: LoggedModelRecord): Promise<void> {
  const id = await insertLoggedModel(writer, {
    uuid: record.model_id,
    experiment: Number(record.experiment_id),
    name: record.name,
    modelType: '',
    sourceRunId: '',
    artifactUri: record.artifact_uri,
    time: record.creation_time,
  });
  await writer.run(
    sql`UPDATE logged_models SET model_type = ${record.model_type}, source_run_id = ${record.source_run_id}, status = ${record.status},
          status_message = ${record.status_message}, lifecycle = ${lifecycleOf(record.lifecycle_stage)}, last_update_time = ${record.last_update_time}
        WHERE id = ${id}`,
  );
  await addLoggedModelParams(writer, id, record.params);
  await setLoggedModelTags(writer, id, record.tags);
  await writer.runMany(
    `INSERT INTO logged_model_metrics (model, key, timestamp, step, run_id, value, nan, dataset_name, dataset_digest)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    record.metrics.map((metric) => {
      const { value, nan } = toPoint(metric as { key: string; value: number; timestamp: number; step: number });
      const { key, timestamp, step, run_id, dataset_name, dataset_digest } = metric;
      return [id, key, timestamp, step, run_id, value, nan, dataset_name, dataset_digest];
    }),
  );
  writer.changed('activity', record.experiment_id);
}
