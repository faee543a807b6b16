/** Searches of AutoML as the engine leaves them, made by hand: any state can be shown. */
import type { AutomlConfig } from '../../../src/protocol/automl-config.ts';
import type { Plot } from '../../../src/protocol/automl-plots.ts';
import {
  automlTags,
  bestMetric,
  metricNameOf,
  searchFiles,
  trialFiles,
  type AutomlPhase,
  type DataProfile,
  type TrialFailure,
  type TrialKind,
} from '../../../src/protocol/automl-record.ts';
import { isBetter } from '../../../src/protocol/automl-leaderboard.ts';
import { checkedConfig, type AutomlRequest } from '../../../src/protocol/automl-config-check.ts';
import { Api } from '../../support/api.ts';
import type { TestServer } from '../../support/start-server.ts';
import { pixel, upload } from './seed.ts';

export interface TrialWish {
  readonly name: string;
  readonly kind?: TrialKind;
  readonly framework?: string;
  readonly estimator?: string;
  /** Of the metric that was asked for. Absent: it runs, or it failed. */
  readonly validation?: number;
  readonly test?: number;
  readonly failure?: TrialFailure;
  readonly message?: string;
  readonly params?: Readonly<Record<string, string>>;
}

export interface SearchWish {
  readonly experiment: string;
  readonly name: string;
  readonly config: AutomlRequest;
  readonly phase: AutomlPhase;
  /** Milliseconds since 1970. */
  readonly started: number;
  readonly message?: string;
  readonly warnings?: readonly string[];
  readonly trials: readonly TrialWish[];
  readonly profile?: DataProfile;
}

export interface LoggedSearch {
  readonly runId: string;
  readonly config: AutomlConfig;
  /** By name. */
  readonly trials: ReadonlyMap<string, string>;
}

const trialMs = 3500;
const over: readonly AutomlPhase[] = ['finished', 'stopped', 'failed'];

type Server = Pick<TestServer, 'url'>;

/** Logs a search with its trials, their notebooks and plots. */
export async function logSearch(server: Server, wish: SearchWish): Promise<LoggedSearch> {
  const api = new Api(server);
  const { experiment, name, phase, started } = wish;
  const config = checkedConfig(wish.config);
  const ended = over.includes(phase);
  const runId = await api.createRun({
    experiment_id: experiment,
    run_name: name,
    start_time: started,
    tags: tagsOf({
      [automlTags.role]: 'search',
      [automlTags.config]: JSON.stringify(config),
      [automlTags.phase]: phase,
      [automlTags.deadline]: String(started + config.timeout_seconds * 1000),
      [automlTags.heartbeat]: String(Date.now()),
      ...(wish.message !== undefined && { [automlTags.message]: wish.message }),
      ...(wish.warnings && { [automlTags.warning]: wish.warnings.join('\n') }),
    }),
  });
  if (wish.profile) await upload(server, runId, searchFiles.profile, JSON.stringify(wish.profile));
  await upload(server, runId, searchFiles.explorationNotebook, notebookOf('Data exploration'));
  const trials = new Map<string, string>();
  for (const [i, trial] of wish.trials.entries())
    trials.set(trial.name, await logTrial(server, { search: runId, experiment, config, started }, i + 1, trial));
  const best = await noteBest(api, runId, config, wish.trials, trials);
  if (ended) {
    const status = phase === 'failed' ? 'FAILED' : 'FINISHED';
    const end_time = started + wish.trials.length * trialMs + 4000;
    if (best !== undefined)
      await upload(server, runId, `${searchFiles.inference}/batch.ipynb`, notebookOf('Predict a table'));
    await api.post('runs/update', { run_id: runId, status, end_time });
  }
  return { runId, config, trials };
}

interface SearchAt {
  readonly search: string;
  readonly experiment: string;
  readonly config: AutomlConfig;
  readonly started: number;
}

/** @param number from 1 on */
export async function logTrial(server: Server, at: SearchAt, number: number, trial: TrialWish): Promise<string> {
  const api = new Api(server);
  const { experiment, search } = at;
  const { name, kind = 'search', framework = 'lightgbm', estimator = 'LGBMClassifier', failure, validation } = trial;
  const started = at.started + (number - 1) * trialMs;
  const run = await api.createRun({
    experiment_id: experiment,
    run_name: name,
    start_time: started,
    tags: tagsOf({
      'mlflow.parentRunId': search,
      [automlTags.role]: 'trial',
      [automlTags.number]: String(number),
      [automlTags.kind]: kind,
      [automlTags.framework]: framework,
      [automlTags.estimator]: estimator,
      ...(validation !== undefined && { 'mlflow.log-model.history': JSON.stringify([{ artifact_path: 'model' }]) }),
    }),
  });
  const params = trial.params ?? { learning_rate: '0.07', num_leaves: String(8 + number) };
  await api.post('runs/log-batch', {
    run_id: run,
    params: Object.entries(params).map(([key, value]) => ({ key, value })),
  });
  if (failure !== undefined) {
    await failTrial(server, run, failure, trial.message ?? '', started + 1500);
  } else if (validation !== undefined) {
    await finishTrial(server, at, run, { ...trial, validation }, started + 3000, number);
  }
  return run;
}

/** As the engine does with one whose notebook failed. */
export async function failTrial(
  server: Server,
  run: string,
  failure: TrialFailure,
  message: string,
  ended = Date.now(),
): Promise<void> {
  const trace = `Traceback (most recent call last):\n  cell 5\n\u001b[31mValueError\u001b[0m: ${message}`;
  await upload(server, run, trialFiles.error, trace);
  await setTag(server, run, automlTags.failure, failure);
  await setTag(server, run, automlTags.message, message);
  await new Api(server).post('runs/update', { run_id: run, status: 'FAILED', end_time: ended });
}

/** What the notebook of a trial logs at its end. */
export async function finishTrial(
  server: Server,
  { config }: SearchAt,
  run: string,
  { name, validation, test }: TrialWish & { readonly validation: number },
  ended: number,
  number: number,
): Promise<void> {
  const api = new Api(server);
  const metric = (part: 'training' | 'val' | 'test') => metricNameOf(config, part);
  const values = {
    [metric('training')]: validation + 0.02,
    [metric('val')]: validation,
    ...(test !== undefined && { [metric('test')]: test }),
    fit_seconds: 0.4 + number / 10,
    predict_ms_per_row: 0.012 + number / 1000,
    model_size_bytes: 240_000 + number * 40_000,
    trial_seconds: 1.9,
  };
  const metrics = Object.entries(values).map(([key, value]) => ({ key, value, timestamp: ended, step: 0 }));
  await api.post('runs/log-batch', { run_id: run, metrics });
  await upload(server, run, `${name}.ipynb`, notebookOf(name));
  for (const [plot, numbers] of Object.entries(plots)) {
    await upload(server, run, `plots/${plot}.json`, JSON.stringify(numbers));
  }
  await upload(server, run, 'plots/tree.png', pixel);
  await api.post('runs/update', { run_id: run, status: 'FINISHED', end_time: ended });
}

/** Sets the best value so far and its trial, as the engine does when a trial ends. */
async function noteBest(
  api: Api,
  search: string,
  config: AutomlConfig,
  trials: readonly TrialWish[],
  runs: ReadonlyMap<string, string>,
): Promise<string | undefined> {
  let best: { name: string; value: number } | undefined;
  for (const [i, { name, validation }] of trials.entries()) {
    if (validation === undefined || (best && !isBetter(validation, best.value, config))) continue;
    best = { name, value: validation };
    const metrics = [{ key: bestMetric, value: validation, timestamp: Date.now(), step: i + 1 }];
    await api.post('runs/log-batch', { run_id: search, metrics });
  }
  const run = best && runs.get(best.name);
  if (run !== undefined) await api.post('runs/set-tag', { run_id: search, key: automlTags.best, value: run });
  return run;
}

export async function setTag(server: Server, run: string, key: string, value: string): Promise<void> {
  await new Api(server).post('runs/set-tag', { run_id: run, key, value });
}

function tagsOf(tags: Readonly<Record<string, string>>): { key: string; value: string }[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}

function notebookOf(title: string): string {
  const output = { output_type: 'stream', name: 'stdout', text: [`${title}: rows 768\n`] };
  // As pandas and scikit-learn show things: with what no page of ours lets in.
  const html = '<style>td > b {}</style><table style="color: red"><td onclick="copy()">0.5</td></table>';
  const table = { output_type: 'display_data', metadata: {}, data: { 'text/html': [html] } };
  const cell = {
    cell_type: 'code',
    metadata: {},
    execution_count: 1,
    source: ['print(len(train))'],
    outputs: [output, table],
  };
  const head = { cell_type: 'markdown', metadata: {}, source: [`# ${title}\n`] };
  return JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [head, cell] });
}

const steps = Array.from({ length: 41 }, (_, i) => i / 40);

const plots: Readonly<Record<string, Plot>> = {
  importance: {
    kind: 'bars',
    x: 'Decrease of ROC AUC',
    bars: { glucose: 0.112, bmi: 0.041, age: 0.037, pedigree: 0.012, insulin: -0.002 },
  },
  roc: {
    kind: 'lines',
    x: 'False positive rate',
    y: 'True positive rate',
    lines: { 'ROC (AUC 0.84)': { x: steps, y: steps.map((x) => x ** 0.25) }, chance: { x: [0, 1], y: [0, 1] } },
  },
  confusion_matrix: {
    kind: 'matrix',
    x: 'Predicted',
    y: 'Actual',
    rows: ['neg', 'pos'],
    columns: ['neg', 'pos'],
    values: [
      [431, 69],
      [98, 170],
    ],
  },
  calibration: {
    kind: 'points',
    x: 'Mean predicted probability',
    y: 'Share of positives',
    points: { x: steps, y: steps.map((x) => x * 0.9 + 0.04) },
  },
};

export const profile: DataProfile = {
  kind: 'tabular',
  // 32 of them have no target.
  rows: 800,
  data_hash: '3f1c9d0b7a62e5d4c8b1',
  development_rows: 614,
  test_rows: 154,
  validation: { kind: 'folds', folds: 5 },
  target: { kind: 'binary', classes: ['neg', 'pos'], counts: [500, 268], positive: 'pos' },
  alerts: [
    {
      name: 'imbalance',
      severity: 'low',
      message: 'Of the two classes neg has 65 % of the rows.',
      columns: ['diabetes'],
    },
    {
      name: 'leak',
      severity: 'high',
      message: 'diagnosis_code alone tells the target almost without error: does it hold what is to be predicted?',
      columns: ['diagnosis_code'],
    },
    { name: 'missing', severity: 'medium', message: 'Half of the values are missing.', columns: ['insulin'] },
    {
      name: 'unique',
      severity: 'low',
      message: 'Each row has another value, so that it says nothing.',
      columns: ['id'],
    },
  ],
  columns: [
    column('id', 'int64', 'categorical', 0, 768, ['1', '2', '3'], 'each row has another value'),
    column('glucose', 'double', 'numeric', 5, 136, ['148', '85', '183']),
    column('insulin', 'double', 'numeric', 374, 186, ['0', '94', '168']),
    column('bmi', 'double', 'numeric', 11, 248, ['33.6', '26.6', '23.3']),
    column('age', 'int64', 'numeric', 0, 52, ['50', '31', '32']),
    column('visited', 'string', 'datetime', 0, 640, ['2024-03-01', '2024-03-04']),
    column('note', 'string', 'text', 12, 700, ['came with a headache', 'second visit, better now']),
    { ...column('diabetes', 'string', 'categorical', 0, 2, ['neg', 'pos']), used: false },
  ],
};

function column(
  name: string,
  type: string,
  semantic: 'numeric' | 'boolean' | 'categorical' | 'text' | 'datetime',
  missing: number,
  unique: number,
  examples: readonly string[],
  reason?: string,
): DataProfile['columns'][number] {
  const numbers = semantic === 'numeric' ? { min: 0, max: 199, mean: 94.4 } : {};
  return { name, type, semantic, missing, unique, examples, used: reason === undefined, reason, ...numbers };
}
