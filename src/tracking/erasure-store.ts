/** Rows that go for good. Everything is taken away in bounded pieces, so that no session holds up other writers. */
import type { Reader, Writer } from '../database/database.ts';
import { list, raw, sql, type Query } from '../common/sql.ts';
import { erasePoints } from './metric-series.ts';

export interface DoomedRun {
  id: number;
  uuid: string;
  experiment: number;
  lifecycle: number;
  artifact_uri: string;
}

export interface DoomedModel {
  id: number;
  uuid: string;
  source_run_id: string;
  experiment: number;
  lifecycle: number;
  artifact_uri: string;
}

const columns = raw('id, uuid, experiment, lifecycle, artifact_uri');
const columnsOfModel = raw(
  "id, uuid, coalesce(source_run_id, '') AS source_run_id, experiment, lifecycle, artifact_uri",
);

export async function runsByUuid(reader: Reader, uuids: readonly string[]): Promise<DoomedRun[]> {
  if (uuids.length === 0) return [];
  return reader.all(sql`SELECT ${columns} FROM runs WHERE uuid IN ${list(uuids)}`);
}

/** @param but ids of runs that stay */
export async function runsOfExperiment(
  reader: Reader,
  experiment: number,
  but: Iterable<string>,
  limit: number,
): Promise<DoomedRun[]> {
  return reader.all(
    sql`SELECT ${columns} FROM runs WHERE experiment = ${experiment} AND uuid NOT IN ${allOf(but)} LIMIT ${limit}`,
  );
}

export async function modelsByUuid(reader: Reader, uuids: readonly string[]): Promise<DoomedModel[]> {
  if (uuids.length === 0) return [];
  return reader.all(sql`SELECT ${columnsOfModel} FROM logged_models WHERE uuid IN ${list(uuids)}`);
}

export async function modelsOfRuns(reader: Reader, uuids: readonly string[]): Promise<DoomedModel[]> {
  if (uuids.length === 0) return [];
  return reader.all(sql`SELECT ${columnsOfModel} FROM logged_models WHERE source_run_id IN ${list(uuids)}`);
}

/** @param but ids of logged models that stay */
export async function modelsOfExperiment(
  reader: Reader,
  experiment: number,
  but: Iterable<string>,
  limit: number,
): Promise<DoomedModel[]> {
  return reader.all(
    sql`SELECT ${columnsOfModel} FROM logged_models
        WHERE experiment = ${experiment} AND uuid NOT IN ${allOf(but)} LIMIT ${limit}`,
  );
}

/** @param but ids of runs that are not counted */
export async function countRunsOf(reader: Reader, experiment: number, but: Iterable<string>): Promise<number> {
  const row = await reader.first<{ runs: number }>(
    sql`SELECT count(*) AS runs FROM runs WHERE experiment = ${experiment} AND uuid NOT IN ${allOf(but)}`,
  );
  return row?.runs ?? 0;
}

/** Those of some runs and logged models that are in an experiment. */
export async function thingsOfExperiment(
  reader: Reader,
  experiment: number,
  ids: Iterable<string>,
): Promise<{ kind: 'run' | 'logged_model'; id: string }[]> {
  const some = allOf(ids);
  return reader.all(
    sql`SELECT 'run' AS kind, uuid AS id FROM runs WHERE experiment = ${experiment} AND uuid IN ${some}
        UNION ALL
        SELECT 'logged_model', uuid FROM logged_models WHERE experiment = ${experiment} AND uuid IN ${some}`,
  );
}

/** For IN, when there may be more values than a statement takes. */
function allOf(ids: Iterable<string>): Query {
  return sql`(SELECT value FROM json_each(${JSON.stringify([...ids])}))`;
}

/** What a run has besides its points, each table with the column that tells its rows apart. */
const tablesOfRuns = [
  ['latest_metrics', 'key'],
  ['params', 'key'],
  ['tags', 'key'],
  ['run_model_inputs', 'model_id'],
  ['run_model_outputs', 'model_id'],
] as const;

const tablesOfModels = ['logged_model_metrics', 'logged_model_params', 'logged_model_tags'] as const;

/**
 * Erases runs, the first ones first, until about `most` rows are gone; how many of the runs it has come past then, and
 * which of them are gone.
 */
export async function eraseRunRows(
  writer: Writer,
  runs: readonly DoomedRun[],
  most: number,
  mayGo: (reader: Reader, run: DoomedRun) => Promise<boolean>,
): Promise<{ seen: number; erased: string[] }> {
  const erased: string[] = [];
  let room = most;
  for (const [seen, run] of runs.entries()) {
    if (room <= 0) return { seen, erased };
    if (!(await mayGo(writer, run))) continue;
    room -= await eraseLogged(writer, run.id, room);
    // Something may be left of it.
    if (room <= 0) return { seen, erased };
    await rememberId(writer, run.id);
    await writer.run(sql`DELETE FROM runs WHERE id = ${run.id}`);
    writer.changed('run', run.uuid);
    writer.changed('activity', String(run.experiment));
    erased.push(run.uuid);
    room--;
  }
  return { seen: runs.length, erased };
}

/** Takes away at most about `most` rows of what a run logged; how many went. */
async function eraseLogged(writer: Writer, run: number, most: number): Promise<number> {
  let gone = await erasePoints(writer, run, most);
  for (const [table, column] of tablesOfRuns) {
    if (gone >= most) return gone;
    gone += await erase(writer, {
      text: `DELETE FROM ${table} WHERE run = ?1 AND ${column} IN (SELECT ${column} FROM ${table} WHERE run = ?1 LIMIT ?2)`,
      values: [run, most - gone],
    });
  }
  gone += await erase(
    writer,
    sql`DELETE FROM run_dataset_tags WHERE run_dataset IN (SELECT id FROM run_datasets WHERE run = ${run})`,
  );
  return gone + (await erase(writer, sql`DELETE FROM run_datasets WHERE run = ${run}`));
}

async function erase(writer: Writer, query: Query): Promise<number> {
  return (await writer.run(query)).changes;
}

/**
 * The number of an erased run is never given again: lists of runs and sorted histories are kept under it. SQLite's own
 * table of such numbers remembers the greatest one, see `insertRun`.
 */
async function rememberId(writer: Writer, id: number): Promise<void> {
  const known = await writer.run(sql`UPDATE sqlite_sequence SET seq = max(seq, ${id}) WHERE name = 'runs'`);
  if (known.changes === 0) await writer.run(sql`INSERT INTO sqlite_sequence (name, seq) VALUES ('runs', ${id})`);
}

/** Which of the models are gone. */
export async function eraseModelRows(
  writer: Writer,
  models: readonly DoomedModel[],
  mayGo: (reader: Reader, model: DoomedModel) => Promise<boolean>,
): Promise<string[]> {
  const erased: string[] = [];
  for (const model of models) {
    if (!(await mayGo(writer, model))) continue;
    for (const table of tablesOfModels) {
      await writer.run({ text: `DELETE FROM ${table} WHERE model = ?`, values: [model.id] });
    }
    await writer.run(sql`DELETE FROM logged_models WHERE id = ${model.id}`);
    writer.changed('activity', String(model.experiment));
    erased.push(model.uuid);
  }
  return erased;
}

/** Erases up to `most` datasets of an experiment without runs; how many went. */
export async function eraseDatasets(writer: Writer, experiment: number, most: number): Promise<number> {
  return erase(
    writer,
    sql`DELETE FROM datasets WHERE id IN (SELECT id FROM datasets WHERE experiment = ${experiment} LIMIT ${most})`,
  );
}

/** Erases an experiment that has nothing any more. */
export async function eraseExperimentRow(writer: Writer, experiment: number): Promise<void> {
  await writer.run(sql`DELETE FROM experiment_tags WHERE experiment = ${experiment}`);
  await writer.run(sql`DELETE FROM experiments WHERE id = ${experiment}`);
  writer.changed('experiment', String(experiment));
  writer.changed('activity', String(experiment));
}
