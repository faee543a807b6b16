/** Filters and orders of the registry searches as SQL over `registered_models m` and `model_versions v`. */
import { join, raw, sql, type Query } from '../common/sql.ts';
import type { Dialect } from '../database/database.ts';
import { compare, compareKeyed, direction } from '../search/condition.ts';
import type { Comparison, Ordering } from '../search/syntax.ts';
import { promptTag } from './prompts.ts';

const modelColumns: Record<string, string> = {
  name: 'm.name',
  last_updated_timestamp: 'm.last_update_time',
};

const versionColumns: Record<string, string> = {
  name: 'm.name',
  version_number: 'v.version',
  run_id: "coalesce(v.run_id, '')",
  source_path: 'v.source',
  creation_timestamp: 'v.creation_time',
  last_updated_timestamp: 'v.last_update_time',
};

function columnOf(columns: Record<string, string>, key: string): string {
  const column = columns[key];
  if (column === undefined) throw new Error(`no column for the registry attribute ${key}`);
  return column;
}

const notAPrompt = sql`NOT EXISTS (SELECT 1 FROM registered_model_tags p WHERE p.model = m.id AND p.key = ${promptTag} AND lower(p.value) = 'true')`;

/** Prompts are listed only when a filter asks for them. */
function withoutPrompts(comparisons: readonly Comparison[]): Query[] {
  return comparisons.some((c) => c.kind === 'tag' && c.key === promptTag) ? [] : [notAPrompt];
}

/** @param tagRows the tag table narrowed to the searched thing's rows */
function conditionsOf(
  comparisons: readonly Comparison[],
  columns: Record<string, string>,
  tagRows: Query,
  dialect: Dialect,
): Query[] {
  const conditions = comparisons.map((comparison) => {
    if (comparison.kind !== 'tag') return compare(columnOf(columns, comparison.key), comparison, dialect);
    // `is_prompt != 'true'` is asked of models that have no such tag.
    if (comparison.key === promptTag && comparison.comparator === '!=') return notAPrompt;
    return compareKeyed(tagRows, comparison, dialect);
  });
  return [...conditions, ...withoutPrompts(comparisons)];
}

export function modelConditions(comparisons: readonly Comparison[], dialect: Dialect): Query[] {
  return conditionsOf(comparisons, modelColumns, sql`FROM registered_model_tags kv WHERE kv.model = m.id`, dialect);
}

export function versionConditions(comparisons: readonly Comparison[], dialect: Dialect): Query[] {
  const tagRows = sql`FROM model_version_tags kv WHERE kv.model = v.model AND kv.version = v.version`;
  return conditionsOf(comparisons, versionColumns, tagRows, dialect);
}

/** By name by default; ties by name. */
export function modelOrder(orderings: readonly Ordering[]): Query {
  const terms = orderings.map((o) => sql`${raw(columnOf(modelColumns, o.key))} ${direction(o.ascending)}`);
  return join([...terms, raw('m.name ASC')], ', ');
}

/** Last updated first by default; ties by name, then newest version first. */
export function versionOrder(orderings: readonly Ordering[]): Query {
  const terms = orderings.map((o) => sql`${raw(columnOf(versionColumns, o.key))} ${direction(o.ascending)}`);
  if (terms.length === 0) terms.push(raw('v.last_update_time DESC'));
  return join([...terms, raw('m.name ASC'), raw('v.version DESC')], ', ');
}
