/** The log of an endpoint: read from its end, then only the lines that are new. */
import { queryOptions } from '@tanstack/react-query';
import { getEndpointLogs } from '../../../src/protocol/endpoints.ts';
import { limits } from '../../../src/protocol/limits.ts';
import { call } from './client.ts';
import { queryClient } from './query-client.ts';

export interface LogLine {
  readonly id: number;
  readonly time: number;
  /** The version whose process wrote it, or `endpoint`. */
  readonly source: string;
  readonly text: string;
}

/** The browser keeps no more. */
const kept = 20_000;

export function endpointLog(name: string) {
  const queryKey = ['endpoint', name, 'log'];
  return queryOptions({
    queryKey,
    queryFn: async ({ signal }): Promise<readonly LogLine[]> => {
      const before = queryClient.getQueryData<readonly LogLine[]>(queryKey) ?? [];
      const last = before.at(-1);
      const question = { name, max_lines: limits.endpointLogLines, ...(last && { after_id: last.id }) };
      const lines = ((await call(getEndpointLogs, question, signal)).lines ?? []) as unknown as readonly LogLine[];
      if (lines.length === 0) return before;
      return [...before, ...lines].slice(-kept);
    },
    // The list only grows; comparing it with the one before would take longer than drawing it.
    structuralSharing: false,
  });
}
