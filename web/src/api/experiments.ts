/** Reads and changes of experiments. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import * as experiments from '../../../src/protocol/experiments.ts';
import { searchExperimentOverview, type experimentOverview, type overviewOrders } from '../../../src/protocol/views.ts';
import type { Encoded, Sent } from '../../../src/protocol/schema.ts';
import { quoted } from './filter-text.ts';
import { call } from './client.ts';
import { queryClient } from './query-client.ts';
import { runNameOf } from './run-name.ts';

export type OverviewOrder = (typeof overviewOrders)[number];
export type OverviewQuestion = Sent<(typeof searchExperimentOverview)['request']>;

/** An experiment as the list shows it. */
export interface ListedExperiment {
  readonly id: string;
  readonly name: string;
  readonly deleted: boolean;
  readonly artifactLocation: string;
  readonly created: number;
  readonly lastActivity: number;
  readonly runs: number;
  readonly running: number;
  readonly newest: { readonly id: string; readonly name: string; readonly status: string } | undefined;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  /** Markdown; long ones are cut. */
  readonly description: string;
}

export interface ExperimentWindow {
  readonly total: number;
  readonly experiments: readonly ListedExperiment[];
}

const descriptionTag = 'mlflow.note.content';

async function fetchWindow(question: OverviewQuestion, signal: AbortSignal): Promise<ExperimentWindow> {
  const { total = 0, experiments: found = [] } = await call(searchExperimentOverview, question, signal);
  return { total, experiments: found.map(listed) };
}

/** A window of the list, sorted and filtered by the server. */
export function overviewQuery(question: OverviewQuestion) {
  return queryOptions({
    queryKey: ['experiments', 'overview', question],
    queryFn: ({ signal }) => fetchWindow(question, signal),
  });
}

/** The start of the list and, above it, the starred ones: one answer, so that none is in both. */
export function overviewHeadQuery(stars: OverviewQuestion | undefined, rest: OverviewQuestion) {
  return queryOptions({
    queryKey: ['experiments', 'head', stars ?? null, rest],
    queryFn: async ({ signal }) => {
      const [first, others] = await Promise.all([stars && fetchWindow(stars, signal), fetchWindow(rest, signal)]);
      return { starred: first?.experiments ?? [], ...others };
    },
    placeholderData: keepPreviousData,
  });
}

function listed(one: Encoded<typeof experimentOverview>): ListedExperiment {
  const tags = (one.tags ?? []).map(({ key = '', value = '' }) => ({ key, value }));
  return {
    id: one.experiment_id ?? '',
    name: one.name ?? '',
    deleted: one.lifecycle_stage === 'deleted',
    artifactLocation: one.artifact_location ?? '',
    created: Number(one.creation_time ?? 0),
    lastActivity: Number(one.last_activity ?? 0),
    runs: one.run_count ?? 0,
    running: one.running_count ?? 0,
    newest: one.newest_run && {
      id: one.newest_run.run_id ?? '',
      name: runNameOf(one.newest_run),
      status: one.newest_run.status ?? '',
    },
    tags: tags.filter(isReadersOwn),
    description: tags.find(({ key }) => key === descriptionTag)?.value ?? '',
  };
}

/** Tags of clients and of this UI are no labels. */
function isReadersOwn({ key }: { key: string }): boolean {
  return !/^(?:mlflow|modelyard)\./.test(key);
}

/** One experiment with its whole tags. */
export function experimentQuery(id: string) {
  return queryOptions({
    queryKey: ['experiment', id],
    queryFn: async ({ signal }) => {
      const { experiment = {} } = await call(experiments.getExperiment, { experiment_id: id }, signal);
      const tags = (experiment.tags ?? []).map(({ key = '', value = '' }) => ({ key, value }));
      return {
        id,
        name: experiment.name ?? '',
        deleted: experiment.lifecycle_stage === 'deleted',
        artifactLocation: experiment.artifact_location ?? '',
        created: Number(experiment.creation_time ?? 0),
        tags: tags.filter(isReadersOwn),
        /** What this UI keeps for everyone, such as views. */
        kept: tags.filter(({ key }) => key.startsWith('modelyard.')),
        description: tags.find(({ key }) => key === descriptionTag)?.value ?? '',
      };
    },
  });
}

/** Whether a name is in use, also by a deleted experiment. */
export async function isNameTaken(name: string, signal: AbortSignal): Promise<boolean> {
  const question = { filter: `name = ${quoted(name)}`, view_type: 'ALL', max_results: 1 } as const;
  const { total = 0 } = await call(searchExperimentOverview, question, signal);
  return total > 0;
}

async function changed<T>(answer: Promise<T>): Promise<T> {
  const result = await answer;
  void queryClient.invalidateQueries({ queryKey: ['experiments'] });
  void queryClient.invalidateQueries({ queryKey: ['experiment'] });
  return result;
}

export async function createExperiment(question: Sent<(typeof experiments.createExperiment)['request']>) {
  const { experiment_id = '' } = await changed(call(experiments.createExperiment, question));
  return experiment_id;
}

export function renameExperiment(id: string, name: string): Promise<unknown> {
  return changed(call(experiments.updateExperiment, { experiment_id: id, new_name: name }));
}

export function deleteExperiments(ids: readonly string[]): Promise<unknown> {
  return changed(Promise.all(ids.map((id) => call(experiments.deleteExperiment, { experiment_id: id }))));
}

export function restoreExperiments(ids: readonly string[]): Promise<unknown> {
  return changed(Promise.all(ids.map((id) => call(experiments.restoreExperiment, { experiment_id: id }))));
}

export function setExperimentTag(id: string, key: string, value: string): Promise<unknown> {
  return changed(call(experiments.setExperimentTag, { experiment_id: id, key, value }));
}

export function deleteExperimentTag(id: string, key: string): Promise<unknown> {
  return changed(call(experiments.deleteExperimentTag, { experiment_id: id, key }));
}

export function describeExperiment(id: string, description: string): Promise<unknown> {
  return setExperimentTag(id, descriptionTag, description);
}
