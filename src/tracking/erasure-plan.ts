/** What `modelyard gc` erases: the rules of `mlflow gc`, all of them looked at before anything goes. */
import { doesNotExist, invalidParameter, type ApiError } from '../protocol/errors.ts';
import type { Reader } from '../database/database.ts';
import { sql, type Query } from '../common/sql.ts';
import { experimentIdOf } from './experiment-service.ts';
import { lifecycle } from './lifecycle.ts';

export interface ErasureWish {
  /** Undefined: all that are deleted. The three stand side by side, as in MLflow. */
  readonly runIds: readonly string[] | undefined;
  readonly modelIds: readonly string[] | undefined;
  readonly experimentIds: readonly string[] | undefined;
  /** As the user wrote it, and the milliseconds that it means. */
  readonly olderThan: { readonly text: string; readonly ms: number } | undefined;
}

export interface ErasurePlan {
  readonly runs: readonly string[];
  readonly models: readonly string[];
  readonly experiments: readonly number[];
}

interface Candidate {
  readonly id: string;
  readonly lifecycle: number;
  /** When it was deleted. */
  readonly since: number | null;
}

interface Kind {
  readonly from: Query;
  readonly missing: (id: string) => ApiError;
  readonly word: string;
  readonly words: string;
}

const runs: Kind = {
  from: sql`(SELECT uuid AS id, lifecycle, deleted_time AS since FROM runs)`,
  missing: (id) => doesNotExist(`Run with id=${id} not found`),
  word: 'Run',
  words: 'runs',
};

const models: Kind = {
  from: sql`(SELECT uuid AS id, lifecycle, last_update_time AS since FROM logged_models)`,
  missing: (id) => doesNotExist(`Logged model with ID '${id}' not found.`),
  word: 'Logged model',
  words: 'logged models',
};

const experiments: Kind = {
  from: sql`(SELECT CAST(id AS TEXT) AS id, lifecycle, last_update_time AS since FROM experiments)`,
  missing: (id) => doesNotExist(`No Experiment with id=${id} exists`),
  word: 'Experiment',
  words: 'experiments',
};

/** Throws when something that was asked for by its id cannot go. */
export async function erasurePlan(reader: Reader, wish: ErasureWish, now: number): Promise<ErasurePlan> {
  const limit = now - (wish.olderThan?.ms ?? 0);
  const choose = (kind: Kind, ids: readonly string[] | undefined): Promise<string[]> =>
    ids === undefined ? allDeleted(reader, kind, limit) : theseDeleted(reader, kind, ids, limit, wish.olderThan?.text);
  const asked = wish.experimentIds?.map((id) => String(experimentIdOf(id)));
  if (asked?.includes('0')) throw invalidParameter('The default experiment cannot be erased: clients count on it.');
  return {
    runs: await choose(runs, wish.runIds),
    models: await choose(models, wish.modelIds),
    experiments: (await choose(experiments, asked)).map(Number).filter((id) => id !== 0),
  };
}

async function allDeleted(reader: Reader, { from }: Kind, limit: number): Promise<string[]> {
  const found = await reader.all<{ id: string }>(
    sql`SELECT id FROM ${from} WHERE lifecycle = ${lifecycle.deleted} AND since <= ${limit}`,
  );
  return found.map(({ id }) => id);
}

async function theseDeleted(
  reader: Reader,
  { from, missing, word, words }: Kind,
  ids: readonly string[],
  limit: number,
  olderThan: string | undefined,
): Promise<string[]> {
  const chosen = [...new Set(ids)];
  for (const id of chosen) {
    const found = await reader.first<Candidate>(sql`SELECT id, lifecycle, since FROM ${from} WHERE id = ${id}`);
    if (!found) throw missing(id);
    if (found.lifecycle !== lifecycle.deleted) {
      throw invalidParameter(
        `${word} ${id} is not in \`deleted\` lifecycle stage. Only ${words} in \`deleted\` lifecycle stage can be deleted.`,
      );
    }
    if (olderThan !== undefined && (found.since === null || found.since > limit)) {
      throw invalidParameter(
        `${word} ${id} is not older than the required age. Only ${words} older than ${olderThan} can be deleted.`,
      );
    }
  }
  return chosen;
}
