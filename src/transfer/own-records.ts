/** What our own database holds, as records. */
import type { Int64 } from '../protocol/schema.ts';
import { fromInt64Column, type Reader } from '../database/database.ts';
import { raw, sql } from '../common/sql.ts';
import type { LoggedBody } from '../events/event-body.ts';
import { tagsOfExperiments, type ExperimentRow } from '../tracking/experiment-store.ts';
import * as inputs from '../tracking/input-store.ts';
import { stageName } from '../tracking/lifecycle.ts';
import * as loggedModels from '../tracking/logged-model-store.ts';
import { byStep, distinct } from '../tracking/metric-history.ts';
import { arrivedPointsOfKeys } from '../tracking/metric-series.ts';
import { toPoint, type KeyedPoint } from '../tracking/metric-store.ts';
import { findRunsById, paramsOfRuns, tagsOfRuns } from '../tracking/run-store.ts';
import { tagsOfVersions, type ModelVersionRow } from '../registry/model-version-store.ts';
import { aliasesOfModels, tagsOfModels, type RegisteredModelRow } from '../registry/registered-model-store.ts';
import type { EventRecord, ExperimentRecord, KeyValue, LoggedModelRecord, RegisteredModelRecord, RunRecord } from './records.ts'; // prettier-ignore

export async function experimentRecords(reader: Reader, rows: readonly ExperimentRow[]): Promise<ExperimentRecord[]> {
  const tags = Map.groupBy(
    await tagsOfExperiments(
      reader,
      rows.map(({ id }) => id),
    ),
    ({ experiment }) => experiment,
  );
  return rows.map((row) => ({
    experiment_id: String(row.id),
    name: row.name,
    artifact_location: row.artifact_location,
    lifecycle_stage: stageName(row.lifecycle),
    creation_time: row.creation_time,
    last_update_time: row.last_update_time,
    tags: pairs(tags.get(row.id)),
  }));
}

/** Whole runs, with each point once. */
export async function runRecords(reader: Reader, ids: readonly number[]): Promise<RunRecord[]> {
  const rows = (await findRunsById(reader, ids)).toSorted((a, b) => a.id - b.id);
  const params = Map.groupBy(await paramsOfRuns(reader, ids), ({ run }) => run);
  const tags = Map.groupBy(await tagsOfRuns(reader, ids), ({ run }) => run);
  const datasets = Map.groupBy(await inputs.datasetInputsOfRuns(reader, ids), ({ run }) => run);
  const datasetTags = await inputs.tagsOfDatasetInputs(
    reader,
    [...datasets.values()].flat().map(({ input }) => input),
  );
  const modelInputs = Map.groupBy(await inputs.modelInputsOfRuns(reader, ids), ({ run }) => run);
  const modelOutputs = Map.groupBy(await inputs.modelOutputsOfRuns(reader, ids), ({ run }) => run);
  const deleted = await deletedTimes(reader, ids);
  const records: RunRecord[] = [];
  for (const row of rows) {
    records.push({
      run_id: row.uuid,
      experiment_id: String(row.experiment),
      run_name: row.name,
      user_id: row.user_id,
      status: row.status,
      start_time: row.start_time,
      end_time: row.end_time,
      deleted_time: deleted.get(row.id) ?? null,
      lifecycle_stage: stageName(row.lifecycle),
      artifact_uri: row.artifact_uri,
      params: pairs(params.get(row.id)),
      tags: pairs(tags.get(row.id)),
      dataset_inputs: (datasets.get(row.id) ?? []).map(({ input, run: _, ...dataset }) => ({
        ...dataset,
        tags: pairs(datasetTags.filter((tag) => tag.input === input)),
      })),
      model_inputs: (modelInputs.get(row.id) ?? []).map(({ model_id }) => model_id),
      model_outputs: (modelOutputs.get(row.id) ?? []).map(({ model_id, step }) => ({ model_id, step })),
      points: await pointsOf(reader, row.id),
    });
  }
  return records;
}

async function deletedTimes(reader: Reader, ids: readonly number[]): Promise<Map<number, Int64>> {
  const rows = await reader.all<{ id: number; time: number | string }>(
    sql`SELECT id, ${raw(reader.dialect.int64('deleted_time'))} AS time FROM runs
        WHERE deleted_time IS NOT NULL AND id IN ${reader.dialect.intSet(ids)}`,
  );
  return new Map(rows.map(({ id, time }) => [id, fromInt64Column(time)]));
}

async function pointsOf(reader: Reader, run: number): Promise<KeyedPoint[]> {
  const rows = await reader.all<{ key: number; name: string }>(
    sql`SELECT l.key, k.name FROM latest_metrics l JOIN metric_keys k ON k.id = l.key WHERE l.run = ${run} ORDER BY k.name`,
  );
  const names = new Map(rows.map(({ key, name }) => [key, name]));
  const points: KeyedPoint[] = [];
  for await (const [id, packed] of arrivedPointsOfKeys(reader, run, [...names.keys()])) {
    const series = distinct(
      Array.from({ length: packed.length }, (_, i) => packed.at(i)),
      byStep,
    );
    for (const point of series) points.push(toPoint({ key: names.get(id) ?? '', ...point }));
  }
  return points;
}

export async function loggedModelRecords(
  reader: Reader,
  rows: readonly loggedModels.LoggedModelRow[],
): Promise<LoggedModelRecord[]> {
  const ids = rows.map(({ id }) => id);
  const params = Map.groupBy(await loggedModels.paramsOfLoggedModels(reader, ids), ({ model }) => model);
  const tags = Map.groupBy(await loggedModels.tagsOfLoggedModels(reader, ids), ({ model }) => model);
  const metrics = Map.groupBy(await loggedModels.metricsOfLoggedModels(reader, ids), ({ model }) => model);
  return rows.map((row) => ({
    model_id: row.uuid,
    experiment_id: String(row.experiment),
    name: row.name,
    model_type: row.model_type,
    source_run_id: row.source_run_id,
    artifact_uri: row.artifact_uri,
    status: row.status,
    status_message: row.status_message,
    lifecycle_stage: stageName(row.lifecycle),
    creation_time: row.creation_time,
    last_update_time: row.last_update_time,
    params: pairs(params.get(row.id)),
    tags: pairs(tags.get(row.id)),
    metrics: (metrics.get(row.id) ?? []).map(
      ({ key, timestamp, step, run_id, value, dataset_name, dataset_digest }) => ({
        key,
        timestamp,
        step,
        run_id,
        value,
        dataset_name,
        dataset_digest,
      }),
    ),
  }));
}

export async function registeredModelRecord(reader: Reader, row: RegisteredModelRow): Promise<RegisteredModelRecord> {
  const tags = Map.groupBy(await tagsOfVersions(reader, [row.id]), ({ version }) => version);
  const versions = await reader.all<ModelVersionRow>(
    sql`SELECT * FROM model_versions WHERE model = ${row.id} ORDER BY version`,
  );
  return {
    name: row.name,
    description: row.description,
    creation_time: row.creation_time,
    last_update_time: row.last_update_time,
    last_version: row.last_version,
    tags: pairs(await tagsOfModels(reader, [row.id])),
    aliases: (await aliasesOfModels(reader, [row.id])).map(({ alias, version }) => ({ alias, version })),
    versions: versions.map(({ model: _, name: _name, ...version }) => ({
      ...version,
      tags: pairs(tags.get(version.version)),
    })),
    events: await eventRecords(reader, row.id),
  };
}

async function eventRecords(reader: Reader, model: number): Promise<EventRecord[]> {
  const rows = await reader.all<Omit<EventRecord, 'body' | 'parts'> & { body: string; parts: string }>(
    sql`SELECT e.time, e.actor, e.kind, e.name, e.version, e.body, json_group_array(s.part) AS parts
        FROM event_subjects s JOIN events e ON e.id = s.event
        WHERE s.type = 'model' AND s.thing = ${model} GROUP BY e.id ORDER BY e.id`,
  );
  return rows.map((row) => ({
    ...row,
    body: JSON.parse(row.body) as LoggedBody,
    parts: (JSON.parse(row.parts) as number[]).toSorted((a, b) => a - b),
  }));
}

function pairs(rows: readonly KeyValue[] = []): KeyValue[] {
  return rows.map(({ key, value }) => ({ key, value }));
}
