/** What the pages of endpoints read. Everything of one has a key that starts with `['endpoint', name]`. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import {
  type endpoint,
  getEndpoint,
  getEndpointMetrics,
  listEndpointCaptures,
  listEndpoints,
  type endpointStates,
  type envManagers,
  type servedModelStates,
} from '../../../src/protocol/endpoints.ts';
import type { Encoded } from '../../../src/protocol/schema.ts';
import { call } from './client.ts';

export type EndpointState = (typeof endpointStates)[number];
export type ServedModelState = (typeof servedModelStates)[number];
export type EnvManager = (typeof envManagers)[number];

export interface ServedModel {
  /** `models:/churn/3` or `models:/churn@champion`. */
  readonly model_uri: string;
  readonly traffic_percentage: number;
  readonly model_name: string;
  /** Absent where the alias names none. */
  readonly version?: string;
  readonly state: ServedModelState;
  readonly message?: string;
  readonly restarts?: number;
}

export interface ServingModel {
  readonly model_uri: string;
  readonly model_name: string;
  readonly version: string;
  readonly traffic_percentage: number;
}

export interface RecentCounts {
  readonly requests: number;
  readonly errors: number;
  readonly p50_ms?: number;
  readonly p95_ms?: number;
}

export interface Endpoint {
  readonly name: string;
  readonly description?: string;
  readonly state: EndpointState;
  readonly message?: string;
  readonly invocations_path: string;
  readonly creation_time: number;
  readonly last_update_time: number;
  /** Those that are wanted. */
  readonly served_models: readonly ServedModel[];
  /** Those that answer. */
  readonly serving: readonly ServingModel[];
  readonly env_manager: EnvManager;
  readonly workers: number;
  readonly timeout_seconds: number;
  readonly capture_sample_rate?: number;
  readonly capture_max_bytes?: number;
  readonly capture_run_id?: string;
  readonly last_hour?: RecentCounts;
}

function wholeEndpoint(answer: Encoded<typeof endpoint> = {}): Endpoint {
  const { served_models: wanted = [], serving = [], ...rest } = answer;
  return { ...rest, served_models: wanted, serving } as unknown as Endpoint;
}

/** All of them; with a model's name those that serve, or want to serve, a version of it. */
export function endpointList(model?: string) {
  return queryOptions({
    queryKey: ['endpoints', 'list', model ?? ''],
    queryFn: async ({ signal }) => {
      const question = model === undefined ? {} : { model_name: model };
      return ((await call(listEndpoints, question, signal)).endpoints ?? []).map(wholeEndpoint);
    },
  });
}

export function endpointNamed(name: string) {
  return queryOptions({
    queryKey: ['endpoint', name, 'config'],
    queryFn: async ({ signal }) => wholeEndpoint((await call(getEndpoint, { name }, signal)).endpoint),
  });
}

export interface Counts {
  readonly requests: number;
  readonly errors: number;
  readonly mean_ms?: number;
  readonly p50_ms?: number;
  readonly p95_ms?: number;
  readonly p99_ms?: number;
}

export interface CountsOfStep extends Counts {
  readonly time: number;
  readonly by_model?: Readonly<Record<string, number>>;
}

export interface EndpointMetrics {
  readonly from: number;
  readonly to: number;
  readonly step_minutes: number;
  readonly total: Counts;
  /** Steps without a request have none. */
  readonly points: readonly CountsOfStep[];
  readonly by_status: readonly { readonly status: number; readonly requests: number }[];
  readonly by_model: readonly (Counts & { readonly model_uri: string })[];
}

const minute = 60_000;
const byVersion = new Intl.Collator(undefined, { numeric: true });

export function endpointMetrics(name: string, hours: number) {
  return queryOptions({
    queryKey: ['endpoint', name, 'metrics', hours],
    // The hours move on though nothing happens.
    refetchInterval: minute,
    queryFn: async ({ signal }) => {
      const to = Date.now();
      const answer = await call(getEndpointMetrics, { name, from: to - hours * 60 * minute, to }, signal);
      const { total, points = [], by_status = [], by_model = [] } = answer;
      return {
        ...answer,
        total: { requests: 0, errors: 0, ...total },
        points,
        by_status,
        // In an order of their own, so that each keeps its colour.
        by_model: by_model.toSorted((a, b) => byVersion.compare(a.model_uri ?? '', b.model_uri ?? '')),
      } as unknown as EndpointMetrics;
    },
  });
}

export interface Capture {
  readonly id: string;
  readonly time: number;
  readonly model_uri?: string;
  readonly status: number;
  readonly latency_ms: number;
  readonly content_type?: string;
  /** JSON where it was, else text. */
  readonly request: unknown;
  readonly response: unknown;
}

export interface CapturePage {
  readonly runId: string | undefined;
  readonly experimentId: string | undefined;
  readonly path: string | undefined;
  readonly bytes: number;
  readonly captures: readonly Capture[];
  readonly next: string | undefined;
}

/** Newest first. */
export function endpointCaptures(name: string) {
  return infiniteQueryOptions({
    queryKey: ['endpoint', name, 'captures'],
    initialPageParam: '',
    getNextPageParam: ({ next }: CapturePage) => next,
    queryFn: async ({ pageParam, signal }): Promise<CapturePage> => {
      const page = pageParam === '' ? {} : { page_token: pageParam };
      const answer = await call(listEndpointCaptures, { name, max_results: 50, ...page }, signal);
      return {
        runId: answer.run_id,
        experimentId: answer.experiment_id,
        path: answer.artifact_path,
        bytes: Number(answer.bytes ?? 0),
        captures: (answer.captures ?? []) as unknown as readonly Capture[],
        next: answer.next_page_token === '' ? undefined : answer.next_page_token,
      };
    },
  });
}
