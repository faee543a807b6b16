/** A search for classes by the command line: killed in its midst, resumed, registered. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { automlPython } from '../../../src/automl/environment.ts';
import { readAutoml, type AutomlState, type AutomlTrial } from '../../../src/sdk/automl-search.ts';
import { listArtifacts, loadDict, loadText } from '../../../src/sdk/fluent-artifacts.ts';
import { searchExperiments } from '../../../src/sdk/fluent-experiments.ts';
import { setTrackingUri } from '../../../src/sdk/settings.ts';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { finished, type Finished } from '../../support/run-modelyard.ts';
import { modelyard, startServer, type TestServer } from '../../support/start-server.ts';
import { automl, automlProcess, bound, flowersFile, untilSearch, type Place } from './support/searches.ts';

const dir = freshFolder();
const data = flowersFile(dir);
const asked = ['classify', '--data', data, '--target', 'kind', '--metric', 'roc_auc', '--experiment-name', 'flowers'];
let server: TestServer;
let place: Place;
let python: string;
let killed: AutomlState;
let left: string[];
let end: Finished;
let state: AutomlState;

beforeAll(async () => {
  python = await automlPython({ onProgress: () => undefined });
  server = await startServer();
  setTrackingUri(server.url);
  place = { dir, url: server.url };
  const search = automlProcess(place, ...asked, '--timeout', '10m');
  await untilSearch('flowers', ({ leaderboard, trials }) => leaderboard.length >= 2 && trials.some(isWhole));
  search.kill('SIGKILL');
  await search.exited;
  killed = await untilSearch('flowers', () => true);
  left = await processesLeft();
  const trials = String(killed.leaderboard.length + 2);
  end = await automl(
    place,
    ...asked,
    '--resume',
    '--timeout',
    '4m',
    '--max-trials',
    trials,
    '--register',
    'May flowers',
  );
  state = await readAutoml(killed.runId);
}, 900_000);

afterAll(async () => {
  await server.stop();
  removeFolder(dir);
});

/** Has what a search writes last of a trial. */
function isWhole({ metrics }: AutomlTrial): boolean {
  return 'trial_seconds' in metrics;
}

/** Processes of the search, after a while in which all should have ended. */
async function processesLeft(): Promise<string[]> {
  let found: string[] = [];
  for (const until = Date.now() + 20_000; Date.now() < until; await Bun.sleep(100)) {
    found = readdirSync('/proc').filter(
      (pid) => /^\d+$/.test(pid) && environmentOf(pid).includes(`AUTOML_CACHE=${dir}/`),
    );
    if (found.length === 0) break;
  }
  return found;
}

function missing(wanted: readonly string[], there: readonly string[]): string[] {
  return wanted.filter((one) => !there.includes(one));
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}

test('a search that is killed takes its processes along', () => {
  expect(left).toEqual([]);
  expect(killed).toMatchObject({ status: 'RUNNING', phase: 'searching' });
});

test('goes on from its trials', () => {
  expect(end.error).toContain(`${place.url}/automl/${killed.runId}`);
  expect(end.code).toBe(0);
  expect(end.error).toMatch(/\nIt goes on from (one trial|\d+ trials) with \d.*\n/);
  expect(end.error).toMatch(/\n\S+: roc_auc 0\.\d+, the best of before\n/);
  expect(state).toMatchObject({ status: 'FINISHED', phase: 'finished', registered: 'May flowers/1' });
  const before = killed.trials.filter(isWhole).map(({ runId }) => runId);
  expect(before.length).toBeGreaterThan(0);
  expect(
    missing(
      before,
      state.leaderboard.map(({ run_id: id }) => id),
    ),
  ).toEqual([]);
  const lost = killed.trials.filter((trial) => !isWhole(trial)).map(({ runId }) => runId);
  const now = state.trials.filter(({ runId }) => lost.includes(runId));
  expect(now.map(({ status, failure }) => [status, failure])).toEqual(lost.map(() => ['KILLED', 'killed']));
});

test('runs a trial again by its run, and says so to who gives the name of its model', async () => {
  const refused = await automl(place, 'reproduce', 'xgboost-6');
  expect(refused.code).toBe(1);
  expect(refused.error).toContain(
    "there is no run xgboost-6: give what the leaderboard has under RUN, not the model's name.",
  );
});

test('runs the trial of a final model again, which measures nothing itself', async () => {
  const final = state.trials.find(({ kind, status }) => kind === 'final' && status === 'FINISHED');
  const base = state.trials.find(({ runId }) => runId === final?.params['refit_of']);
  if (!final || !base) throw new Error('there is none');
  const { code, out, error } = await automl(place, 'reproduce', final.runId);
  expect(code).toBe(0);
  const said = `The figures of ${final.name} are those of ${base.name}, which was run again. ${base.name} gives the same`;
  expect(out + error).toContain(said);
}, 180_000);

test('shows the leaderboard and how to go on', async () => {
  expect(end.out).toStartWith('#\tMODEL\tVAL ROC_AUC\tTEST\tFIT SECONDS\tMS/ROW\tSIZE BYTES\tRUN\n');
  expect(end.out.split('\n').slice(1, -1)).toHaveLength(Math.min(state.leaderboard.length, 10));
  expect(end.error).toContain("modelyard models serve -m 'models:/May flowers@champion'");
  const { out } = await automl(place, 'leaderboard', killed.runId, '--json');
  expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(state.leaderboard)));
});

test('a trial leaves its params, metrics, predictions, plots and its notebook as it ran', async () => {
  const trial = state.trials.find(({ kind, status }) => kind === 'portfolio' && status === 'FINISHED');
  if (!trial) throw new Error('there is none');
  expect(Object.keys(trial.params).length).toBeGreaterThan(0);
  expect(
    missing(
      ['training_roc_auc', 'val_roc_auc', 'val_f1_score', 'fit_seconds', 'trial_seconds'],
      Object.keys(trial.metrics),
    ),
  ).toEqual([]);
  const files = (await listArtifacts(`runs:/${trial.runId}`)).map(({ path }) => path);
  expect(missing([`${trial.name}.ipynb`, 'plots', 'predictions'], files)).toEqual([]);
  const { cells } = (await loadDict(`runs:/${trial.runId}/${trial.name}.ipynb`)) as {
    cells: { outputs?: unknown[] }[];
  };
  expect(cells.some(({ outputs = [] }) => outputs.length > 0)).toBe(true);
});

test('the search leaves the data, the exploration, the leaderboard and notebooks that predict', async () => {
  const files = (await listArtifacts(`runs:/${state.runId}`)).map(({ path }) => path);
  expect(missing(['automl', 'data', 'data-exploration.ipynb', 'inference'], files)).toEqual([]);
  expect(state.leaderboard[0]?.test).toBeNumber();
  expect(await loadText(`runs:/${state.runId}/test.ipynb`)).not.toContain('Downloading artifacts');
});

test(
  'the registered model takes raw rows',
  async () => {
    const script = `
import mlflow, pandas as pd
table = pd.read_csv(${JSON.stringify(data)})
model = mlflow.sklearn.load_model("models:/May flowers@champion")
table.loc[0, "colour"] = "never seen"
probability = model.predict_proba(table.drop(columns="kind"))
print(probability.shape, (model.predict(table.drop(columns="kind")) == table["kind"]).mean() > 0.7)
`;
    const env = { MLFLOW_TRACKING_URI: place.url };
    const { out, error } = await finished([python, '-c', script], { dir, env, limit: bound });
    expect(`${out}${out === '' ? error : ''}`).toContain('(160, 2) True');
  },
  bound,
);

test(
  'describes data, and says what is wrong with it',
  async () => {
    const described = await automl(place, 'describe', data, '--json');
    expect(JSON.parse(described.out)).toMatchObject({ columns: [{ name: 'petal', semantic: 'numeric' }, {}, {}, {}] });
    const of = ['--data', data, '--experiment-name', 'wrong'];
    for (const [told, ...order] of [
      ['regression predicts numbers', 'regress', '--target', 'colour'],
      ["No row has 'train' in the split column 'colour'", 'classify', '--target', 'kind', '--split-col', 'colour'],
      ["'rose' is no class of 'kind'", 'classify', '--target', 'kind', '--pos-label', 'rose'],
    ] as const) {
      const { code, error } = await automl(place, ...order, ...of);
      expect(code).toBe(1);
      expect(error).toContain(told);
      expect(error).not.toContain('Traceback');
      expect(error).not.toContain('Recorded at');
    }
    expect(await searchExperiments({ filter: "name = 'wrong'" })).toEqual([]);
  },
  bound,
);

test('says all that is wrong with an order at once, before anything begins', async () => {
  const { code, error } = await automl(
    place,
    'classify',
    '--data',
    data,
    '--metric',
    'rmse',
    '--exclude-frameworks',
    'torch',
  );
  expect(code).toBe(2);
  expect(error).toContain('Say which column to predict: --target.');
  const unknown = await automl(place, ...asked, '--metrik', 'f1');
  expect(unknown.error).toContain("Unknown option '--metrik'. Did you mean '--metric'?");
  const illegal = await automl(place, ...asked, '--register', 'bad/name');
  expect(illegal.code).toBe(2);
  expect(illegal.error).toContain("Invalid model name 'bad/name'");
  const missing = await automl(place, 'classify', '--data', join(dir, 'none.csv'), '--target', 'kind');
  expect([missing.code, missing.error]).toEqual([1, `modelyard: there is no file ${join(dir, 'none.csv')}\n`]);
  const away = await automl({ dir, url: 'http://127.0.0.1:9' }, ...asked);
  expect(away.error).toContain('Start one with modelyard server');
});

test(
  'a search goes on when nobody reads any more what it says',
  async () => {
    const unread = ['--experiment-name', 'unread', '--max-trials', '1', '--timeout', '4m'];
    const words = ['classify', '--data', data, '--target', 'kind', ...unread];
    await finished(['sh', '-c', '"$0" automl "$@" 2>&1 | head -1', modelyard, ...words], {
      dir,
      env: { MLFLOW_TRACKING_URI: server.url, AUTOML_CACHE: join(dir, 'cache') },
      limit: bound,
    });
    expect((await untilSearch('unread', () => true)).status).toBe('FINISHED');
  },
  bound,
);
