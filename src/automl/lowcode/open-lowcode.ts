import type { AutomlConfig } from '../../protocol/automl-config.ts';
import { automlTags } from '../../protocol/automl-record.ts';
import { automlAddress } from '../../sdk/automl-address.ts';
import type { Settings } from '../../sdk/settings.ts';
import type { BegunSearch, SearchEvents } from '../engine/events.ts';
import { checkNewSearch, newSearch } from '../engine/new-search.ts';
import type { SearchParts } from '../engine/parts.ts';
import { prepareSession, startRunner } from '../engine/prepare-session.ts';
import { watchSearch } from '../engine/watch.ts';
import { LowcodeSession } from './lowcode-session.ts';

export interface OpenedLowcode {
  readonly session: LowcodeSession;
  readonly search: BegunSearch;
  /** Of all that the session does: aborted when it was wished to end. */
  readonly over: AbortSignal;
  /** Ends its processes. */
  close(): Promise<void>;
}

/** @throws SearchError, what the data is refused with, what the SDK throws */
export async function openLowcode(
  config: AutomlConfig,
  { settings, parts, events }: { settings: Settings; parts: SearchParts; events: SearchEvents },
): Promise<OpenedLowcode> {
  await checkNewSearch(config);
  const python = await parts.python({ onProgress: (step) => events.step(step) });
  const reader = { python, parts, events };
  const starting = startRunner(config, reader);
  const closeRunner = async (): Promise<void> => (await starting).close();
  const opened = await newSearch(config, settings, reader, () => undefined).catch((error: unknown) => {
    void closeRunner().catch(() => undefined);
    throw error;
  });
  const { run, store, clock } = opened;
  const { experimentId } = store;
  const address = await automlAddress(settings, run.runId, experimentId);
  const search = { runId: run.runId, experimentId, address };
  events.begun(search);
  const unwatch = watchSearch({
    store,
    runId: run.runId,
    clock,
    onDeadline: (time) => events.deadline(time),
    onStop: () => clock.endAll(),
  });
  try {
    const { session, uploading } = await prepareSession(opened, starting, reader, settings);
    await session.phase('searching');
    return {
      session: new LowcodeSession(session, parts, python),
      search,
      over: clock.over,
      close: async () => {
        unwatch();
        clock.close();
        await uploading.catch((error: unknown) => events.note(`The data was not kept: ${String(error)}`));
        await closeRunner();
      },
    };
  } catch (error) {
    unwatch();
    clock.close();
    void closeRunner().catch(() => undefined);
    await store.tag(run.runId, { [automlTags.phase]: 'failed', [automlTags.message]: (error as Error).message });
    await store.end(run.runId, 'FAILED');
    throw error;
  }
}
