/** Everything that would go with a plan: the runs and logged models of its experiments and runs too. */
import type { Reader } from '../database/database.ts';
import { list } from '../common/sql.ts';
import type { Owner } from './erasure-artifacts.ts';
import type { ErasurePlan } from './erasure-plan.ts';
import type { ErasureParts } from './erasure.ts';

export interface ErasurePreview {
  readonly runs: readonly Owner[];
  readonly models: readonly Owner[];
  readonly experiments: readonly string[];
}

export async function erasurePreview(
  reader: Reader,
  plan: ErasurePlan,
  registered: ErasureParts['registered'],
): Promise<ErasurePreview> {
  const runs = unique([
    ...(await ownersOf(reader, 'runs', 'uuid', plan.runs)),
    ...(await ownersOf(reader, 'runs', 'experiment', plan.experiments)),
  ]);
  const made = await ownersOf(reader, 'logged_models', 'source_run_id', uuidsOf(runs));
  const inUse = new Set<string>();
  for (const some of inParts(uuidsOf(made))) for (const id of await registered(reader, some)) inUse.add(id);
  const models = unique([
    ...(await ownersOf(reader, 'logged_models', 'uuid', plan.models)),
    ...made.filter(({ uuid }) => !inUse.has(uuid)),
    ...(await ownersOf(reader, 'logged_models', 'experiment', plan.experiments)),
  ]);
  return { runs, models, experiments: plan.experiments.map(String) };
}

async function ownersOf(
  reader: Reader,
  table: 'runs' | 'logged_models',
  column: 'uuid' | 'experiment' | 'source_run_id',
  values: readonly (string | number)[],
): Promise<Owner[]> {
  const found: Owner[] = [];
  for (const some of inParts(values)) {
    const set = list(some);
    const query = {
      text: `SELECT uuid, artifact_uri FROM ${table} WHERE ${column} IN ${set.text}`,
      values: set.values,
    };
    for (const owner of await reader.all<Owner>(query)) found.push(owner);
  }
  return found;
}

function* inParts<T>(all: readonly T[]): Generator<T[]> {
  for (let from = 0; from < all.length; from += 500) yield all.slice(from, from + 500);
}

function uuidsOf(owners: readonly Owner[]): string[] {
  return owners.map(({ uuid }) => uuid);
}

function unique(owners: readonly Owner[]): Owner[] {
  return [...new Map(owners.map((owner) => [owner.uuid, owner])).values()];
}
