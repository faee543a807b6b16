/** Tables in Parquet: their columns have types of their own, so nothing is cast. */
import type { SchemaElement } from 'hyparquet';
import type { Column, Frame } from '../frame.ts';
import { compressors, pandasIndex } from '../parquet.ts';
import { ScoringError } from '../scoring-error.ts';
import { inferredColumn } from './kind-of-values.ts';

const parsers = {
  timestampFromMilliseconds: (time: bigint) => time * 1_000_000n,
  timestampFromMicroseconds: (time: bigint) => time * 1000n,
  timestampFromNanoseconds: (time: bigint) => time,
};
const missingTime = -(2n ** 63n);

/** @throws ScoringError */
export async function readParquet(body: Uint8Array): Promise<Frame> {
  try {
    const { parquetMetadata, parquetRead, parquetSchema } = await import('hyparquet');
    const file = body.slice().buffer;
    const metadata = parquetMetadata(file);
    const fields = parquetSchema(metadata)
      .children.map(({ element }) => element)
      .filter(({ name }) => !pandasIndex.test(name));
    const values = new Map(fields.map(({ name }): [string, unknown[]] => [name, []]));
    await parquetRead({
      file,
      metadata,
      compressors,
      parsers,
      columns: fields.map(({ name }) => name),
      onChunk: ({ columnName, columnData }) => {
        const column = values.get(columnName);
        for (const value of Array.from<unknown>(columnData)) column?.push(value);
      },
    });
    const columns = fields.map((field) => columnOf(field, values.get(field.name) ?? []));
    return { kind: 'frame', columns, rows: Number(metadata.num_rows) };
  } catch (error) {
    const reason = (error as Error).message;
    const advice =
      'Ensure that the input is a valid Parquet Pandas DataFrame produced using the `pandas.DataFrame.to_parquet()` method.';
    throw new ScoringError('BAD_REQUEST', `Failed to parse input as a Pandas DataFrame. ${advice} Error: '${reason}'`, {
      stackTrace: `ValueError: ${reason}`,
    });
  }
}

/** Whole numbers with gaps are floats, as in pandas. */
function columnOf(
  { name, type, logical_type: logical, converted_type: converted }: SchemaElement,
  values: unknown[],
): Column {
  const gaps = values.some((value) => value === null || value === undefined);
  const isTime = logical?.type === 'TIMESTAMP' || converted?.startsWith('TIMESTAMP') === true;
  if (isTime) {
    const times = BigInt64Array.from(values, (value) => (value as bigint | null | undefined) ?? missingTime);
    return { name, dtype: 'datetime64[ns]', values: times };
  }
  if (converted === 'DATE' || converted === 'DECIMAL') return { name, dtype: 'object', values };
  const numbers = (): Float64Array => Float64Array.from(values, (value) => Number(value ?? Number.NaN));
  switch (type) {
    case 'DOUBLE':
      return { name, dtype: 'float64', values: numbers() };
    case 'FLOAT':
      return { name, dtype: 'float32', values: Float32Array.from(numbers()) };
    case 'INT32':
      return gaps
        ? { name, dtype: 'float64', values: numbers() }
        : { name, dtype: 'int32', values: Int32Array.from(values as number[]) };
    case 'INT64':
      return gaps
        ? { name, dtype: 'float64', values: numbers() }
        : { name, dtype: 'int64', values: BigInt64Array.from(values as bigint[]) };
    default:
      return inferredColumn(name, values);
  }
}
