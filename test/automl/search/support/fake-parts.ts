/** A search without Python: trials that do what their params say. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { refitOf } from '../../../../src/automl/combination.ts';
import type { SearchParts } from '../../../../src/automl/engine/parts.ts';
import type { FinishedTrial, ProblemKind } from '../../../../src/automl/problem.ts';
import type { NotebookEnd, NotebookRun, Proposal, Searcher } from '../../../../src/automl/worker/worker.ts';
import { logBatch } from '../../../../src/protocol/runs.ts';
import { call } from '../../../../src/sdk/call.ts';
import { settingsOf } from '../../../../src/sdk/settings.ts';
import type { Alert, DataProfile } from '../../../../src/protocol/automl-record.ts';

/** `score`: ends with it after `ms`; `fails`: so often in a row; `hangs`: is never heard of again; `early`: logs its score before `ms`. */
type Params = Proposal['params'];

export interface Fake {
  /** What is tried first; the baseline goes before. */
  readonly portfolio?: readonly Proposal[];
  /** What the optimiser proposes, in order; when there is no more, it waits. */
  readonly proposals?: readonly Proposal[];
  readonly ensembles?: readonly Params[];
  /** Of what it is a refit without a score. */
  readonly final?: Params;
  /** The notebook of the test fails once it has logged the scores of so many. */
  readonly testFailsAfter?: number;
  /** What no model does. */
  readonly shortcoming?: string;
  /** What the data is told of. */
  readonly alerts?: readonly Alert[];
  /** Milliseconds that it takes to prepare the data. */
  readonly preparing?: number;
}

export interface FakeParts extends SearchParts {
  /** What the optimiser was told, as `estimator value`. */
  readonly told: string[];
  readonly benched: string[];
  readonly prepared: string[];
  /** Notebooks, in the order in which they began. */
  readonly ran: string[];
}

const profile: DataProfile = {
  kind: 'tabular',
  rows: 100,
  columns: [
    { name: 'x', type: 'double', semantic: 'numeric', missing: 0, unique: 100, used: true, examples: ['1'] },
    { name: 'y', type: 'double', semantic: 'numeric', missing: 0, unique: 100, used: false, examples: ['1'] },
  ],
  alerts: [{ name: 'leak', severity: 'high', message: "'x' alone predicts the target.", columns: ['x'] }],
  data_hash: 'abc123',
  target: { kind: 'number', min: 0, max: 1, mean: 0.5 },
  development_rows: 80,
  test_rows: 20,
  validation: { kind: 'folds', folds: 5 },
};

export function fakeParts(fake: Fake = {}): FakeParts {
  const told: string[] = [];
  const benched: string[] = [];
  const prepared: string[] = [];
  const ran: string[] = [];
  return {
    told,
    benched,
    prepared,
    ran,
    python: () => Promise.resolve('python'),
    problem: () => problemOf(fake),
    async prepare(_, { folder, onProgress, signal }) {
      onProgress('Reading');
      signal?.throwIfAborted();
      const stopped = new Promise<void>((_resolve, reject) =>
        signal?.addEventListener('abort', () => reject(new Error('asked to stop'))),
      );
      await Promise.race([Bun.sleep(fake.preparing ?? 0), stopped]);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'development.parquet'), 'rows');
      prepared.push(folder);
      return { ...profile, alerts: fake.alerts ?? profile.alerts };
    },
    runner: () =>
      Promise.resolve({
        run(run) {
          ran.push(run.notebook.name);
          return runFake(run);
        },
        close: () => Promise.resolve(),
      }),
    searcher: () => Promise.resolve(searcherOf(fake, told, benched)),
  };
}

function searcherOf({ proposals = [] }: Fake, told: string[], benched: string[]): Searcher {
  const waiting = [...proposals];
  return {
    ask: () => Promise.resolve(waiting.shift()),
    tell({ estimator }, value) {
      told.push(`${estimator} ${value ?? 'failed'}`);
      return Promise.resolve();
    },
    bench(estimator) {
      benched.push(estimator);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}

function problemOf({ portfolio = [], ensembles = [], final, shortcoming, testFailsAfter }: Fake): ProblemKind {
  const notebook = (name: string, params: Params, results: readonly string[]) => ({
    name,
    cells: [{ id: 'cell', kind: 'code' as const, source: JSON.stringify(params) }],
    results,
  });
  return {
    imports: [],
    frameworkOf: () => 'sklearn',
    portfolio: () => [
      { estimator: 'DummyRegressor', params: { score: 0 }, kind: 'baseline' },
      ...portfolio.map((one) => ({ ...one, kind: 'portfolio' as const })),
    ],
    space: () => ({ Ridge: { alpha: { type: 'float', low: 0, high: 1 } } }),
    trialNotebook: ({ name, params }) => notebook(name, params, ['metrics']),
    ensembles: (trials) => ensembles.map((params) => plan('blend', 'blend', params, trials.slice(0, 2))),
    finalPlan(best) {
      if (!final || best.kind === 'final') return undefined;
      return plan(refitOf(best)?.name ?? '', 'final', { score: best.validation, ...final, refit_of: best.runId }, [
        best,
      ]);
    },
    testNotebook(trials) {
      const tested = trials.filter(({ kind }) => kind !== 'final').map(({ runId }) => runId);
      const how: Params = testFailsAfter === undefined ? {} : { fails: true, logs: testFailsAfter };
      return notebook('test', { tested: tested.join(' '), ...how }, ['scores']);
    },
    shortcoming: () => shortcoming,
    explorationNotebook: () => notebook('data-exploration', {}, []),
    inferenceNotebooks: (modelUri) => [notebook('batch', { modelUri }, [])],
  };
}

function plan(name: string, kind: 'blend' | 'final', params: Params, bases: readonly FinishedTrial[]) {
  return { name, kind, framework: 'sklearn' as const, estimator: 'VotingRegressor', params, bases };
}

/** As a notebook that is stopped leaves it: hundreds of lines. */
const interrupted = `KeyboardInterrupt\nCell In[7], line 3\n${'  File urllib3/connection.py\n'.repeat(200)}`;

async function runFake({
  notebook,
  environment,
  signal,
  deadline,
  threads,
  memory,
}: NotebookRun): Promise<NotebookEnd> {
  const params = JSON.parse(notebook.cells[0]?.source ?? '{}') as Params;
  const { promise: over, resolve } = Promise.withResolvers<void>();
  signal?.addEventListener('abort', () => resolve());
  const begun = Date.now();
  if (params['hangs'] === true) await new Promise(() => undefined);
  const log = async (value: number, key = 'val_r2_score', run = environment['MLFLOW_RUN_ID'] ?? ''): Promise<void> => {
    // As a notebook does by mlflow.
    const point = { key, value, timestamp: Date.now() };
    const base = params['refit_of'];
    const logged = typeof base === 'string' ? [{ key: 'refit_of', value: base }] : [];
    await call(settingsOf(), logBatch, {
      run_id: run,
      metrics: [point],
      params: logged,
    });
  };
  if (params['early'] === true) await log(Number(params['score']));
  const late = Bun.sleep(Math.max(deadline - begun, 0)).then(() => 'timeout' as const);
  const work = Bun.sleep(Number(params['ms'] ?? 0)).then(() => 'finished' as const);
  const status = signal?.aborted ? 'killed' : await Promise.race([work, late, over.then(() => 'killed' as const)]);
  const { score, tested } = params;
  const metrics = { val_r2_score: score, fit_seconds: 0.01, predict_ms_per_row: 0.1, model_size_bytes: 1000 };
  const scores = Object.fromEntries(
    String(tested)
      .split(' ')
      .map((id) => [id, { test_r2_score: 0.4 }]),
  );
  for (const id of Object.keys(scores).slice(0, Number(params['logs'] ?? 0))) await log(0.4, 'test_r2_score', id);
  const failed = status === 'finished' && params['fails'] === true;
  if (status === 'finished' && !failed && typeof score === 'number') await log(score);
  return {
    status: failed ? 'error' : status,
    message: failed ? 'ValueError: this one fails' : status === 'finished' ? '' : 'Its time was up.',
    traceback: failed ? 'Traceback: this one fails' : status === 'finished' ? '' : interrupted,
    results: status === 'finished' && !failed ? { metrics, scores } : {},
    text: JSON.stringify({ cells: [], ran: notebook.name, threads, memory, tested }),
    seconds: (Date.now() - begun) / 1000,
    cpuSeconds: 0,
    peakBytes: 0,
  };
}
