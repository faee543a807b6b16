import { invalidParameter } from '../protocol/errors.ts';
import type { Ordering } from './syntax.ts';

/** One element of logged-models/search `order_by`, as on the wire. */
export interface LoggedModelOrderBy {
  readonly field_name?: string | undefined;
  readonly ascending?: boolean | undefined;
  readonly dataset_name?: string | undefined;
  readonly dataset_digest?: string | undefined;
}

/** A metric may be narrowed to the values that were logged on one dataset. */
export interface LoggedModelOrdering extends Ordering {
  readonly datasetName?: string;
  readonly datasetDigest?: string;
}

const attributes = new Map([
  ['creation_time', 'creation_timestamp'],
  ['creation_timestamp_ms', 'creation_timestamp'],
  ['last_updated_timestamp_ms', 'last_updated_timestamp'],
  ...[
    'artifact_location',
    'creation_timestamp',
    'experiment_id',
    'last_updated_timestamp',
    'lifecycle_stage',
    'model_id',
    'model_type',
    'name',
    'source_run_id',
    'status',
    'status_message',
  ].map((key): [string, string] => [key, key]),
]);

function toOrdering(element: LoggedModelOrderBy): LoggedModelOrdering {
  const field = element.field_name ?? '';
  const ascending = element.ascending ?? true;
  const dot = field.indexOf('.');
  if (dot >= 0) {
    if (field.slice(0, dot) !== 'metrics') {
      throw invalidParameter(`Invalid order by field name: ${field}. Only metrics are supported.`);
    }
    // Here the key is the rest of the field name as it stands: quotes and spaces belong to it.
    return {
      kind: 'metric',
      key: field.slice(dot + 1),
      ascending,
      ...(element.dataset_name ? { datasetName: element.dataset_name } : {}),
      ...(element.dataset_digest ? { datasetDigest: element.dataset_digest } : {}),
    };
  }
  const key = attributes.get(field);
  if (key === undefined) throw invalidParameter(`Invalid order by field name: ${field}`);
  return { kind: 'attribute', key, ascending };
}

/** The order of logged-models/search. No tie-breaker is added. Throws INVALID_PARAMETER_VALUE. */
export function parseLoggedModelOrderBy(orderBy: readonly LoggedModelOrderBy[] | undefined): LoggedModelOrdering[] {
  return (orderBy ?? []).map((element) => toOrdering(element));
}
