import type { ColumnProfile } from '../../protocol/automl-record.ts';
import { pythonStep, type DataOptions } from './python-step.ts';

export interface DataRequest {
  /** As in `AutomlConfig`. */
  readonly dataset: string;
  readonly query?: string | undefined;
}

export interface DataDescription {
  /** As a search would see them by the rows that were read. */
  readonly columns: readonly Omit<ColumnProfile, 'format' | 'min' | 'max' | 'mean'>[];
  /** Of the data set; undefined when that would take long to count. */
  readonly rows?: number | undefined;
  /** Rows that were read for this. */
  readonly read: number;
  readonly sampled: boolean;
  readonly warnings: readonly string[];
}

/**
 * What stands in a data set, for a preview: of a large one by its first 10,000 rows.
 * @throws DataError when it cannot be read
 */
export async function describeData({ dataset, query }: DataRequest, options: DataOptions): Promise<DataDescription> {
  return (await pythonStep({ do: 'describe', dataset, query, rows: mostRows }, options)) as DataDescription;
}

const mostRows = 10_000;
