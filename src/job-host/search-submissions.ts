/** Searches of AutoML that are to run as jobs: their data described, uploaded, checked; put into the queue. */
import { join } from 'node:path';
import { withoutPassword } from '../common/without-password.ts';
import { AutomlConfigError, checkedConfig } from '../protocol/automl-config-check.ts';
import type { AutomlConfig } from '../protocol/automl-config.ts';
import type { describeData } from '../protocol/automl.ts';
import { invalidParameter } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import { checkLength } from '../protocol/names.ts';
import type { Encoded } from '../protocol/schema.ts';
import { askProgram } from './ask-program.ts';
import { checkAttempts } from './check-attempts.ts';
import { checkDataset } from './data-address.ts';
import { experimentNamed } from './experiment-for.ts';
import type { JobAnswer } from './job-answer.ts';
import { jobEnvironment } from './job-environment.ts';
import { Places } from './places.ts';
import type { SearchPayload } from './search-payload.ts';
import type { SubmissionParts } from './submission-parts.ts';
import { Uploads } from './uploads.ts';

export type DataDescription = Encoded<(typeof describeData)['response']>;

/** Milliseconds: less than a connection may be silent. */
const longest = 240_000;
/** Each may take most of a core and of what a table takes in memory. */
const atOnce = 2;

export class SearchSubmissions {
  readonly #parts: SubmissionParts;
  readonly #uploads: Uploads;
  readonly #places = new Places(atOnce);

  constructor(parts: SubmissionParts) {
    this.#parts = parts;
    this.#uploads = new Uploads(join(parts.folder, 'uploads'));
  }

  async upload(name: string, body: ReadableStream<Uint8Array> | null, size: number | undefined) {
    this.#parts.checkEnabled();
    return this.#uploads.write(name, body, size);
  }

  async describe({ dataset, query = '' }: { dataset: string; query?: string | undefined }): Promise<DataDescription> {
    this.#parts.checkEnabled();
    this.#checkDataset(dataset);
    const answer = await this.#places.within(() =>
      askProgram({
        command: ['automl', 'describe', '--json', ...(query === '' ? [] : [`--query=${query}`]), dataset],
        env: jobEnvironment(this.#parts.address, this.#parts.token()),
        longest,
        late: `${withoutPassword(dataset)} could not be read within ${longest / 1000} s. The first time an environment for Python is made: try again, or call modelyard automl describe on the server.`,
        failed: 'The data cannot be read',
      }),
    );
    return answer as DataDescription;
  }

  async submit(given: unknown, maxAttempts: number): Promise<JobAnswer> {
    this.#parts.checkEnabled();
    checkAttempts(maxAttempts);
    const config = configOf(given);
    this.#checkDataset(config.dataset);
    const { experiment_name: name } = config;
    if (name !== undefined) checkLength(name, limits.experimentName, 'experiment_name');
    const payload: SearchPayload = { config };
    return this.#parts.enqueue({
      kind: 'automl',
      payload: JSON.stringify(payload),
      // One that is not there yet is made when the search begins: data that is refused leaves none.
      experiment: (name === undefined ? undefined : await experimentNamed(this.#parts.experiments, name)) ?? '',
      maxAttempts,
      retryOf: null,
    });
  }

  #checkDataset(dataset: string): void {
    const isUpload = (path: string): boolean => this.#uploads.holds(path);
    const path = checkDataset(dataset, { ownFolders: this.#parts.ownFolders, isUpload });
    if (path !== undefined && isUpload(path)) this.#uploads.noteUse(path);
  }
}

function configOf(given: unknown): AutomlConfig {
  try {
    return checkedConfig(given);
  } catch (error) {
    throw error instanceof AutomlConfigError ? invalidParameter(error.message) : error;
  }
}
