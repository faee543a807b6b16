/** What a job of AutoML is to do, as it stands in the queue. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { automlVerbs, type AutomlConfig } from '../protocol/automl-config.ts';
import type { JobKind } from './job-kind.ts';

export interface SearchPayload {
  readonly config: AutomlConfig;
}

export const searchKind: JobKind = {
  prepare(payload, { folder, previous }) {
    const { config } = JSON.parse(payload) as SearchPayload;
    const file = join(folder, 'config.json');
    writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
    return [
      'automl',
      automlVerbs[config.problem_type],
      `--config-file=${file}`,
      `--job-folder=${folder}`,
      ...(previous === undefined ? [] : ['--resume', `--run-id=${previous.run_id}`]),
    ];
  },
  resumes: true,
  // It ends its own processes, in its order, and then fits and records the best model.
  cancel: { asks: 'process', patience: 120_000 },
};
