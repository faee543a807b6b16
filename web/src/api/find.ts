import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { searchEverything } from '../../../src/protocol/views.ts';
import { call } from './client.ts';
import type { Encoded } from '../../../src/protocol/schema.ts';

export type FoundThings = Encoded<(typeof searchEverything)['response']>;

/** Things by part of their name, runs and jobs by the start of their id too; an answer to an older text never shows up. */
export function findQuery(text: string, limit = 8) {
  return queryOptions({
    queryKey: ['find', text, limit],
    queryFn: ({ signal }): Promise<FoundThings> => call(searchEverything, { text, limit }, signal),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
}
