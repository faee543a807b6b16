/** What went into runs and came out of them: datasets, models. */
import { checkNotRepeated } from '../protocol/names.ts';
import type { Int64 } from '../protocol/schema.ts';
import { fromInt64Column, type Reader, type Writer } from '../database/database.ts';
import { raw, sql } from '../common/sql.ts';
import type { Tag } from './experiment-store.ts';

export interface Dataset {
  name: string;
  digest: string;
  sourceType: string;
  source: string;
  schema: string | null;
  profile: string | null;
}

/** The dataset's row in an experiment, made when it is new; one known by name and digest stays as first logged. */
async function datasetId(writer: Writer, experiment: number, dataset: Dataset): Promise<number> {
  const known = await writer.first<{ id: number }>(
    sql`SELECT id FROM datasets WHERE experiment = ${experiment} AND name = ${dataset.name} AND digest = ${dataset.digest}`,
  );
  if (known) return known.id;
  const { lastInsertId } = await writer.run(
    sql`INSERT INTO datasets (experiment, name, digest, source_type, source, schema, profile)
        VALUES (${experiment}, ${dataset.name}, ${dataset.digest}, ${dataset.sourceType}, ${dataset.source}, ${dataset.schema}, ${dataset.profile})`,
  );
  return lastInsertId;
}

/** Records a dataset as a run's input; an input that is recorded already keeps its tags. */
export async function addDatasetInput(
  writer: Writer,
  run: { id: number; experiment: number },
  dataset: Dataset,
  tags: readonly Tag[],
): Promise<void> {
  const id = await datasetId(writer, run.experiment, dataset);
  const known = await writer.first(sql`SELECT id FROM run_datasets WHERE run = ${run.id} AND dataset = ${id}`);
  if (known) return;
  checkNotRepeated(tags, 'tag');
  const { lastInsertId } = await writer.run(sql`INSERT INTO run_datasets (run, dataset) VALUES (${run.id}, ${id})`);
  await writer.runMany(
    'INSERT INTO run_dataset_tags (run_dataset, key, value) VALUES (?, ?, ?)',
    tags.map((tag) => [lastInsertId, tag.key, tag.value]),
  );
}

export async function addModelInputs(writer: Writer, run: number, modelIds: readonly string[]): Promise<void> {
  await writer.runMany(
    'INSERT INTO run_model_inputs (run, model_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
    modelIds.map((id) => [run, id]),
  );
}

/** Records a model that a run produced; false when that model is recorded already. */
export async function addModelOutput(writer: Writer, run: number, modelId: string, step: Int64): Promise<boolean> {
  const { changes } = await writer.run(
    sql`INSERT INTO run_model_outputs (run, model_id, step) VALUES (${run}, ${modelId}, ${step}) ON CONFLICT DO NOTHING`,
  );
  return changes > 0;
}

export interface DatasetInputRow {
  input: number;
  run: number;
  name: string;
  digest: string;
  source_type: string;
  source: string;
  schema: string | null;
  profile: string | null;
}

export async function datasetInputsOfRuns(reader: Reader, ids: readonly number[]): Promise<DatasetInputRow[]> {
  return reader.all(
    sql`SELECT rd.id AS input, rd.run, d.name, d.digest, d.source_type, d.source, d.schema, d.profile
        FROM run_datasets rd JOIN datasets d ON d.id = rd.dataset
        WHERE rd.run IN ${reader.dialect.intSet(ids)} ORDER BY rd.id`,
  );
}

export async function tagsOfDatasetInputs(
  reader: Reader,
  inputs: readonly number[],
): Promise<(Tag & { input: number })[]> {
  if (inputs.length === 0) return [];
  return reader.all(
    sql`SELECT run_dataset AS input, key, value FROM run_dataset_tags WHERE run_dataset IN ${reader.dialect.intSet(inputs)}`,
  );
}

export async function modelInputsOfRuns(
  reader: Reader,
  ids: readonly number[],
): Promise<{ run: number; model_id: string }[]> {
  return reader.all(sql`SELECT run, model_id FROM run_model_inputs WHERE run IN ${reader.dialect.intSet(ids)}`);
}

export async function modelOutputsOfRuns(
  reader: Reader,
  ids: readonly number[],
): Promise<{ run: number; model_id: string; step: Int64 }[]> {
  const rows = await reader.all<{ run: number; model_id: string; step: number | string }>(
    sql`SELECT run, model_id, ${raw(reader.dialect.int64('step'))} AS step FROM run_model_outputs WHERE run IN ${reader.dialect.intSet(ids)}`,
  );
  return rows.map((row) => ({ ...row, step: fromInt64Column(row.step) }));
}
