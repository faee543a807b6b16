import type { AutomlConfig } from '../../protocol/automl-config.ts';
import type { DataProfile } from '../../protocol/automl-record.ts';
import { pythonStep, type DataOptions } from './python-step.ts';

export interface PrepareOptions extends DataOptions {
  /** Gets `development.parquet` and `test.parquet`, or `series.parquet`. */
  readonly folder: string;
  /** Bytes that may be taken. */
  readonly memory: number;
}

/**
 * Reads the data set once, judges its columns and splits it, so that all trials have the same rows.
 * @throws DataError when nothing can be trained with it
 */
export async function prepareData(config: AutomlConfig, options: PrepareOptions): Promise<DataProfile> {
  const { folder, memory } = options;
  return (await pythonStep({ do: 'prepare', config, folder, memory }, options)) as DataProfile;
}
