import type { SemanticType } from '../../protocol/automl-record.ts';
import { pythonStep, type DataOptions } from './python-step.ts';

export interface DataRequest {
  /** As in `AutomlConfig`. */
  readonly dataset: string;
  readonly query?: string | undefined;
}

export interface DataDescription {
  readonly columns: readonly {
    readonly name: string;
    /** As the data has it: `int64`, `double`, `bool`, `string`, `timestamp`. */
    readonly type: string;
    /** What it would be taken for. */
    readonly semantic: SemanticType;
    /** Among the rows that were read. */
    readonly missing: number;
    readonly unique: number;
    readonly used: boolean;
    /** Why it would not be used. */
    readonly reason?: string | undefined;
    readonly examples: readonly string[];
  }[];
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
