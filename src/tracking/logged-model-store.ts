import { ApiError } from '../protocol/errors.ts';
import type { LoggedModelStatus } from '../protocol/logged-models.ts';
import type { Int64 } from '../protocol/schema.ts';
import { fromInt64Column, type Reader, type Writer } from '../database/database.ts';
import { raw, sql } from '../common/sql.ts';
import type { Tag } from './experiment-store.ts';
import { lifecycle } from './lifecycle.ts';
import { pointValue, toPoint, type LoggedMetric } from './metric-store.ts';

export interface LoggedModelRow {
  id: number;
  uuid: string;
  experiment: number;
  name: string;
  model_type: string | null;
  source_run_id: string | null;
  artifact_uri: string;
  status: LoggedModelStatus;
  status_message: string | null;
  lifecycle: number;
  creation_time: number;
  last_update_time: number;
}

/** The model, deleted or not. */
export async function findLoggedModel(reader: Reader, uuid: string): Promise<LoggedModelRow | undefined> {
  return reader.first(sql`SELECT * FROM logged_models WHERE uuid = ${uuid}`);
}

export async function findLoggedModelsById(reader: Reader, ids: readonly number[]): Promise<LoggedModelRow[]> {
  return reader.all(sql`SELECT * FROM logged_models WHERE id IN ${reader.dialect.intSet(ids)}`);
}

export interface NewLoggedModel {
  uuid: string;
  experiment: number;
  name: string;
  modelType: string;
  sourceRunId: string;
  artifactUri: string;
  time: number;
}

export async function insertLoggedModel(writer: Writer, model: NewLoggedModel): Promise<number> {
  const { lastInsertId } = await writer.run(
    sql`INSERT INTO logged_models (uuid, experiment, name, model_type, source_run_id, artifact_uri, status, lifecycle, creation_time, last_update_time)
        VALUES (${model.uuid}, ${model.experiment}, ${model.name}, ${model.modelType}, ${model.sourceRunId}, ${model.artifactUri},
                'LOGGED_MODEL_PENDING', ${lifecycle.active}, ${model.time}, ${model.time})`,
  );
  return lastInsertId;
}

export async function setLoggedModelStatus(
  writer: Writer,
  id: number,
  status: LoggedModelStatus,
  time: number,
): Promise<void> {
  await writer.run(sql`UPDATE logged_models SET status = ${status}, last_update_time = ${time} WHERE id = ${id}`);
}

export async function markLoggedModelDeleted(writer: Writer, id: number, time: number): Promise<void> {
  await writer.run(
    sql`UPDATE logged_models SET lifecycle = ${lifecycle.deleted}, last_update_time = ${time} WHERE id = ${id}`,
  );
}

export async function addLoggedModelParams(writer: Writer, model: number, params: readonly Tag[]): Promise<void> {
  await writer.runMany(
    'INSERT INTO logged_model_params (model, key, value) VALUES (?, ?, ?)',
    params.map((param) => [model, param.key, param.value]),
  );
}

export async function setLoggedModelTags(writer: Writer, model: number, tags: readonly Tag[]): Promise<void> {
  await writer.runMany(
    'INSERT INTO logged_model_tags (model, key, value) VALUES (?, ?, ?) ON CONFLICT (model, key) DO UPDATE SET value = excluded.value',
    tags.map((tag) => [model, tag.key, tag.value]),
  );
}

export async function deleteLoggedModelTag(writer: Writer, model: number, key: string): Promise<boolean> {
  const { changes } = await writer.run(sql`DELETE FROM logged_model_tags WHERE model = ${model} AND key = ${key}`);
  return changes > 0;
}

const insertMetric = `
  INSERT INTO logged_model_metrics (model, key, timestamp, step, run_id, value, nan, dataset_name, dataset_digest)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`;

/** Links metrics of a run to the models they measure, with the dataset they were measured on. */
export async function addLoggedModelMetrics(
  writer: Writer,
  runId: string,
  metrics: readonly LoggedMetric[],
): Promise<void> {
  for (const metric of metrics) {
    const modelId = metric.model_id ?? '';
    const model = await findLoggedModel(writer, modelId);
    if (!model)
      throw new ApiError(
        'BAD_REQUEST',
        `The metric '${metric.key}' names the logged model '${modelId}', which does not exist.`,
      );
    const { dataset_name: name, dataset_digest: digest } = metric;
    const { value, nan, timestamp, step } = toPoint(metric);
    await writer.runMany(insertMetric, [
      [model.id, metric.key, timestamp, step, runId, value, nan, name || null, digest || null],
    ]);
  }
}

type ByModel<T> = T & { model: number };

export async function paramsOfLoggedModels(reader: Reader, ids: readonly number[]): Promise<ByModel<Tag>[]> {
  return reader.all(
    sql`SELECT model, key, value FROM logged_model_params WHERE model IN ${reader.dialect.intSet(ids)}`,
  );
}

export async function tagsOfLoggedModels(reader: Reader, ids: readonly number[]): Promise<ByModel<Tag>[]> {
  return reader.all(sql`SELECT model, key, value FROM logged_model_tags WHERE model IN ${reader.dialect.intSet(ids)}`);
}

export interface StoredModelMetric {
  model: number;
  key: string;
  timestamp: Int64;
  step: Int64;
  run_id: string;
  value: number;
  dataset_name: string | null;
  dataset_digest: string | null;
}

export async function metricsOfLoggedModels(reader: Reader, ids: readonly number[]): Promise<StoredModelMetric[]> {
  const { int64, intSet } = reader.dialect;
  type Stored = Omit<StoredModelMetric, 'timestamp' | 'step'> & {
    timestamp: number | string;
    step: number | string;
    nan: number;
  };
  const rows = await reader.all<Stored>(
    sql`SELECT model, key, ${raw(int64('timestamp'))} AS timestamp, ${raw(int64('step'))} AS step, run_id, value, nan, dataset_name, dataset_digest
        FROM logged_model_metrics WHERE model IN ${intSet(ids)} ORDER BY model, key, step, timestamp`,
  );
  return rows.map((row) => ({
    ...row,
    timestamp: fromInt64Column(row.timestamp),
    step: fromInt64Column(row.step),
    value: pointValue(row),
  }));
}
