import type { Job } from '../jobs/job.ts';
import type { jobKinds } from '../protocol/jobs.ts';
import type { JobKind } from './job-kind.ts';
import { projectKind } from './project-payload.ts';
import { searchKind } from './search-payload.ts';

const kinds: Readonly<Record<(typeof jobKinds)[number], JobKind>> = { project: projectKind, automl: searchKind };

/** @throws Error for a kind of a later version */
export function kindOf({ kind }: Job): JobKind {
  const known = Object.entries(kinds).find(([name]) => name === kind);
  if (!known) throw new Error(`this version knows no jobs of the kind '${kind}'`);
  return known[1];
}
