import { join } from 'node:path';
import type { Job } from '../jobs/job.ts';
import { JobFolder } from './job-folder.ts';

export class JobFolders {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  of({ uuid }: Job): JobFolder {
    return new JobFolder(join(this.#folder, uuid));
  }
}
