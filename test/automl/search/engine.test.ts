/** What becomes of a search when trials fail, hang and overrun, people stop it, and the server is away. */
import { beforeAll, describe, expect, test } from 'bun:test';
import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AfterTrials } from '../../../src/automl/engine/after-trials.ts';
import { DataError } from '../../../src/automl/data/data-error.ts';
import type { SearchEnd } from '../../../src/automl/engine/search.ts';
import { openLowcode } from '../../../src/automl/lowcode/open-lowcode.ts';
import type { FinishedTrial } from '../../../src/automl/problem.ts';
import { checkedConfig } from '../../../src/protocol/automl-config-check.ts';
import { automlTags, bestMetric, type LeaderboardRow, type TrialKind } from '../../../src/protocol/automl-record.ts';
import { setTag, updateRun } from '../../../src/protocol/runs.ts';
import { registerAutoml } from '../../../src/sdk/automl-register.ts';
import { readAutoml, type AutomlState } from '../../../src/sdk/automl-search.ts';
import { extendAutoml, stopAutoml } from '../../../src/sdk/automl-wish.ts';
import { call } from '../../../src/sdk/call.ts';
import { InvalidParameterValueError } from '../../../src/sdk/errors.ts';
import { loadDict, loadText } from '../../../src/sdk/fluent-artifacts.ts';
import { getExperiment, searchExperiments } from '../../../src/sdk/fluent-experiments.ts';
import { getModelVersionByAlias } from '../../../src/sdk/fluent-registry.ts';
import { getRun } from '../../../src/sdk/fluent-runs.ts';
import { getMetricHistory, searchRuns } from '../../../src/sdk/fluent-search.ts';
import { setTrackingUri, settingsOf } from '../../../src/sdk/settings.ts';
import { cliOf } from '../../cli/support/cli.ts';
import { fragileServer } from '../../cli/support/fragile-server.ts';
import { fakeParts, type Fake, type FakeParts } from './support/fake-parts.ts';
import { begin, bound, houses, ridge, silent, type Search } from './support/fake-search.ts';
import { searchPlace } from './support/search-place.ts';

const place = searchPlace();

async function errorOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'it did not fail',
    (error: Error) => error.message,
  );
}

async function untilState(runId: string, is: (state: AutomlState) => boolean): Promise<AutomlState> {
  for (const end = Date.now() + bound; Date.now() < end; await Bun.sleep(50)) {
    const state = await readAutoml(runId);
    if (is(state)) return state;
  }
  throw new Error('it did not become so');
}

describe('a search that ends well', () => {
  let search: Search;
  let end: SearchEnd;
  let state: AutomlState;
  const tagsOf = async (runId: string) => (await getRun(runId)).data.tags;

  beforeAll(async () => {
    const fake = {
      portfolio: [ridge({ score: 0.5 }), ridge({ score: 0.3 })],
      proposals: [ridge({ score: 0.6 }), ridge({ fails: true }), ridge({ score: 0.55 })],
      ensembles: [{ score: 0.7 }],
      final: { score: 0.7 },
    };
    search = begin(fake, { max_trials: 5, parallel_trials: 3, register: 'houses', exclude_cols: ['id'] });
    end = await search.end;
    state = await readAutoml(end.runId);
  }, bound);

  test('ranks its trials, best first, with the final model before all', () => {
    const names = end.leaderboard.map(({ name, validation }) => `${name} ${validation}`);
    expect(names).toEqual([
      'final-blend-8 0.7',
      'blend-7 0.7',
      'ridge-4 0.6',
      'ridge-6 0.55',
      'ridge-2 0.5',
      'ridge-3 0.3',
      'baseline-1 0',
    ]);
    // The final model has been fitted to the test rows: its score is that of its trial.
    expect(end.leaderboard.slice(0, 2).map(({ test }) => test)).toEqual([0.4, 0.4]);
    expect(state.leaderboard.map(({ run_id: id }) => id)).toEqual(end.leaderboard.map(({ run_id: id }) => id));
  });

  test('combines before it fits to all rows, and has nothing to warn of', () => {
    expect(search.parts.ran.filter((name) => /^(blend|final)/.test(name))).toEqual(['blend-7', 'final-blend-8']);
    expect([end.warnings, state.warnings]).toEqual([[], []]);
  });

  test('leaves the leaderboard, the profile and the notebooks as files', async () => {
    const root = `runs:/${end.runId}`;
    expect(await loadDict(`${root}/automl/leaderboard.json`)).toMatchObject([
      { rank: 1, name: 'final-blend-8' },
      {},
      {},
      {},
      {},
      {},
      {},
    ]);
    expect((await loadText(`${root}/automl/leaderboard.csv`)).split('\n')[0]).toStartWith('rank,run_id,name');
    expect(await loadDict(`${root}/automl/profile.json`)).toMatchObject({ rows: 100 });
    expect(await loadText(`${root}/data/development.parquet`)).toBe('rows');
    for (const name of ['data-exploration', 'test', 'inference/batch']) {
      expect(await loadDict(`${root}/${name}.ipynb`)).toHaveProperty('cells');
    }
  });

  test('says of each trial what it was, what it cost and its rank', async () => {
    const best = end.leaderboard[2]?.run_id ?? '';
    const { data, info } = await getRun(best);
    expect(info.status).toBe('FINISHED');
    expect(data.tags).toMatchObject({
      'mlflow.parentRunId': end.runId,
      'mlflow.source.name': 'Notebook: ridge-4',
      estimator_name: 'Ridge',
      [automlTags.role]: 'trial',
      [automlTags.kind]: 'search',
      [automlTags.framework]: 'sklearn',
      [automlTags.proposal]: '{"score":0.6}',
      [automlTags.rank]: '3',
    });
    expect(data.metrics).toHaveProperty('trial_seconds');
    expect(await loadDict(`runs:/${best}/ridge-4.ipynb`)).toMatchObject({ ran: 'ridge-4' });
  });

  test('keeps a trial that failed, with its reason and its notebook', async () => {
    const failed = state.trials.find(({ name }) => name === 'ridge-5');
    expect(failed).toMatchObject({ status: 'FAILED', failure: 'error', message: 'ValueError: this one fails' });
    expect(await loadText(`runs:/${failed?.runId ?? ''}/error.txt`)).toBe('Traceback: this one fails');
    expect(await loadDict(`runs:/${failed?.runId ?? ''}/ridge-5.ipynb`)).toMatchObject({ ran: 'ridge-5' });
  });

  test('fits the final model with all cores that trials share, and their memory but for what the test needs', async () => {
    const [final, , trial] = end.leaderboard;
    const sharesOf = async ({ run_id: id = '', name = '' }: Partial<LeaderboardRow> = {}) =>
      (await loadDict(`runs:/${id}/${name}.ipynb`)) as { threads: number; memory: number };
    const { threads, memory } = await sharesOf(trial);
    expect(await sharesOf(final)).toMatchObject({ threads: 3 * threads, memory: 2 * memory });
  });

  test('tells the optimiser of all that was tried', () => {
    expect(search.parts.told.toSorted()).toEqual(['Ridge 0.3', 'Ridge 0.5', 'Ridge 0.55', 'Ridge 0.6', 'Ridge failed']);
  });

  test('registers the best as the champion', async () => {
    expect(end).toMatchObject({ registered: 'houses/1', champion: true });
    expect((await tagsOf(end.runId))[automlTags.registered]).toBe('houses/1');
    expect(await getModelVersionByAlias('houses', 'champion')).toMatchObject({ runId: end.leaderboard[0]?.run_id });
  });

  test('registers its trials alone, whatever server there is', async () => {
    const [exploration] = await searchRuns({
      experimentIds: [end.experimentId],
      filter: `tags.\`${automlTags.role}\` = 'exploration'`,
    });
    const plain = await fragileServer(place.url, (request, answer) => {
      if (!request.url?.includes('/automl/')) return false;
      answer.writeHead(404).end('{"error_code": "ENDPOINT_NOT_FOUND", "message": "Not here."}');
      return true;
    });
    try {
      for (const { url } of [place, plain]) {
        setTrackingUri(url);
        const refused = registerAutoml(end.runId, 'houses', exploration?.info.runId).catch((error: unknown) => error);
        expect(await refused).toBeInstanceOf(InvalidParameterValueError);
      }
      const second = end.leaderboard[1]?.run_id ?? '';
      expect(await registerAutoml(end.runId, 'homes', second)).toMatchObject({ version: '1', champion: false });
    } finally {
      setTrackingUri(place.url);
      plain.stop();
    }
  });

  test('leaves its configuration, phase and alerts, by Databricks’ names too', async () => {
    expect(state).toMatchObject({
      status: 'FINISHED',
      phase: 'finished',
      message: 'All trials that were asked for are made.',
    });
    expect(state.config).toMatchObject({ target_col: 'price', exclude_cols: ['id'] });
    expect((await tagsOf(end.runId))[automlTags.best]).toBe(end.leaderboard[0]?.run_id);
    const { tags } = await getExperiment(end.experimentId);
    expect(tags).toMatchObject({
      _databricks_automl: 'True',
      '_databricks_automl.problem_type': 'regression',
      '_databricks_automl.target_col': 'price',
      '_databricks_automl.state': 'SUCCESS',
      '_databricks_automl.max_trials': String(state.config.max_trials ?? ''),
      '_databricks_automl.source_gui': 'False',
      '_databricks_automl.job_run_id': '',
    });
    const notebook = await loadText(tags['_databricks_automl.best_trial_notebook_path'] ?? '');
    expect(JSON.parse(notebook)).toMatchObject({ ran: 'final-blend-8' });
    expect(JSON.parse(tags['_databricks_automl.alerts.leak'] ?? '{}')).toMatchObject({
      severity: 'high',
      affected: { others: 0 },
    });
    const { inputs } = await getRun(end.runId);
    expect(inputs.datasetInputs[0]?.dataset).toMatchObject({ name: 'houses', digest: 'abc123' });
  });
});

test('one trial at a time: the test goes before the final model; an ensemble that stands first lets the curve be', async () => {
  const fake = { proposals: [ridge({ score: 0.5 })], ensembles: [{ score: 0.49 }], final: { score: 0.49 } };
  const { end, parts } = begin(fake, { parallel_trials: 1, max_trials: 1 });
  const { leaderboard, runId } = await end;
  expect(parts.ran.slice(-2)).toEqual(['test', 'final-blend-4']);
  expect(leaderboard.map(({ name }) => name)).toEqual(['final-blend-4', 'blend-3', 'ridge-2', 'baseline-1']);
  expect((await getMetricHistory(runId, bestMetric)).map(({ value }) => value)).toEqual([0, 0.5]);
  expect((await getRun(runId)).data.tags[automlTags.best]).toBe(leaderboard[0]?.run_id);
});

describe('a test that breaks off', () => {
  const portfolio = [ridge({ score: 0.5 }), ridge({ score: 0.3 })];
  const scored = ({ leaderboard }: SearchEnd) => leaderboard.map(({ test }) => test);
  const failure = 'ValueError: this one fails';

  test('has the scores that it logged, says of how many, and scores the others alone when the search goes on', async () => {
    const request = { max_trials: 2, experiment_name: 'test broke off' };
    const end = await begin({ portfolio, testFailsAfter: 2 }, request).end;
    expect(scored(end)).toEqual([0.4, 0.4, undefined]);
    expect(end.warnings).toEqual([`The test rows scored 2 of 3 models: ${failure}`]);
    const again = begin({ portfolio }, request, { resume: { newBudget: true, runId: end.runId } });
    expect(scored(await again.end)).toEqual([0.4, 0.4, 0.4]);
    expect(await loadDict(`runs:/${end.runId}/test.ipynb`)).toMatchObject({ tested: end.leaderboard[2]?.run_id });
  });

  test('is told by its reason where it had logged none, and by nothing where it had logged all', async () => {
    const none = await begin({ portfolio, testFailsAfter: 0 }, { max_trials: 2 }).end;
    expect([scored(none), none.warnings]).toEqual([
      [undefined, undefined, undefined],
      [`The test rows were not scored: ${failure}`],
    ]);
    const all = await begin({ portfolio, testFailsAfter: 3 }, { max_trials: 2 }).end;
    expect([scored(all), all.warnings]).toEqual([[0.4, 0.4, 0.4], []]);
  });
});

test('a final model that is made step by step has the test scores of its trial', async () => {
  const parts = fakeParts({ portfolio: [ridge({ score: 0.5 })], final: { score: 0.5 } });
  const config = checkedConfig({ ...houses, experiment_name: 'step by step' });
  const opened = await openLowcode(config, { settings: settingsOf(), parts, events: silent });
  const { session } = opened;
  const limits = { deadline: Date.now() + bound, signal: opened.over };
  try {
    const { run_id: trial } = await session.create('Ridge', {}, limits);
    const first = await session.finalize(trial, limits);
    expect(await session.test([first.run_id], limits)).toEqual({ [first.run_id]: { test_r2_score: 0.4 } });
    const second = await session.finalize(trial, limits);
    expect(second.metrics).toMatchObject({ test_r2_score: 0.4 });
    for (const { run_id: id } of [first, second]) expect((await getRun(id)).data.metrics['test_r2_score']).toBe(0.4);
    await session.end();
  } finally {
    await opened.close();
  }
});

test('what a notebook takes beside its fits is known from single models', () => {
  const trialOf = (kind: TrialKind, seconds: number, fit: number): FinishedTrial => {
    const [runId, framework, estimator] = ['a', 'sklearn', 'Ridge'] as const;
    const metrics = { fit_seconds: fit };
    return { name: kind, number: 1, runId, kind, framework, estimator, params: {}, validation: 1, metrics, seconds };
  };
  const singles = [trialOf('baseline', 5, 0), trialOf('search', 6, 2), trialOf('search', 9, 4)];
  const combined = [trialOf('blend', 7, 30), trialOf('stack', 7, 30), trialOf('final', 10, 30)];
  const after = new AfterTrials([...singles, ...combined], 1);
  expect(after.overhead).toBe(4);
  // Two ensembles, the test and the final model as a middling trial takes them, and all fits once more.
  expect(after.reservedSeconds(2, singles)).toBe(8.5 * 5 + 2 * 6);
  // Two ensembles, the test and the final model as a middling trial takes them, with twice the fit of the best.
  const [, best = trialOf('search', 0, 0)] = singles;
  expect([59, 58].map((left) => after.mayNotSuffice(left, 2, best))).toEqual([false, true]);
  // Members are fitted in three seconds, twice that with all rows. Two ensembles and the test take thirty beside that, one eighteen.
  const inTime = (left: number) =>
    after.ensemblesInTime(left, 2, (seconds) => (seconds < 3 ? [] : ['blend', 'stack'])).length;
  expect([40, 39, 28, 27].map(inTime)).toEqual([2, 1, 1, 0]);
});

describe('a search goes on', () => {
  test('without an estimator that fails three times in a row', async () => {
    const failing = { estimator: 'SGD', params: { fails: true } };
    const proposals = [failing, failing, failing, failing, failing, ridge({ score: 0.5 })];
    const { end, parts, notes } = begin({ proposals }, { parallel_trials: 1, max_trials: 4 });
    const { leaderboard } = await end;
    expect(leaderboard[0]?.name).toBe('ridge-5');
    expect(parts.benched).toEqual(['SGD']);
    expect(notes.join()).toContain('SGD failed 3 times in a row');
  });

  test(
    'with a trial that fails after its metrics, and has the reason',
    async () => {
      const proposals = [ridge({ score: 0.5, early: true, fails: true })];
      const { leaderboard, runId } = await begin({ proposals }, { max_trials: 1 }).end;
      expect(leaderboard).toMatchObject([{ name: 'ridge-2', validation: 0.5 }, { name: 'baseline-1' }]);
      const [best] = leaderboard;
      const { info, data } = await getRun(best?.run_id ?? runId);
      expect(info.status).toBe('FINISHED');
      expect(data.tags[automlTags.message]).toBe(
        'Its notebook broke off after its metrics: ValueError: this one fails',
      );
      expect(await loadText(`runs:/${best?.run_id}/error.txt`)).toContain('this one fails');
    },
    bound,
  );

  test('with one model alone beside the baseline, without ensembles and final model', async () => {
    const proposals = [ridge({ score: 0.5 }), ridge({ score: 0.6 })];
    const { leaderboard, modelUri } = await begin({ proposals }, { max_trials: 1 }).end;
    expect(leaderboard).toMatchObject([{ name: 'ridge-2', rank: 1 }, { name: 'baseline-1' }]);
    expect(modelUri).toBe(`runs:/${leaderboard[0]?.run_id}/model`);
  });

  test(
    'when the server is away for a moment',
    async () => {
      let away = false;
      const fragile = await fragileServer(place.url, (request) => {
        if (away) request.socket.destroy();
        return away;
      });
      try {
        const proposals = Array.from({ length: 8 }, (_, at) => ridge({ score: at / 10, ms: 500 }));
        setTrackingUri(fragile.url);
        const search = begin({ proposals }, { max_trials: 8 });
        await untilState(await search.runId, ({ trials }) => trials.length >= 2);
        away = true;
        await Bun.sleep(3000);
        away = false;
        const { leaderboard } = await search.end;
        expect(leaderboard).toHaveLength(9);
        expect(search.notes.join()).toContain('The server answers again.');
      } finally {
        setTrackingUri(place.url);
        fragile.stop();
      }
    },
    bound,
  );
});

describe('a search ends in its time', () => {
  test.concurrent(
    'whatever hangs, and keeps the model it has',
    async () => {
      const begun = Date.now();
      const proposals = [ridge({ score: 0.5 }), ridge({ hangs: true }), ridge({ score: 0.4, ms: 100_000 })];
      const { end } = begin(
        { proposals, ensembles: [{ hangs: true }], final: { hangs: true } },
        { timeout_seconds: 10 },
      );
      const { leaderboard, runId } = await end;
      expect(Date.now() - begun).toBeLessThan(25_000);
      expect(leaderboard.map(({ name }) => name)).toEqual(['ridge-2', 'baseline-1']);
      const { trials, phase } = await readAutoml(runId);
      expect(phase).toBe('finished');
      expect(trials.filter(({ status }) => status === 'RUNNING')).toHaveLength(0);
    },
    bound,
  );

  test.concurrent(
    'when all has been tried',
    async () => {
      const { message } = await begin({ proposals: [ridge({ score: 0.5 })] }, { timeout_seconds: 600 }).end;
      expect(message).toBe('There was nothing more to try.');
    },
    bound,
  );

  test.concurrent(
    'when nothing improves any more',
    async () => {
      const proposals = Array.from({ length: 100 }, () => ridge({ score: 0.5 }));
      const { message } = await begin({ proposals }, { timeout_seconds: 600, parallel_trials: 4 }).end;
      expect(message).toMatch(/^Ended early: the last \d\d of \d\d trials brought nothing better\.$/);
    },
    bound,
  );

  test.concurrent(
    'with what is wrong when no trial succeeds',
    async () => {
      const search = begin({ portfolio: [ridge({ fails: true })], proposals: [] }, { max_trials: 1 });
      const none = begin({ portfolio: [] }, { timeout_seconds: 2 }, { parts: withoutModels() });
      expect((await search.end).leaderboard).toMatchObject([{ name: 'baseline-1' }]);
      expect(await errorOf(none.end)).toMatch(/^no model was found\. All 2 trials failed; the first: ValueError/);
      const state = await readAutoml(await none.runId);
      expect(state).toMatchObject({ status: 'FAILED', phase: 'failed' });
      expect(state.message).toStartWith('no model was found');
    },
    bound,
  );

  test.concurrent(
    'when preparing the data takes it all',
    async () => {
      const { end } = begin({ preparing: 60_000 }, { timeout_seconds: 2, experiment_name: 'no time' });
      expect(await errorOf(end)).toMatch(
        /^there was no time for a trial: preparing the data took \d of 2 s\. Give a longer/,
      );
      expect(await searchExperiments({ filter: "name = 'no time'" })).toEqual([]);
    },
    bound,
  );
});

function withoutModels(): FakeParts {
  const parts = fakeParts({});
  const problem = parts.problem(checkedConfig({ problem_type: 'regression', dataset: 'a', target_col: 'b' }));
  const failing = { estimator: 'A', params: { fails: true }, kind: 'portfolio' as const };
  return { ...parts, problem: () => ({ ...problem, space: () => ({}), portfolio: () => [failing, failing] }) };
}

describe('a person', () => {
  const endless = (): Fake => ({
    proposals: [ridge({ score: 0.5 }), ...Array.from({ length: 50 }, () => ridge({ score: 0.1, ms: 100_000 }))],
  });
  const hasModel = ({ leaderboard }: AutomlState): boolean => leaderboard.length >= 2;

  test(
    'stops it by a signal and gets the best so far',
    async () => {
      const search = begin(endless(), { timeout_seconds: 600 });
      // Both that go on have begun.
      await untilState(await search.runId, (state) => hasModel(state) && state.trials.length === 4);
      search.stop.abort();
      const { leaderboard, phase, status, runId } = await search.end;
      expect([leaderboard[0]?.name, phase, status]).toEqual(['ridge-2', 'stopped', 'FINISHED']);
      const { trials } = await readAutoml(runId);
      const states = trials.map((trial) => trial.status);
      expect(states.toSorted()).toEqual(['FINISHED', 'FINISHED', 'KILLED', 'KILLED']);
      const killed = trials.find(({ status }) => status === 'KILLED')!;
      const told = await loadText(`runs:/${killed.runId}/error.txt`);
      expect(told).toBe('The search ended before it did. It was at: Cell In[7], line 3');
    },
    bound,
  );

  test(
    'stops it from elsewhere',
    async () => {
      const search = begin(endless(), { timeout_seconds: 600 });
      await untilState(await search.runId, hasModel);
      await stopAutoml(await search.runId);
      expect(await search.end).toMatchObject({ phase: 'stopped', message: 'Stopped as it was wished.' });
      expect(await errorOf(stopAutoml(await search.runId))).toContain('has ended already');
    },
    bound,
  );

  test(
    'gives it more time',
    async () => {
      const search = begin(endless(), { timeout_seconds: 60 });
      const { deadline } = await untilState(await search.runId, hasModel);
      expect(await extendAutoml(await search.runId, 300)).toBe(deadline + 300_000);
      expect((await readAutoml(await search.runId)).deadline).toBe(deadline + 300_000);
      search.stop.abort();
      await search.end;
    },
    bound,
  );

  test(
    'ends it at once',
    async () => {
      const search = begin({ ...endless(), final: { hangs: true } }, { timeout_seconds: 600 });
      await untilState(await search.runId, hasModel);
      const asked = Date.now();
      search.stop.abort();
      search.hurry.abort();
      await search.end.catch(() => undefined);
      expect(Date.now() - asked).toBeLessThan(3000);
      const { status, phase, message } = await readAutoml(await search.runId);
      expect([status, phase, message]).toEqual(['KILLED', 'stopped', 'Ended at once.']);
    },
    bound,
  );

  test(
    'ends it at once: a server that is slow hears of that first',
    async () => {
      let [slow, asked] = [false, 0];
      const heard: string[] = [];
      const fragile = await fragileServer(place.url, (request) => {
        if (!slow) return false;
        heard.push(request.url ?? '');
        // All else is never answered.
        return request.url?.includes('runs/update') !== true;
      });
      try {
        setTrackingUri(fragile.url);
        const search = begin(endless(), { timeout_seconds: 600 });
        await untilState(await search.runId, hasModel);
        [slow, asked] = [true, Date.now()];
        search.stop.abort();
        search.hurry.abort();
        await search.end.catch(() => undefined);
        expect(Date.now() - asked).toBeLessThan(5000);
        setTrackingUri(place.url);
        expect((await getRun(await search.runId)).info.status).toBe('KILLED');
        expect(heard).not.toEqual([]);
      } finally {
        setTrackingUri(place.url);
        fragile.stop();
      }
    },
    bound,
  );

  test(
    'stops it while its only trial draws pictures: the model that was logged counts',
    async () => {
      const early = { estimator: 'DummyRegressor', params: { score: 0.2, early: true, ms: 100_000 } };
      const parts = fakeParts({});
      const problem = parts.problem(checkedConfig({ problem_type: 'regression', dataset: 'a', target_col: 'b' }));
      const portfolio = () => [{ ...early, kind: 'baseline' as const }];
      const search = begin(
        {},
        { timeout_seconds: 600 },
        { parts: { ...parts, problem: () => ({ ...problem, portfolio }) } },
      );
      await untilState(await search.runId, ({ trials }) => trials.some(({ metrics }) => 'val_r2_score' in metrics));
      search.stop.abort();
      const { leaderboard, phase, runId } = await search.end;
      expect([leaderboard.map(({ validation }) => validation), phase]).toEqual([[0.2], 'stopped']);
      expect((await readAutoml(runId)).trials.map(({ status }) => status)).toEqual(['FINISHED']);
    },
    bound,
  );

  test(
    'stops it before there is a model',
    async () => {
      const parts = fakeParts();
      const problem = parts.problem(checkedConfig(houses));
      const portfolio = () => [{ ...ridge({ ms: 100_000 }), kind: 'baseline' as const }];
      const slow = { ...parts, problem: () => ({ ...problem, portfolio }) };
      const search = begin({}, { timeout_seconds: 600 }, { parts: slow });
      const runId = await search.runId;
      search.stop.abort();
      expect(await errorOf(search.end)).toBe('Stopped by a signal. No trial had ended yet.');
      expect((await getRun(runId)).info.status).toBe('KILLED');
    },
    bound,
  );

  test(
    'stops it before its data is ready: nothing is recorded',
    async () => {
      const search = begin({ preparing: 60_000 }, { timeout_seconds: 600, experiment_name: 'not begun' });
      search.stop.abort();
      expect(await errorOf(search.end)).toBe('Stopped by a signal. There was no trial yet.');
      expect(await searchExperiments({ filter: "name = 'not begun'" })).toEqual([]);
    },
    bound,
  );
});

test('the time of a search counts once its environment is made, which is told once', async () => {
  const parts: FakeParts = {
    ...fakeParts({ proposals: [ridge({ score: 0.5 })] }),
    python({ onProgress }) {
      for (const step of ['installing uv', 'making an environment']) onProgress(step);
      return Promise.resolve('python');
    },
  };
  const search = begin({}, { timeout_seconds: 40, max_trials: 1 }, { parts });
  await search.end;
  expect(search.notes).toEqual(['Making the environment, once; the 40 s count from then.']);
  const ready = begin({ proposals: [ridge({ score: 0.5 })] }, { max_trials: 1 });
  await ready.end;
  expect(ready.notes).toEqual([]);
});

test('a search that is refused has ended the Python that it warmed up', async () => {
  let closed = false;
  const parts: FakeParts = {
    ...fakeParts(),
    prepare: () => Promise.reject(new DataError('this cannot be read.')),
    runner: () =>
      Promise.resolve({
        run: () => Promise.reject(new Error('nothing is run')),
        async close() {
          await Bun.sleep(200);
          closed = true;
        },
      }),
  };
  expect(await errorOf(begin({}, {}, { parts }).end)).toBe('this cannot be read.');
  expect(closed).toBe(true);
});

test(
  'what a search left that was killed while it prepared goes after a day, what ended after a week',
  async () => {
    const [old, young] = [join(place.cache, 'preparing-old'), join(place.cache, 'preparing-young')];
    for (const folder of [old, young]) mkdirSync(join(folder, 'data'), { recursive: true });
    const isThere = (folder: string): boolean => existsSync(folder);
    const age = (folder: string, days: number): void => {
      utimesSync(folder, new Date(0), new Date(Date.now() - days * 86_400_000));
    };
    const ended: string[] = [];
    for (let i = 0; i < 3; i++) {
      ended.push(join(place.cache, (await begin({}, { max_trials: 1 }).end).runId));
      if (i < 2) workedOnBy(ended[i] ?? '', { pid: 2 ** 30 });
    }
    age(old, 2);
    // The third is of this process, which still runs.
    for (const [i, folder] of ended.entries()) age(folder, i === 1 ? 6 : 8);
    await begin({}, { max_trials: 1 }).end;
    expect([old, young].map(isThere)).toEqual([false, true]);
    expect(ended.map(isThere)).toEqual([false, true, true]);
  },
  3 * bound,
);

async function tagRun(runId: string, key: string, value: string): Promise<void> {
  await call(settingsOf(), setTag, { run_id: runId, key, value });
}

/** Says in the folder of a search who works on it. */
function workedOnBy(folder: string, by: { readonly host?: string; readonly pid?: number }): void {
  const file = join(folder, 'search.json');
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), ...by }));
}

describe('what was killed', () => {
  const experiment_name = 'killed';
  const first = [ridge({ score: 0.5 }), ridge({ score: 0.6 })];

  /** A search as a power failure leaves it. */
  async function killed(): Promise<string> {
    const search = begin(
      { portfolio: first, proposals: [ridge({ ms: 100_000 })] },
      { experiment_name, timeout_seconds: 600 },
    );
    const runId = await search.runId;
    await untilState(runId, ({ leaderboard }) => leaderboard.length === 3);
    search.hurry.abort();
    await search.end.catch(() => undefined);
    const { trials } = await readAutoml(runId);
    for (const id of [runId, trials.find(({ status }) => status !== 'FINISHED')?.runId ?? '']) {
      await call(settingsOf(), updateRun, { run_id: id, status: 'RUNNING' });
    }
    await tagRun(runId, automlTags.phase, 'searching');
    return runId;
  }

  test(
    'goes on from the trials that ended',
    async () => {
      const runId = await killed();
      const resume = { newBudget: false };
      const again = begin(
        { portfolio: first, proposals: [ridge({ score: 0.9 })] },
        { experiment_name, max_trials: 3 },
        { resume },
      );
      const end = await again.end;
      expect(end.runId).toBe(runId);
      expect(end.leaderboard.map(({ validation }) => validation)).toEqual([0.9, 0.6, 0.5, 0]);
      expect(again.parts.prepared).toEqual([]);
      expect(again.parts.told).toEqual(['Ridge 0.5', 'Ridge 0.6', 'Ridge 0.9']);
      const { trials } = await readAutoml(runId);
      expect(trials.map(({ status }) => status)).toEqual(['FINISHED', 'FINISHED', 'FINISHED', 'KILLED', 'FINISHED']);
      const explorations = await searchRuns({
        experimentIds: [end.experimentId],
        filter: `tags.\`${automlTags.role}\` = 'exploration'`,
      });
      expect(explorations).toHaveLength(1);
    },
    bound,
  );

  test(
    'is ended by who stops it, and goes on when that is wished',
    async () => {
      const runId = await killed();
      const cli = cliOf(place.url, { AUTOML_CACHE: place.cache }, bound);
      // Nobody has so great a number.
      workedOnBy(join(place.cache, runId), { pid: 2 ** 30 });
      expect(await cli.out('automl', 'stop', runId)).toBe(
        `Nobody works on the search ${runId} any more: it is KILLED now. To go on with it: modelyard automl resume ${runId}\n`,
      );
      const { status, phase, trials } = await readAutoml(runId);
      expect([status, phase]).toEqual(['KILLED', 'stopped']);
      expect(trials.filter((trial) => trial.status === 'RUNNING')).toEqual([]);
      const resume = { newBudget: false, runId };
      expect((await begin({ portfolio: first }, { max_trials: 2 }, { resume }).end).status).toBe('FINISHED');
    },
    bound,
  );

  test(
    'is not taken for it while it still works on another machine',
    async () => {
      const search = begin({ proposals: [ridge({ score: 0.5 }), ridge({ ms: 100_000 })] }, { timeout_seconds: 600 });
      const runId = await search.runId;
      await untilState(runId, ({ leaderboard }) => leaderboard.length === 2);
      workedOnBy(join(place.cache, runId), { host: 'elsewhere' });
      const cli = cliOf(place.url, { AUTOML_CACHE: place.cache }, bound);
      expect(await cli.out('automl', 'stop', runId)).toBe(`The search ${runId} ends now.\n`);
      expect(await search.end).toMatchObject({ status: 'FINISHED', phase: 'stopped' });
    },
    bound,
  );

  test(
    'goes on too where it was stopped, before its first trial ended or with a model, and not where it has ended by itself',
    async () => {
      const request = { experiment_name: 'stopped early', timeout_seconds: 600, max_trials: 1 };
      const slow = fakeParts({ portfolio: [ridge({ score: 0.4 })] });
      const problem = slow.problem(checkedConfig(houses));
      const portfolio = () => [{ ...ridge({ ms: 100_000 }), kind: 'baseline' as const }];
      const stopped = begin({}, request, { parts: { ...slow, problem: () => ({ ...problem, portfolio }) } });
      const runId = await stopped.runId;
      stopped.stop.abort();
      expect(await errorOf(stopped.end)).toContain('No trial had ended yet.');
      const resume = { newBudget: false };
      const end = await begin({ portfolio: [ridge({ score: 0.4 })] }, request, { resume }).end;
      expect([end.runId, end.phase, end.leaderboard[0]?.validation]).toEqual([runId, 'finished', 0.4]);

      const more = { ...request, experiment_name: 'stopped with a model', max_trials: 3 };
      const endless = begin({ proposals: [ridge({ score: 0.5 }), ridge({ ms: 100_000 })] }, more);
      await untilState(await endless.runId, ({ leaderboard }) => leaderboard.length === 2);
      endless.stop.abort();
      expect(await endless.end).toMatchObject({ phase: 'stopped', status: 'FINISHED' });
      const whole = await begin({ proposals: [ridge({ score: 0.6 })] }, { ...more, max_trials: 2 }, { resume }).end;
      expect([whole.runId, whole.phase]).toEqual([await endless.runId, 'finished']);
      expect(whole.leaderboard.map(({ validation }) => validation)).toEqual([0.6, 0.5, 0]);
      expect(await errorOf(begin({}, { ...more, max_trials: 2 }, { resume }).end)).toStartWith(
        'there is nothing to resume',
      );
      expect(await errorOf(begin({}, request, { resume }).end)).toStartWith('there is nothing to resume');
    },
    bound,
  );

  test(
    'does not go on where its time was up, unless it gets more',
    async () => {
      const portfolio = [ridge({ score: 0.4 })];
      const { runId } = await begin({ portfolio }, { max_trials: 1 }).end;
      const { heartbeat, message } = automlTags;
      const { tags } = (await getRun(runId)).data;
      // As if its trials had taken all but two of its seconds.
      await tagRun(runId, automlTags.deadline, String(Number(tags[heartbeat]) + 2000));
      await tagRun(runId, message, 'The time was up.');
      const resume = { newBudget: false, runId };
      expect(await errorOf(begin({ portfolio }, { max_trials: 2 }, { resume }).end)).toBe(
        'the search has ended by itself: The time was up. To go on from its trials give it more: --timeout 10m',
      );
      expect((await getRun(runId)).data.tags).toMatchObject({
        [automlTags.phase]: 'finished',
        [message]: 'The time was up.',
      });
      const more = begin(
        { proposals: [ridge({ score: 0.6 })] },
        { max_trials: 2 },
        { resume: { ...resume, newBudget: true } },
      );
      expect((await more.end).leaderboard.map(({ validation }) => validation)).toEqual([0.6, 0.4, 0]);
    },
    bound,
  );

  test(
    'is not looked for when nothing was',
    async () => {
      const nothing = begin({}, { experiment_name: 'never killed' }, { resume: { newBudget: false } });
      expect(await errorOf(nothing.end)).toStartWith('there is nothing to resume');
      expect(await searchExperiments({ filter: "name = 'never killed'" })).toEqual([]);
    },
    bound,
  );
});
