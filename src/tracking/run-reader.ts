/** Whole runs, as the API gives them: info, latest metrics, params, tags, inputs, outputs. */
import type { run, runInfo } from '../protocol/runs.ts';
import type { Encoded } from '../protocol/schema.ts';
import type { Reader } from '../database/database.ts';
import * as inputs from './input-store.ts';
import { stageName } from './lifecycle.ts';
import { latestOfRuns } from './metric-store.ts';
import { findRunsById, paramsOfRuns, tagsOfRuns, type RunRow } from './run-store.ts';

export type RunInfo = Encoded<typeof runInfo>;
export type Run = Encoded<typeof run>;

export function toRunInfo(row: RunRow): RunInfo {
  return {
    run_uuid: row.uuid,
    experiment_id: String(row.experiment),
    run_name: row.name,
    user_id: row.user_id,
    status: row.status,
    start_time: row.start_time,
    // MLflow takes an end at 0 for none, and an empty text for nothing.
    end_time: row.end_time || undefined,
    artifact_uri: row.artifact_uri,
    lifecycle_stage: stageName(row.lifecycle),
    run_id: row.uuid,
  };
}

/** The runs with these ids, in this order; a fixed number of statements however many they are. */
export async function loadRuns(reader: Reader, ids: readonly number[]): Promise<Run[]> {
  if (ids.length === 0) return [];
  const rows = new Map((await findRunsById(reader, ids)).map((row) => [row.id, row]));
  const metrics = groupByRun(await latestOfRuns(reader, ids));
  const params = groupByRun(await paramsOfRuns(reader, ids));
  const tags = groupByRun(await tagsOfRuns(reader, ids));
  const datasets = groupByRun(await datasetInputs(reader, ids));
  const modelInputs = groupByRun(await inputs.modelInputsOfRuns(reader, ids));
  const modelOutputs = groupByRun(await inputs.modelOutputsOfRuns(reader, ids));
  return ids.flatMap((id) => {
    const row = rows.get(id);
    if (!row) return [];
    return {
      info: toRunInfo(row),
      data: { metrics: metrics.get(id), params: params.get(id), tags: tags.get(id) },
      inputs: { dataset_inputs: datasets.get(id), model_inputs: modelInputs.get(id) },
      outputs: { model_outputs: modelOutputs.get(id) },
    };
  });
}

async function datasetInputs(reader: Reader, ids: readonly number[]) {
  const rows = await inputs.datasetInputsOfRuns(reader, ids);
  const inputIds = rows.map((row) => row.input);
  const tags = Map.groupBy(await inputs.tagsOfDatasetInputs(reader, inputIds), (tag) => tag.input);
  return rows.map((row) => ({
    run: row.run,
    tags: tags.get(row.input),
    dataset: {
      name: row.name,
      digest: row.digest,
      source_type: row.source_type,
      source: row.source,
      schema: row.schema || undefined,
      profile: row.profile || undefined,
    },
  }));
}

function groupByRun<T extends { run: number }>(rows: readonly T[]): Map<number, T[]> {
  return Map.groupBy(rows, (row) => row.run);
}
