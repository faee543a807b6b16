/** Every row that says in which experiment a run stands. */
import type { Reader, Writer } from '../database/database.ts';
import { sql } from '../common/sql.ts';

export interface MovableRun {
  id: number;
  uuid: string;
  experiment: number;
}

export async function runsToMove(reader: Reader, ids: readonly number[]): Promise<MovableRun[]> {
  return reader.all(sql`SELECT id, uuid, experiment FROM runs WHERE id IN ${reader.dialect.intSet(ids)}`);
}

/** These runs and, whatever their state, the descendants that stand in the same experiment; at most `limit`. */
export async function runsWithDescendants(
  reader: Reader,
  ids: readonly number[],
  limit: number,
): Promise<MovableRun[]> {
  return reader.all(
    sql`WITH RECURSIVE family (id, uuid, experiment) AS (
          SELECT id, uuid, experiment FROM runs WHERE id IN ${reader.dialect.intSet(ids)}
          UNION
          SELECT c.id, c.uuid, c.experiment FROM family f
            JOIN tags t ON t.key = 'mlflow.parentRunId' AND t.value = f.uuid
            JOIN runs c ON c.id = t.run AND c.experiment = f.experiment)
        SELECT id, uuid, experiment FROM family LIMIT ${limit}`,
  );
}

/** Moves runs that stand in one experiment, with all that is kept by experiment. */
export async function moveRuns(writer: Writer, ids: readonly number[], from: number, to: number): Promise<void> {
  const runs = writer.dialect.intSet(ids);
  await writer.run(sql`UPDATE runs SET experiment = ${to} WHERE id IN ${runs}`);
  await writer.run(sql`UPDATE latest_metrics SET experiment = ${to} WHERE run IN ${runs}`);
  await writer.run(
    sql`UPDATE logged_models SET experiment = ${to}
        WHERE source_run_id IN (SELECT uuid FROM runs WHERE id IN ${runs}) AND experiment = ${from}`,
  );
  await moveDatasets(writer, ids, to);
}

/** Datasets belong to an experiment: the target gets rows of its own, and those that nothing uses any more go. */
async function moveDatasets(writer: Writer, ids: readonly number[], to: number): Promise<void> {
  const { intSet } = writer.dialect;
  const used = await writer.all<{ id: number }>(
    sql`SELECT DISTINCT dataset AS id FROM run_datasets WHERE run IN ${intSet(ids)}`,
  );
  if (used.length === 0) return;
  const before = intSet(used.map(({ id }) => id));
  await writer.run(
    sql`INSERT INTO datasets (experiment, name, digest, source_type, source, schema, profile)
        SELECT ${to}, name, digest, source_type, source, schema, profile FROM datasets WHERE id IN ${before}
        ON CONFLICT (experiment, name, digest) DO NOTHING`,
  );
  await writer.run(
    sql`UPDATE run_datasets SET dataset = (
          SELECT own.id FROM datasets was JOIN datasets own
            ON own.experiment = ${to} AND own.name = was.name AND own.digest = was.digest
          WHERE was.id = run_datasets.dataset)
        WHERE run IN ${intSet(ids)}`,
  );
  await writer.run(
    sql`DELETE FROM datasets WHERE id IN ${before} AND NOT EXISTS (SELECT 1 FROM run_datasets u WHERE u.dataset = datasets.id)`,
  );
}
