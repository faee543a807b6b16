/** A new search has a run only once all that can be wrong with what it was asked for is known to be right. */
import type { AutomlConfig } from '../../protocol/automl-config.ts';
import type { Settings } from '../../sdk/settings.ts';
import { checkColumns } from '../data/check-columns.ts';
import { SearchClock } from './clock.ts';
import { beginSearch, checkExperiment, type OpenedSearch } from './open-search.ts';
import { stageData, type Reader } from './stage-data.ts';

/** What can be told at once. @throws DataError, what the SDK does */
export async function checkNewSearch(config: AutomlConfig): Promise<void> {
  await checkColumns(config);
  await checkExperiment(config);
}

/**
 * @param heed is given the clock, of which the data takes the first part
 * @throws DataError, SearchError when there is no time, what the SDK does
 */
export async function newSearch(
  config: AutomlConfig,
  settings: Settings,
  reader: Reader,
  heed: (clock: SearchClock) => void,
): Promise<OpenedSearch> {
  const clock = new SearchClock(config.timeout_seconds * 1000);
  try {
    heed(clock);
    const staged = await stageData(config, clock, reader);
    return await beginSearch(config, settings, reader.events, clock, staged);
  } catch (error) {
    clock.close();
    throw error;
  }
}
