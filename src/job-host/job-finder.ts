/** Jobs by part of their title or of their run's name, or by the start of their id. */
import type { Database, Reader } from '../database/database.ts';
import type { Job, JobState } from '../jobs/job.ts';
import { searchJobs, type JobQuery } from '../jobs/job-store.ts';
import { taskOf } from './job-answer.ts';

const readAtOnce = 500;

/**
 * The newest first; without a text all of them. The text is looked for in what is shown of a job, not in its row: an
 * address may hold a password there, which nobody may find out by searching.
 */
export async function findJobs(reader: Reader, query: JobQuery, text: string): Promise<Job[]> {
  if (text === '') return searchJobs(reader, query);
  const wanted = text.toLowerCase();
  const found: Job[] = [];
  for (let before = query.before; ;) {
    const some = await searchJobs(reader, { ...query, before, limit: readAtOnce });
    found.push(...some.filter((job) => isCalled(job, wanted)));
    if (found.length >= query.limit || some.length < readAtOnce) return found.slice(0, query.limit);
    before = some.at(-1)?.id;
  }
}

function isCalled(job: Job, wanted: string): boolean {
  const { title = '', project } = taskOf(job);
  return `${title}\n${project?.run_name ?? ''}`.toLowerCase().includes(wanted) || job.uuid.startsWith(wanted);
}

interface FoundJob {
  readonly job_id: string;
  readonly title: string;
  readonly state: JobState;
}

export class JobFinder {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async find(text: string, limit: number): Promise<FoundJob[]> {
    const query = { state: undefined, experiment: undefined, before: undefined, limit };
    const jobs = await this.#database.read((reader) => findJobs(reader, query, text));
    return jobs.map((job) => ({ job_id: job.uuid, title: taskOf(job).title ?? '', state: job.state }));
  }
}
