import type { AutomlConfig } from '../../protocol/automl-config.ts';
import { automlTags } from '../../protocol/automl-record.ts';
import { automlAddress } from '../../sdk/automl-address.ts';
import type { Settings } from '../../sdk/settings.ts';
import { checkColumns } from '../data/check-columns.ts';
import type { BegunSearch, SearchEvents } from '../engine/events.ts';
import { experimentFor, openSearch } from '../engine/open-search.ts';
import type { SearchParts } from '../engine/parts.ts';
import { prepareSession } from '../engine/prepare-session.ts';
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
  await checkColumns(config);
  const experimentId = await experimentFor(config, undefined);
  const python = await parts.python({ onProgress: (step) => events.step(step) });
  const opened = await openSearch(config, settings, experimentId, events, undefined);
  const { run, store, clock } = opened;
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
    const { session, runner, uploading } = await prepareSession(opened, python, parts, settings, events);
    await session.phase('searching');
    return {
      session: new LowcodeSession(session, parts, python),
      search,
      over: clock.over,
      close: async () => {
        unwatch();
        clock.close();
        await uploading.catch((error: unknown) => events.note(`The data was not kept: ${String(error)}`));
        await runner.close();
      },
    };
  } catch (error) {
    unwatch();
    clock.close();
    await store.tag(run.runId, { [automlTags.phase]: 'failed', [automlTags.message]: (error as Error).message });
    await store.end(run.runId, 'FAILED');
    throw error;
  }
}
