/** Counts by minute, put together for charts. */
import type { getEndpointMetrics } from '../protocol/endpoints.ts';
import { invalidParameter } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import type { Encoded, Int64 } from '../protocol/schema.ts';
import type { Database } from '../database/database.ts';
import { addAll, quantile, rounded, type Latencies } from './latencies.ts';
import { minutesOf, type MinuteCount } from './minute-store.ts';
import { minuteMs } from './request-counts.ts';

export interface MetricsWindow {
  readonly from?: Int64 | undefined;
  readonly to?: Int64 | undefined;
  readonly step_minutes?: number | undefined;
}

const usualWindow = 3_600_000;
const usualPoints = 120;
const mostPoints = 2000;
/** Steps that people think in. */
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440];

export async function metricsOf(
  database: Database,
  endpoint: number,
  window: MetricsWindow,
): Promise<Encoded<(typeof getEndpointMetrics)['response']>> {
  const to = Number(window.to ?? Date.now());
  const from = Number(window.from ?? to - usualWindow);
  if (from >= to) throw invalidParameter('`from` must be before `to`; both are milliseconds since 1970.');
  const minutes = Math.ceil((to - from) / minuteMs);
  const step = window.step_minutes ?? steps.find((one) => minutes / one <= usualPoints) ?? 1440;
  if (step < 1 || step > 1440) throw invalidParameter(`step_minutes is from 1 to 1440, not ${step}.`);
  if (Math.min(minutes, limits.endpointMetricDays * 1440) / step > mostPoints) {
    throw invalidParameter(`These are more than ${mostPoints} points. Give a larger step_minutes, or less time.`);
  }
  // Whole steps, so that the points of one call are those of the next.
  const first = Math.floor(from / minuteMs / step) * step;
  const counts = await database.read((reader) => minutesOf(reader, endpoint, first, Math.ceil(to / minuteMs)));
  const byTime = Map.groupBy(counts, ({ minute }) => Math.floor(minute / step) * step);
  return {
    from: first * minuteMs,
    to,
    step_minutes: step,
    total: summaryOf(counts),
    points: [...byTime].map(([minute, some]) => ({
      time: minute * minuteMs,
      ...summaryOf(some),
      by_status: sumsBy(some, ({ status }) => String(status)),
      by_model: sumsBy(some, ({ model }) => model),
    })),
    by_status: Object.entries(sumsBy(counts, ({ status }) => String(status))).map(([status, requests]) => ({
      status: Number(status),
      requests,
    })),
    by_model: [...Map.groupBy(counts, ({ model }) => model)].map(([model, some]) => ({
      model_uri: model,
      ...summaryOf(some),
    })),
  };
}

/** What a list shows of the last hour. */
export async function lastHour(database: Database, endpoint: number): Promise<ReturnType<typeof summaryOf>> {
  const now = Math.ceil(Date.now() / minuteMs);
  return summaryOf(await database.read((reader) => minutesOf(reader, endpoint, now - 60, now + 1)));
}

function summaryOf(counts: readonly MinuteCount[]) {
  const latencies: Latencies = new Map();
  let [requests, errors, answered, milliseconds] = [0, 0, 0, 0];
  for (const count of counts) {
    requests += count.requests;
    if (count.status >= 400) errors += count.requests;
    // How quickly somebody is turned away says nothing of a model.
    if (count.model === '') continue;
    addAll(latencies, count.latencies);
    answered += count.requests;
    milliseconds += count.milliseconds;
  }
  const mean = answered === 0 ? undefined : milliseconds / answered;
  return {
    requests,
    errors,
    mean_ms: mean && rounded(mean),
    p50_ms: quantile(latencies, 0.5, mean),
    p95_ms: quantile(latencies, 0.95, mean),
    p99_ms: quantile(latencies, 0.99, mean),
  };
}

function sumsBy(counts: readonly MinuteCount[], key: (count: MinuteCount) => string): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const count of counts) sums[key(count)] = (sums[key(count)] ?? 0) + count.requests;
  return sums;
}
