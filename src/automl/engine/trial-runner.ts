/** Runs one trial: its child run, its notebook in a process of its own, what it left. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { automlTags, costMetrics, metricNameOf, trialFiles, type TrialFailure } from '../../protocol/automl-record.ts';
import { notebookText } from '../../models/notebook/notebook.ts';
import type { CellTag, Notebook } from '../notebook/cell.ts';
import type { FinishedTrial, SearchContext, TrialPlan } from '../problem.ts';
import type { NotebookEnd, NotebookRunner } from '../worker/worker.ts';
import type { TrialEnd } from './events.ts';
import { within } from './within.ts';
import type { StoredRun, TrackingStore } from './tracking-store.ts';

export interface Workshop {
  readonly context: SearchContext;
  readonly store: TrackingStore;
  readonly runner: NotebookRunner;
  /** Of the search, below which each notebook gets a folder of its own. */
  readonly folder: string;
  /** Of each notebook. */
  readonly environment: Readonly<Record<string, string>>;
  /** Bytes of each. */
  readonly memory: number;
}

export interface TrialLimits {
  /** Milliseconds since 1970. */
  readonly deadline: number;
  /** Milliseconds that it may take once it runs. */
  readonly most?: number | undefined;
  /** Ends it early. */
  readonly signal: AbortSignal;
}

/** A process that was asked to end has so long before it is killed, and is then told of. */
const afterDeadline = 5000;

export async function runNotebook(
  { context, runner, folder, environment, memory }: Workshop,
  notebook: Notebook,
  runId: string,
  { deadline, most, signal }: TrialLimits,
  skip: readonly CellTag[] = ['test', 'inference'],
): Promise<NotebookEnd> {
  const place = join(folder, 'work', notebook.name);
  mkdirSync(place, { recursive: true });
  const ended = runner.run({
    notebook,
    skip,
    folder: place,
    // What a killed one leaves in its temporary folder goes with its own.
    environment: { ...environment, MLFLOW_RUN_ID: runId, TMPDIR: place },
    threads: context.threads,
    memory,
    deadline,
    most,
    signal,
  });
  try {
    return await within(ended, deadline + afterDeadline, signal, afterDeadline);
  } catch (error) {
    return noEnd(notebook, signal.aborted || Date.now() >= deadline ? 'timeout' : 'error', (error as Error).message);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function noEnd(notebook: Notebook, status: 'timeout' | 'error', message: string): NotebookEnd {
  const text = notebookText(notebook.cells);
  return { status, message, traceback: '', results: {}, text, seconds: 0, cpuSeconds: 0, peakBytes: 0 };
}

/** @throws what the server says when it cannot be told of the trial */
export async function runTrial(
  workshop: Workshop,
  plan: TrialPlan,
  notebook: Notebook,
  limits: TrialLimits,
): Promise<TrialEnd> {
  const { store, context } = workshop;
  const begun = performance.now();
  const run = await store.createRun(plan.name, {
    'mlflow.parentRunId': context.searchRunId,
    'mlflow.source.name': `Notebook: ${plan.name}`,
    'mlflow.source.type': 'NOTEBOOK',
    [automlTags.role]: 'trial',
    [automlTags.kind]: plan.kind,
    [automlTags.number]: String(plan.number),
    [automlTags.estimator]: plan.estimator,
    [automlTags.framework]: plan.framework,
    [automlTags.proposal]: JSON.stringify(plan.params),
  });
  const { runId } = run;
  const end = await runNotebook(workshop, notebook, runId, limits);
  // Without the time that Python took to be ready for the first.
  const seconds = end.seconds || (performance.now() - begun) / 1000;
  const late = end.status === 'timeout' || end.status === 'killed';
  const metrics = end.status === 'finished' ? metricsOf(end.results['metrics']) : await loggedOf(store, runId);
  const validation = metrics[nameOfValidation(context)];
  if (validation !== undefined) {
    const { bases: _, ...rest } = plan;
    const finished: FinishedTrial = { ...rest, runId, validation, metrics, seconds };
    if (end.status === 'error' || end.status === 'memory') {
      await store.tag(runId, { [automlTags.message]: `Its notebook broke off after its metrics: ${end.message}` });
      await store.upload(run, trialFiles.error, end.traceback || end.message);
    }
    await keep(store, run, notebook, end, { [costMetrics.trialSeconds]: seconds });
    await store.end(runId, 'FINISHED');
    return { plan, runId, finished };
  }
  const cutOff = end.status !== 'finished' && limits.signal.aborted;
  const failure: TrialFailure = cutOff ? 'killed' : end.status === 'finished' ? 'error' : end.status;
  const message = cutOff
    ? 'The search ended before it did.'
    : end.message || `It left no ${nameOfValidation(context)} to compare it by.`;
  await store.tag(runId, { [automlTags.failure]: failure, [automlTags.message]: message });
  await store.upload(run, trialFiles.error, late ? stoppedText(end, message) : end.traceback || message);
  await keep(store, run, notebook, end, { [costMetrics.trialSeconds]: seconds });
  await store.end(runId, cutOff ? 'KILLED' : 'FAILED');
  return { plan, runId, failure, message, cutOff };
}

/** The frames below its cell are of some library that was at work: no error. */
function stoppedText({ traceback }: NotebookEnd, message: string): string {
  const [place] = /Cell In\s?\[\d+\], line \d+/.exec(traceback) ?? [];
  return place === undefined ? message : `${message} It was at: ${place}`;
}

/** Metrics are logged after the model: with them a trial is worth keeping, though its pictures failed or were not made. */
export async function loggedOf(store: TrackingStore, runId: string): Promise<Readonly<Record<string, number>>> {
  try {
    return (await store.run(runId)).data.metrics;
  } catch {
    return {};
  }
}

async function keep(
  store: TrackingStore,
  run: StoredRun,
  { name, cells }: Notebook,
  end: NotebookEnd,
  costs: Readonly<Record<string, number>>,
): Promise<void> {
  await store.upload(run, `${name}.ipynb`, end.text || notebookText(cells));
  await store.metrics(run.runId, costs);
}

function nameOfValidation({ config }: SearchContext): string {
  return metricNameOf(config, 'val');
}

/** What is a number among what a notebook left. */
export function metricsOf(value: unknown): Readonly<Record<string, number>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, number] => Number.isFinite(entry[1])),
  );
}
