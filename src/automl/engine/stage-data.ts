/** Prepares the data of a search in a folder: of a new one before it has a run, so that data which is refused leaves none. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AutomlConfig } from '../../protocol/automl-config.ts';
import { searchFiles, type DataProfile } from '../../protocol/automl-record.ts';
import { DataError } from '../data/data-error.ts';
import type { SearchClock } from './clock.ts';
import type { SearchEvents } from './events.ts';
import type { SearchParts } from './parts.ts';
import { resourcesFor } from './resources.ts';
import { moreTime, SearchError } from './search-error.ts';
import { staging, tidyCache } from './tidy-cache.ts';
import { cacheOfSearches, serverEnvironment } from './trial-environment.ts';

/** What reads data. */
export interface Reader {
  readonly python: string;
  readonly parts: SearchParts;
  readonly events: SearchEvents;
}

/** @returns a folder of its own, that becomes the one of the search @throws DataError, SearchError when there is no time */
export async function stageData(config: AutomlConfig, clock: SearchClock, reader: Reader): Promise<string> {
  const cache = cacheOfSearches();
  mkdirSync(cache, { recursive: true, mode: 0o700 });
  tidyCache(cache);
  const folder = mkdtempSync(join(cache, staging));
  try {
    await prepareInto(folder, config, clock, reader);
    return folder;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** @throws DataError, SearchError when there is no time */
export async function prepareInto(
  folder: string,
  config: AutomlConfig,
  clock: SearchClock,
  { python, parts, events }: Reader,
): Promise<DataProfile> {
  const data = join(folder, searchFiles.data);
  mkdirSync(data, { recursive: true });
  const begun = Date.now();
  const options = {
    python,
    folder: data,
    memory: resourcesFor(config).memory,
    environment: serverEnvironment(cacheOfSearches()),
    onProgress: (step: string) => events.step(step),
    signal: untilDeadline(clock),
  };
  const profile = await parts.prepare(config, options).catch((error: unknown) => {
    throw clock.trialsOver.aborted && !(error instanceof DataError) ? noTime(clock, begun, undefined) : error;
  });
  if (clock.trialsOver.aborted) throw noTime(clock, begun, profile.rows);
  const kept = profileIn(folder);
  writeFileSync(`${kept}.part`, JSON.stringify(profile));
  renameSync(`${kept}.part`, kept);
  return profile;
}

/** Of data that lies in the folder whole. */
export function preparedProfile(folder: string): DataProfile | undefined {
  const kept = profileIn(folder);
  return existsSync(kept) ? (JSON.parse(readFileSync(kept, 'utf8')) as DataProfile) : undefined;
}

function profileIn(folder: string): string {
  return join(folder, 'profile.json');
}

/** There are no trials any more, but what is wrong with the data is still worth hearing: not for who stops the search. */
function untilDeadline(clock: SearchClock): AbortSignal {
  const end = new AbortController();
  const trialsOver = (): void => {
    if (!clock.isTimeUp) end.abort();
    else AbortSignal.timeout(Math.max(0, clock.deadline - Date.now())).addEventListener('abort', () => end.abort());
  };
  if (clock.trialsOver.aborted) trialsOver();
  else clock.trialsOver.addEventListener('abort', trialsOver, { once: true });
  clock.over.addEventListener('abort', () => end.abort(), { once: true });
  return end.signal;
}

function noTime(clock: SearchClock, begun: number, rows: number | undefined): SearchError {
  const seconds = (Date.now() - begun) / 1000;
  return new SearchError(
    `there was no time for a trial: preparing the data took ${seconds.toFixed(0)} of ${(clock.budget / 1000).toFixed(0)} s. ` +
      moreTime(rows),
  );
}
