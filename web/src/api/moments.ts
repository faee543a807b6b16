/** When a run logged the points of a metric, and at which steps. */
import { queryOptions } from '@tanstack/react-query';
import { searchMetricSeries } from '../../../src/protocol/views.ts';
import { call } from './client.ts';

/** A longer line is thinned: between its points time passes evenly enough. */
const mostPoints = 8000;

export interface Moments {
  readonly x: Float64Array;
  readonly steps: Float64Array;
  /** Milliseconds since 1970. */
  readonly times: Float64Array;
}

export function momentsQuery(runId: string, key: string, x: 'step' | 'time' | 'relative') {
  return queryOptions({
    queryKey: ['run', runId, 'moments', key, x],
    queryFn: async ({ signal }): Promise<Moments> => {
      const question = { run_ids: [runId], metric_keys: [key], max_points: mostPoints, x, steps: true, times: true };
      const { lines: [line = {}] = [] } = await call(searchMetricSeries, question, signal);
      return {
        x: Float64Array.from(line.x ?? []),
        steps: Float64Array.from(line.s ?? []),
        times: Float64Array.from(line.t ?? []),
      };
    },
  });
}
