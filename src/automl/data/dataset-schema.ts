/** Columns of a data set in the words of MLflow's schemas. */
import type { ColumnProfile } from '../../protocol/automl-record.ts';

/** More are not worth their place. */
const mostColumns = 1000;

/** What a run's dataset input has as `schema`. */
export function datasetSchema(columns: readonly ColumnProfile[]): string {
  const specs = columns
    .slice(0, mostColumns)
    .map(({ name, type, missing }) => ({ type: typeOf(type), name, required: missing === 0 }));
  return JSON.stringify({ mlflow_colspec: specs });
}

/** @param type of Arrow, or as pandas names one */
function typeOf(type: string): string {
  const [, known] = types.find(([pattern]) => pattern.test(type)) ?? [];
  // Lists, objects, and columns that never have a value.
  return known ?? 'any';
}

const types: readonly (readonly [pattern: RegExp, type: string])[] = [
  [/^(u?int8|u?int16|int32)$/, 'integer'],
  [/^(int64|uint32|uint64)$/, 'long'],
  [/^(float|float32|halffloat)$/, 'float'],
  [/^(double|float64|duration|decimal.*)$/, 'double'],
  [/^bool/, 'boolean'],
  [/^(timestamp|datetime)/, 'datetime'],
  [/^(string|time|str|object)$/, 'string'],
  [/binary/, 'binary'],
];
