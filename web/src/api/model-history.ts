/** What was changed of a model or of a version, newest first, read page by page. */
import { infiniteQueryOptions } from '@tanstack/react-query';
import {
  getModelVersionHistory,
  getRegisteredModelHistory,
  type registryEventKinds,
  type RegistryEventBody,
} from '../../../src/protocol/registry-views.ts';
import { call } from './client.ts';

export interface RegistryEvent {
  readonly id: number;
  readonly time: number;
  readonly actor?: string;
  readonly kind: (typeof registryEventKinds)[number];
  readonly name: string;
  readonly version?: string;
  readonly body: RegistryEventBody;
}

const pageSize = 100;

/** @param version without one: of the model and of all its versions */
export function registryHistory(name: string, version?: string) {
  return infiniteQueryOptions({
    queryKey: ['model', name, 'history', version],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const paging = { name, max_results: pageSize, page_token: pageParam };
      const page =
        version === undefined
          ? await call(getRegisteredModelHistory, paging, signal)
          : await call(getModelVersionHistory, { ...paging, version }, signal);
      return { events: page.events as unknown as readonly RegistryEvent[], next: page.next_page_token };
    },
    getNextPageParam: ({ next }) => next,
  });
}
