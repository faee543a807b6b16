/** What the pages of the model registry read. */
import { queryOptions } from '@tanstack/react-query';
import {
  compareVersions,
  getModelSummary,
  modelOrders,
  searchModelOverview,
  searchVersionTable,
} from '../../../src/protocol/registry-views.ts';
import { getFilterCheck, type JsonNumber } from '../../../src/protocol/views.ts';
import { call } from './client.ts';
import { useWindows, windowSize } from './windows.ts';

export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

export interface AliasOfVersion {
  readonly alias: string;
  readonly version: string;
}

export interface StagedVersion {
  readonly version: string;
  readonly stage: string;
}

export interface Model {
  readonly name: string;
  readonly description: string;
  readonly creation_timestamp: number;
  readonly last_updated_timestamp: number;
  readonly version_count: number;
  readonly latest_version?: string;
  readonly next_version: string;
  readonly aliases: readonly AliasOfVersion[];
  readonly stages: readonly StagedVersion[];
  readonly tags: readonly KeyValue[];
}

export interface SourceRun {
  readonly run_id: string;
  readonly run_name?: string;
  readonly experiment_id?: string;
  readonly experiment_name?: string;
  readonly lifecycle_stage?: string;
}

export interface Version {
  readonly version: string;
  readonly creation_timestamp: number;
  readonly last_updated_timestamp: number;
  readonly user_id?: string;
  readonly stage: string;
  readonly description: string;
  readonly status: 'PENDING_REGISTRATION' | 'FAILED_REGISTRATION' | 'READY';
  readonly status_message?: string;
  readonly source: string;
  readonly model_id?: string;
  readonly aliases: readonly string[];
  readonly tags: readonly KeyValue[];
  readonly run?: SourceRun;
}

export interface VersionRow extends Version {
  readonly metrics: readonly (JsonNumber | null)[];
}

export interface WholeVersion extends Version {
  readonly params: readonly KeyValue[];
  readonly metrics: readonly { readonly key: string; readonly value: JsonNumber }[];
  readonly run_tags: readonly KeyValue[];
}

export type ModelOrder = (typeof modelOrders)[number];
export { modelOrders };

export interface ModelQuestion {
  /** Exactly this name. */
  readonly name?: string;
  readonly filter: string;
  readonly text: string;
  readonly order_by: ModelOrder;
  readonly ascending: boolean;
}

export async function findModels(question: Partial<ModelQuestion>, size: number, offset = 0, signal?: AbortSignal) {
  const answer = await call(searchModelOverview, { ...question, offset, max_results: size }, signal);
  return {
    total: answer.total ?? 0,
    totalAll: answer.total_all ?? 0,
    rows: (answer.models ?? []) as unknown as readonly Model[],
  };
}

export function useModelList(question: ModelQuestion) {
  return useWindows<Model, Awaited<ReturnType<typeof findModels>>>(['models', 'list', question], (offset, signal) =>
    findModels(question, windowSize, offset, signal),
  );
}

export function modelSummary(name: string) {
  return queryOptions({
    queryKey: ['model', name, 'summary'],
    queryFn: async ({ signal }) => (await call(getModelSummary, { name }, signal)).model as unknown as Model,
  });
}

export interface VersionQuestion {
  readonly text: string;
  readonly metrics: readonly string[];
  readonly order_by: string;
  readonly ascending: boolean;
}

async function findVersions(name: string, question: VersionQuestion, offset: number, signal: AbortSignal) {
  const answer = await call(searchVersionTable, { name, ...question, offset, max_results: windowSize }, signal);
  return {
    total: answer.total ?? 0,
    totalAll: answer.total_all ?? 0,
    columns: answer.columns ?? [],
    suggested: answer.suggested ?? [],
    rows: (answer.versions ?? []) as unknown as readonly VersionRow[],
  };
}

export function useVersionList(name: string, question: VersionQuestion) {
  return useWindows<VersionRow, Awaited<ReturnType<typeof findVersions>>>(
    ['model', name, 'versions', question],
    (offset, signal) => findVersions(name, question, offset, signal),
  );
}

/** The numbers of the newest versions of a model, for a choice among them. */
export function newestVersions(name: string) {
  return queryOptions({
    queryKey: ['model', name, 'newest'],
    queryFn: async ({ signal }) => {
      const question = { text: '', metrics: [], order_by: 'version', ascending: false };
      return (await findVersions(name, question, 0, signal)).rows.map(({ version }) => version);
    },
  });
}

/** The model of exactly this name; null when there is none, which is no error where a new name is typed. */
export function modelNamed(name: string) {
  return queryOptions({
    queryKey: ['models', 'named', name],
    queryFn: async ({ signal }) => (await findModels({ name }, 1, 0, signal)).rows[0] ?? null,
  });
}

/** Versions whole, in this order; those that are not there are left out. */
export function wholeVersions(name: string, versions: readonly string[]) {
  return queryOptions({
    queryKey: ['model', name, 'whole', versions],
    queryFn: async ({ signal }) =>
      (await call(compareVersions, { name, versions }, signal)).versions as unknown as readonly WholeVersion[],
  });
}

/** Whether a filter of the model list can be understood, and which characters cannot. */
export function modelFilterCheck(filter: string) {
  return queryOptions({
    queryKey: ['filter-check', 'registered_model', filter],
    staleTime: Infinity,
    queryFn: ({ signal }) => call(getFilterCheck, { entity: 'registered_model', filter }, signal),
  });
}
