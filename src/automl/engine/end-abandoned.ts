/** Ends a search whose process has gone: nobody hears what it is asked for. */
import { join } from 'node:path';
import { automlTags, databricksTags } from '../../protocol/automl-record.ts';
import { jobTag } from '../../protocol/jobs.ts';
import { getRun } from '../../sdk/fluent-runs.ts';
import type { Settings } from '../../sdk/settings.ts';
import { endLost, isAbandoned } from './resume.ts';
import { TrackingStore } from './tracking-store.ts';
import { cacheOfSearches } from './trial-environment.ts';

/** A server that is away is not asked for longer. */
const patience = 30_000;

/** @returns false when it has ended, or somebody works on it; where only its heartbeat tells that, it is listened for */
export async function endAbandoned(runId: string, settings: Settings): Promise<boolean> {
  const run = await getRun(runId);
  const store = new TrackingStore(settings, run.info.experimentId, AbortSignal.timeout(patience), () => undefined);
  // A job may be about to go on by another process.
  const folder = run.data.tags[jobTag] === undefined ? join(cacheOfSearches(), runId) : undefined;
  if (!(await isAbandoned(store, run, folder, Date.now()))) return false;
  if ((await store.run(runId)).info.status !== 'RUNNING') return false;
  await endLost(store, runId);
  const message = 'Its process had gone when it was asked to stop.';
  await store.tag(runId, { [automlTags.phase]: 'stopped', [automlTags.message]: message });
  await store.tagExperiment({ [`${databricksTags.prefix}state`]: 'CANCELED' });
  await store.end(runId, 'KILLED');
  return true;
}
