/**
 * Points of many runs for charts, kept metric by metric and run by run. What the cards of a page ask for in one turn goes
 * in as few calls as can be, and when the live feed names a run, only that run is read again.
 */
import { searchMetricSeries } from '../../../src/protocol/views.ts';
import { onChangedRuns, type ChangedRuns } from './changed-runs.ts';
import { call } from './client.ts';
import { queryClient } from './query-client.ts';
import { mostRunsAsked, pointQuestion, seriesOf, type PointScope, type Series } from './run.ts';

const mostKeys = 50;
/** A greater answer holds up the page while it is read. */
const mostPointsOfCall = 300_000;
/** Scopes that nobody looks at stay for a way back, as from a zoom. */
const mostUnused = 30;

/** The lines of one metric in one scope. */
export class MetricSeries {
  readonly scope: PointScope;
  readonly key: string;
  /** Counts changes. */
  version = 0;
  error: Error | undefined;
  readonly #series = new Map<string, Series>();
  /** Those that have changed since they were asked for. */
  readonly #old = new Set<string>();
  readonly #asked = new Set<string>();
  readonly #listeners = new Set<() => void>();

  constructor(scope: PointScope, key: string) {
    this.scope = scope;
    this.key = key;
  }

  /** Undefined until it has come; without points when the run has none. */
  of(runId: string): Series | undefined {
    return this.#series.get(runId);
  }

  get used(): boolean {
    return this.#listeners.size > 0;
  }

  /** @param fresh read again what has changed as well */
  ask(runIds: readonly string[], fresh: boolean): void {
    if (this.error) return;
    const missing = runIds.filter(
      (id) => !this.#asked.has(id) && (!this.#series.has(id) || (fresh && this.#old.has(id))),
    );
    for (const id of missing) {
      this.#asked.add(id);
      this.#old.delete(id);
    }
    if (missing.length > 0) enqueue(this, missing);
  }

  retry(): void {
    this.error = undefined;
    this.#changed();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  take(runIds: readonly string[], found: ReadonlyMap<string, Series>): void {
    for (const id of runIds) {
      this.#asked.delete(id);
      this.#series.set(id, found.get(id) ?? seriesOf({}));
    }
    this.#changed();
  }

  fail(runIds: readonly string[], error: Error): void {
    for (const id of runIds) {
      this.#asked.delete(id);
      this.#old.add(id);
    }
    this.error = error;
    this.#changed();
  }

  /** Of the runs of a change those that are held here are old. After a failure a change is another try as well. */
  outdate(runs: ChangedRuns): void {
    const known = runs === 'all' ? [...this.#series.keys()] : runs.filter((id) => this.#series.has(id));
    const asked = runs === 'all' ? [...this.#asked] : runs.filter((id) => this.#asked.has(id));
    for (const id of [...known, ...asked]) this.#old.add(id);
    if (known.length + asked.length === 0 && !this.error) return;
    this.error = undefined;
    this.#changed();
  }

  #changed(): void {
    this.version++;
    for (const listener of this.#listeners) listener();
  }
}

/** By scope and metric, that used last at the end. */
const held = new Map<string, MetricSeries>();

export function metricSeries(scope: PointScope, key: string): MetricSeries {
  const name = JSON.stringify([scope, key]);
  const one = held.get(name) ?? new MetricSeries(scope, key);
  held.delete(name);
  held.set(name, one);
  const unused = [...held].filter(([, { used }]) => !used);
  // What was just asked for is not used yet.
  for (const [old] of unused.slice(0, Math.max(0, unused.length - mostUnused))) held.delete(old);
  return one;
}

onChangedRuns((runs) => {
  for (const one of held.values()) one.outdate(runs);
});

const waiting = new Map<MetricSeries, Set<string>>();

function enqueue(series: MetricSeries, runIds: readonly string[]): void {
  if (waiting.size === 0) setTimeout(flush);
  const ids = waiting.get(series) ?? new Set();
  waiting.set(series, ids);
  for (const id of runIds) ids.add(id);
}

/** Metrics of one scope that want the same runs go together. */
function flush(): void {
  const asks = [...waiting];
  waiting.clear();
  const alike = Map.groupBy(asks, ([{ scope }, ids]) => JSON.stringify([scope, ...ids]));
  for (const together of alike.values()) {
    const ids = [...(together[0]?.[1] ?? [])];
    const metrics = together.map(([one]) => one);
    for (let run = 0; run < ids.length; run += mostRunsAsked) {
      const part = ids.slice(run, run + mostRunsAsked);
      const most = mostPointsOfCall / (part.length * (metrics[0]?.scope.mostPoints ?? 1));
      const keys = Math.max(1, Math.min(mostKeys, Math.floor(most)));
      for (let at = 0; at < metrics.length; at += keys) void load(metrics.slice(at, at + keys), part);
    }
  }
}

async function load(metrics: readonly MetricSeries[], runIds: readonly string[]): Promise<void> {
  const [{ scope } = { scope: undefined }] = metrics;
  if (!scope) return;
  const question = pointQuestion(
    scope,
    runIds,
    metrics.map(({ key }) => key),
  );
  try {
    // Through the query client, which tries again while the server cannot be reached.
    const lines = await queryClient.query({
      queryKey: ['many series', question],
      queryFn: async ({ signal }) => (await call(searchMetricSeries, question, signal)).lines ?? [],
      staleTime: 0,
      gcTime: 0,
    });
    const byKey = Map.groupBy(lines, ({ key }) => key);
    for (const one of metrics) {
      const own = byKey.get(one.key) ?? [];
      one.take(runIds, new Map(own.map((line) => [line.run_id ?? '', seriesOf(line)])));
    }
  } catch (error) {
    for (const one of metrics) one.fail(runIds, error instanceof Error ? error : new Error(String(error)));
  }
}
