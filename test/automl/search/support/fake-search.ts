/** Begins a search of fake parts, against the server that the SDK talks to. */
import type { SearchEvents } from '../../../../src/automl/engine/events.ts';
import { runSearch, type SearchEnd, type SearchOptions } from '../../../../src/automl/engine/search.ts';
import { checkedConfig, type AutomlRequest } from '../../../../src/protocol/automl-config-check.ts';
import { settingsOf } from '../../../../src/sdk/settings.ts';
import { within } from '../../../support/within.ts';
import { fakeParts, type Fake, type FakeParts } from './fake-parts.ts';

/** Until which each must have ended, however busy the machine is. */
export const bound = 40_000;
let names = 0;

export interface Search {
  readonly notes: string[];
  readonly stop: AbortController;
  readonly hurry: AbortController;
  readonly runId: Promise<string>;
  readonly end: Promise<SearchEnd>;
  readonly parts: FakeParts;
}

const nothing = (): void => undefined;
export const silent: SearchEvents = {
  step: nothing,
  note: nothing,
  begun: nothing,
  phase: nothing,
  deadline: nothing,
  profile: nothing,
  resumed: nothing,
  trialBegan: nothing,
  trialEnded: nothing,
};

export const houses = {
  problem_type: 'regression',
  dataset: '/data/houses.csv',
  target_col: 'price',
  timeout_seconds: 25,
  parallel_trials: 2,
} as const;

export function begin(fake: Fake, request: AutomlRequest = {}, more: Partial<SearchOptions> = {}): Search {
  const parts = fakeParts(fake);
  const notes: string[] = [];
  const [stop, hurry] = [new AbortController(), new AbortController()];
  const run = Promise.withResolvers<string>();
  const events: SearchEvents = {
    ...silent,
    note: (text) => notes.push(text),
    begun: ({ runId }) => run.resolve(runId),
  };
  const config = checkedConfig({
    ...houses,
    experiment_name: `search ${++names}`,
    ...request,
  });
  const options = { settings: settingsOf(), parts, events, stop: stop.signal, hurry: hurry.signal, ...more };
  const end = within(bound, runSearch(config, options));
  end.catch((error: unknown) => run.reject(error));
  run.promise.catch(() => undefined);
  return { notes, stop, hurry, runId: run.promise, end, parts };
}

export const ridge = (params: Fake['final'] & object) => ({ estimator: 'Ridge', params });
