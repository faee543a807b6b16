/** Runs with lines, for charts: `const { newRun, logLine, finish } = runLines(() => api, start);` */
import type { Api } from '../../support/api.ts';

/** Undefined: the step has no point. */
type Value = (step: number) => number | string | undefined;

/** @param api when it is there @param start of the runs; their steps are a second apart */
export function runLines(api: () => Api, start: number) {
  return {
    newRun: async (
      experiment_id: string,
      name: string,
      params: Readonly<Record<string, string | number | undefined>> = {},
    ): Promise<string> => {
      const run_id = await api().createRun({ experiment_id, run_name: name, start_time: start });
      const pairs = Object.entries(params).map(([key, value]) => ({ key, value: String(value) }));
      if (pairs.length > 0) await api().post('runs/log-batch', { run_id, params: pairs });
      return run_id;
    },
    logLine: async (run_id: string, key: string, steps: number, value: Value): Promise<void> => {
      const points = Array.from({ length: steps }, (_, step) => ({
        key,
        value: value(step),
        step,
        timestamp: start + step * 1000,
      })).filter((point) => point.value !== undefined);
      for (let at = 0; at < points.length; at += 1000) {
        await api().post('runs/log-batch', { run_id, metrics: points.slice(at, at + 1000) });
      }
    },
    finish: async (run_id: string): Promise<void> => {
      await api().post('runs/update', { run_id, status: 'FINISHED', end_time: start + 600_000 });
    },
  };
}
