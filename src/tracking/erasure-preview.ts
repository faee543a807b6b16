/** Everything that would go with a plan, the runs and logged models of its experiments and runs too, and what would stay. */
import type { Reader } from '../database/database.ts';
import { list } from '../common/sql.ts';
import type { Owner } from './erasure-artifacts.ts';
import type { ErasurePlan } from './erasure-plan.ts';
import { neededOfExperiment, type ErasedKind, type ErasureParts, type RegisteredVersion } from './erasure.ts';

export interface ErasurePreview {
  readonly runs: readonly Owner[];
  readonly models: readonly Owner[];
  readonly experiments: readonly string[];
  readonly needed: readonly { readonly kind: ErasedKind; readonly id: string; readonly by: RegisteredVersion }[];
}

export async function erasurePreview(
  reader: Reader,
  plan: ErasurePlan,
  filesInUse: ErasureParts['filesInUse'],
): Promise<ErasurePreview> {
  const inUse = await filesInUse(reader);
  const needed: { kind: ErasedKind; id: string; by: RegisteredVersion }[] = [];
  const without = (kind: ErasedKind, owners: readonly Owner[]): Owner[] =>
    unique(owners).filter(({ uuid: id }) => {
      const by = inUse.get(id);
      if (by) needed.push({ kind, id, by });
      return by === undefined;
    });
  const runs = without('run', [
    ...(await ownersOf(reader, 'runs', 'uuid', plan.runs)),
    ...(await ownersOf(reader, 'runs', 'experiment', plan.experiments)),
  ]);
  const models = without('logged_model', [
    ...(await ownersOf(reader, 'logged_models', 'uuid', plan.models)),
    ...(await ownersOf(reader, 'logged_models', 'source_run_id', uuidsOf(runs))),
    ...(await ownersOf(reader, 'logged_models', 'experiment', plan.experiments)),
  ]);
  const experiments: string[] = [];
  for (const id of plan.experiments) {
    const [first] = await neededOfExperiment(reader, id, inUse);
    if (first) needed.push({ kind: 'experiment', id: String(id), by: first.by });
    else experiments.push(String(id));
  }
  return { runs, models, experiments, needed };
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
