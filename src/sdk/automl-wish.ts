/** What a search under way is asked for. */
import { automlTags, stopWish, wishedDeadline } from '../protocol/automl-record.ts';
import { setTag } from '../protocol/runs.ts';
import { call } from './call.ts';
import { getRun } from './fluent-runs.ts';
import { settingsOf } from './settings.ts';

/** A search listens every second; it is busy when it has not heard after this time. */
const patience = 15_000;
const look = 200;

/** Ends a search as at its limit, with the best model that it has. Resolves when that is asked for. */
export async function stopAutoml(runId: string): Promise<void> {
  await tagsOfRunning(runId);
  await call(settingsOf(), setTag, { run_id: runId, key: automlTags.wish, value: stopWish });
}

/**
 * Gives a search more time.
 *
 * @returns the new deadline, in milliseconds since 1970
 * @throws TypeError when the search does not run, or its trials have ended
 */
export async function extendAutoml(runId: string, seconds: number): Promise<number> {
  const { [automlTags.deadline]: heard, [automlTags.wish]: wish } = await tagsOfRunning(runId);
  const before = Number(heard);
  const deadline = Math.round(wishedDeadline(heard, wish) + seconds * 1000);
  if (!Number.isFinite(deadline)) {
    throw new TypeError(
      `The search ${runId} cannot be extended: it ${wish === stopWish ? 'is about to stop' : 'still prepares'}.`,
    );
  }
  await call(settingsOf(), setTag, { run_id: runId, key: automlTags.wish, value: String(deadline) });
  for (const end = Date.now() + patience; Date.now() < end; await sleep(look)) {
    const { info, data } = await getRun(runId);
    const now = Number(data.tags[automlTags.deadline]);
    if (now === deadline) return deadline;
    if (info.status !== 'RUNNING' || now < before) break;
  }
  throw new TypeError(`The search ${runId} was not extended: its trials have ended, or nobody works on it any more.`);
}

async function tagsOfRunning(runId: string): Promise<Readonly<Record<string, string>>> {
  const { info, data } = await getRun(runId);
  if (data.tags[automlTags.role] !== 'search') {
    throw new TypeError(`The run ${runId} is no search of AutoML: give the run that its trials stand below.`);
  }
  if (info.status !== 'RUNNING') throw new TypeError(`The search ${runId} has ended already.`);
  return data.tags;
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
