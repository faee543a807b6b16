/** The runs that a view of the web UI is about: experiments, view, filter and plain words. */
import type { Decoded } from '../protocol/schema.ts';
import type { searchRunColumn } from '../protocol/views.ts';
import type { Dialect } from '../database/database.ts';
import { and, join, raw, sql, type Query } from '../common/sql.ts';
import { parseRunViewFilter } from '../search/filter-parser.ts';
import type { Comparison } from '../search/syntax.ts';
import { experimentIdOf } from './experiment-service.ts';
import { lifecyclesOf, type ViewType } from './lifecycle.ts';
import { containing, plainText, startingWith } from '../search/text-search.ts';

/** Experiments and the states their runs may be in. */
export interface RunPlace {
  readonly experiments: readonly number[];
  readonly lifecycles: readonly number[];
}

export interface RunScope extends RunPlace {
  readonly comparisons: readonly Comparison[];
  readonly words: readonly string[];
}

export function placeOf(experimentIds: readonly string[], view: ViewType): RunPlace {
  return { experiments: [...new Set(experimentIds.map(experimentIdOf))], lifecycles: lifecyclesOf(view) };
}

/** Throws INVALID_PARAMETER_VALUE for a filter that cannot be understood. */
export function scopeOf(request: Omit<Decoded<(typeof searchRunColumn)['request']>, 'column'>): RunScope {
  return {
    comparisons: parseRunViewFilter(request.filter),
    words: plainText(request.text)
      .split(/\s+/)
      .filter((word) => word !== ''),
    ...placeOf(request.experiment_ids, request.view_type),
  };
}

/** @param alias a table with `experiment` and `lifecycle`; one of each is an equation, so that an index gives its order too */
export function inPlace(alias: string, { experiments, lifecycles }: RunPlace, dialect: Dialect): Query {
  const is = (column: string, values: readonly number[]): Query =>
    values.length === 1
      ? sql`${raw(`${alias}.${column}`)} = ${values[0] ?? 0}`
      : sql`${raw(`${alias}.${column}`)} IN ${dialect.intSet(values)}`;
  return sql`${is('experiment', experiments)} AND ${is('lifecycle', lifecycles)}`;
}

/** Every word is in the run's name, at the start of its id, or in the value of a tag. */
export function hasWords(words: readonly string[]): Query {
  return and(
    words.map((word) => {
      const places = [
        containing('r.name', word),
        startingWith('r.uuid', word),
        sql`EXISTS (SELECT 1 FROM tags t WHERE t.run = r.id AND ${containing('t.value', word)})`,
      ];
      return sql`(${join(places, ' OR ')})`;
    }),
  );
}
