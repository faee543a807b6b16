/** What the columns of a table hold, in the words of MLflow's schemas. */

export type Rows = readonly (Readonly<Record<string, unknown>> | readonly unknown[])[];

export interface Column {
  readonly type: string;
  readonly name: string;
  readonly required: boolean;
}

/** Types by the first hundred rows; a column with a missing value there is not required. */
export function columnsOf(rows: Rows): Column[] {
  const sample = rows.slice(0, 100);
  const names = [...new Set(sample.flatMap((row) => Object.keys(row)))];
  return names.map((name) => {
    const values = sample.map((row) => (row as Record<string, unknown>)[name]);
    const present = values.filter((value) => value !== null && value !== undefined);
    return { type: commonType(present), name, required: present.length === values.length };
  });
}

function commonType(values: readonly unknown[]): string {
  const types = new Set(values.map(typeOfValue));
  if (types.size === 1) return [...types][0] ?? 'string';
  return [...types].every((type) => type === 'long' || type === 'double') && types.size > 0 ? 'double' : 'string';
}

function typeOfValue(value: unknown): string {
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'bigint') return 'long';
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 'long' : 'double';
  if (value instanceof Date) return 'datetime';
  return value instanceof Uint8Array ? 'binary' : 'string';
}
