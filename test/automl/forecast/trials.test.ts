import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { join } from 'node:path';
import { forecastProblem } from '../../../src/automl/forecast/forecast-problem.ts';
import type { FinishedTrial, SearchContext } from '../../../src/automl/problem.ts';
import type { ForecastProfile } from '../../../src/protocol/automl-record.ts';
import { Api, type Run } from '../../support/api.ts';
import { bound, TrialLab } from '../support/trial-lab.ts';
import { csv, months, passengers } from './support/series.ts';

let lab: TrialLab;
let context: SearchContext;
const trials: FinishedTrial[] = [];

beforeAll(async () => {
  lab = await TrialLab.start(forecastProblem);
  const rows = months(passengers.length).map((month, at) => [month, passengers[at] ?? 0]);
  const request = {
    problem_type: 'forecasting',
    target_col: 'passengers',
    time_col: 'month',
    horizon: 12,
    frequency: 'MS',
  };
  // By which the cutoffs of the backtest are counted: few.
  context = await lab.prepare('air', csv('month,passengers', rows), { ...request, timeout_seconds: 2 });
}, 600_000);

afterAll(async () => {
  await lab.stop();
});

const measured = ['smape', 'mse', 'rmse', 'mae', 'mdape', 'mape', 'mase', 'coverage'];
/** Those whose notebooks have plots of their own. */
const drawn = ['LightGBM', 'Prophet'];
const methods = ['SeasonalNaive', 'AutoETS', 'AutoTheta', 'MSTL', 'AutoARIMA', 'LightGBM', 'Prophet'];

/** Loads models in a Python that knows nothing of us, and asks each for rows and for steps. */
const forecasts = `
import json, sys
import mlflow, pandas as pd
answers = {}
for run in sys.argv[1].split(","):
    model = mlflow.pyfunc.load_model(f"runs:/{run}/model")
    rows = pd.DataFrame({"month": pd.to_datetime(["1960-03-01", "1960-01-01"])})
    chosen = model.predict(rows)
    steps = model.predict(rows.head(1), params={"horizon": 15})
    try:
        model.predict(pd.DataFrame({"month": pd.to_datetime(["1955-01-01"])}))
        refused = ""
    except Exception as error:
        refused = str(error)
    answers[run] = {
        "inputs": model.metadata.get_input_schema().input_names(),
        "columns": list(chosen.columns),
        "chosen": chosen["yhat"].tolist(),
        "steps": steps[["yhat_lower", "yhat", "yhat_upper"]].to_numpy().tolist(),
        "first": str(steps["month"].iloc[0]),
        "refused": refused,
        "foreign": sorted(name for name in sys.modules if name.startswith("modelyard")),
    }
print(json.dumps(answers))
`;

/**
 * Whether the band of a blend is the median of what its members draw, each as often as it weighs, before anything is
 * stretched; and what a forecast of 5 within -10 and 20, of what is never below 0, becomes when its band is halved.
 */
const ownBands = (forecaster: string, weights: string): string => `
import json, sys
import mlflow, numpy as np, pandas as pd
FREQUENCY, HORIZON = "MS", 12
${forecaster}
class Wide(Forecaster):
    stretch = np.array([0.5])
    def train(self, history):
        pass
    def ahead(self, rows, steps):
        return [[5, -10, 20]] * steps
history = pd.DataFrame({"series": "a", "ds": pd.date_range("2024-01-01", periods=3, freq="MS"), "y": 1.0})
halved = Wide().fit(history).forecast(1)
place = "runs:/{}/predictions/validation.parquet"
tables = [pd.read_parquet(mlflow.artifacts.download_artifacts(place.format(run))) for run in sys.argv[1:]]
blend, *members = [table.sort_values(["series", "cutoff", "ds"]) for table in tables]
own = ["own_lower", "own_upper"]
often = np.repeat([table[own] for table in members], [round(1000 * weight) for weight in (${weights})], axis=0)
print(json.dumps({
    "halved": halved[["yhat", "yhat_lower", "yhat_upper"]].iloc[0].tolist(),
    "median": bool(np.allclose(blend[own], np.median(often, axis=0))),
    "stretched": not np.allclose(blend[own], blend[["lower", "upper"]]),
}))
`;

interface Forecasts {
  readonly inputs: readonly string[];
  readonly columns: readonly string[];
  readonly chosen: readonly number[];
  readonly steps: readonly (readonly [number, number, number])[];
  readonly first: string;
  readonly refused: string;
  readonly foreign: readonly string[];
}

interface LoggedRun extends Run {
  readonly inputs: { readonly dataset_inputs: readonly { readonly dataset: { readonly name: string } }[] };
}

/** Methods, or models of ETS, whose fits to 500 series end in four minutes, the one model for all first, with both ways to look at the values. */
const fastOnes = ['SeasonalNaive', 'LightGBM', 'AAA', 'AutoTheta', 'MSTL', 'SeasonalNaive', 'AAA', 'MSTL'];

describe('trials of one series', () => {
  test(
    'the portfolio begins with a baseline and holds every method',
    () => {
      const portfolio = forecastProblem.portfolio(context);
      expect(portfolio[0]).toMatchObject({
        estimator: 'SeasonalNaive',
        kind: 'baseline',
        params: { season_length: 12 },
      });
      expect([...new Set(portfolio.map(({ estimator }) => estimator))]).toEqual(methods);
      const without = { ...context, config: { ...context.config, exclude_frameworks: ['prophet', 'arima'] as const } };
      const left = forecastProblem.portfolio(without).map(({ estimator }) => estimator);
      expect([...new Set(left)]).toEqual(['SeasonalNaive', 'AutoETS', 'AutoTheta', 'MSTL', 'LightGBM']);
      expect(Object.keys(forecastProblem.space(without))).not.toContain('Prophet');
      const profile = { ...(context.profile as ForecastProfile), seasons: [1] };
      const short = { ...context, profile: { ...profile, backtest: { ...profile.backtest, minimum: 8 } } };
      expect(Object.keys(forecastProblem.space(short))).toEqual(['AutoETS', 'AutoTheta', 'AutoARIMA', 'Prophet']);
      const many = { ...context, profile: { ...profile, seasons: [12], series: 500 } };
      const fast = forecastProblem.portfolio({ ...many, config: { ...context.config, timeout_seconds: 240 } });
      expect(fast.map(({ estimator, params }) => params['model'] ?? estimator)).toEqual(fastOnes);
      // What cannot be fitted would be the naive forecast under another name.
      const hurried = { ...many, config: { ...context.config, timeout_seconds: 240 } };
      const seasonless = { ...hurried, profile: { ...many.profile, seasons: [] } };
      const spaces = [hurried, seasonless].map((one) => forecastProblem.space(one)['AutoETS']);
      expect(spaces.map((one) => [one?.['season_length'], one?.['model']])).toEqual([
        [
          { type: 'choice', of: [12] },
          { type: 'choice', of: ['AAA', 'ANA', 'AAN'] },
        ],
        [
          { type: 'choice', of: [1] },
          { type: 'choice', of: ['AAN', 'ANN'] },
        ],
      ]);
      const codeOf = (model: string): string => {
        const params = { season_length: 12, model, damped: true, transform: 'none' };
        const base = { ...fast[1]!, framework: 'ets', name: 'a', number: 1, kind: 'search', bases: [] } as const;
        const { cells } = forecastProblem.trialNotebook({ ...base, estimator: 'AutoETS', params }, context);
        return cells.map(({ source }) => source).join('');
      };
      expect(codeOf('AAA')).toContain('model="AAA", damped=True');
      expect(codeOf('ANA')).toContain('model="ANA", alias');
    },
    bound,
  );

  test.concurrent.each(methods)(
    '%s is backtested and logged',
    async (method) => {
      const proposal = forecastProblem.portfolio(context).find(({ estimator }) => estimator === method)!;
      const trial = await lab.trial(context, proposal, drawn.includes(method) ? [] : undefined);
      trials.push(trial);
      expect(trial.validation).toBeGreaterThan(0.01);
      expect(trial.validation).toBeLessThan(0.2);
      const logged = await lab.metricsOf(trial.runId);
      for (const name of measured) expect(logged[`val_${name}`]).toBeCloseTo(trial.metrics[`val_${name}`]!, 9);
      expect(logged['fit_seconds']).toBeGreaterThan(0);
      expect(logged['predict_ms_per_row']).toBeGreaterThan(0);
      expect(logged['model_size_bytes']).toBeGreaterThan(100);
      if (drawn.includes(method)) {
        const plots = await lab.filesOf(trial.runId, 'plots');
        expect(plots).toEqual(expect.arrayContaining(['forecast.json', 'backtest.png', 'residuals.json']) as string[]);
        expect(plots).toContain(method === 'Prophet' ? 'components.json' : 'importance.json');
      }
    },
    bound,
  );

  test(
    'trials are taken together, tested once, and the chosen one is fitted to everything',
    async () => {
      const plans = forecastProblem.ensembles(trials, context);
      expect(plans.map(({ name }) => name)).toEqual(['blend']);
      const blends = [];
      for (const plan of plans) blends.push(await lab.trial(context, plan));
      const { cells } = forecastProblem.trialNotebook({ ...blends[0]!, ...plans[0]!, number: 1 }, context);
      const forecaster = cells.find(({ source }) => source.includes('class Forecaster'))?.source ?? '';
      const bands = await lab.ask(
        ownBands(forecaster, String(plans[0]!.params['weights'])),
        blends[0]!.runId,
        ...plans[0]!.bases.map(({ runId }) => runId),
      );
      expect(bands).toEqual({ halved: [5, 2.5, 12.5], median: true, stretched: true });
      const singles = trials.map(({ validation }) => validation).sort((a, b) => a - b);
      expect(blends[0]!.validation).toBeLessThan(singles[1]!);

      const plan = forecastProblem.finalPlan(blends[0]!, context)!;
      const final = await lab.trial(context, plan, []);
      expect(final.validation).toBeCloseTo(blends[0]!.validation, 9);
      const { run } = await new Api(lab.server).get<{ run: LoggedRun }>(`runs/get?run_id=${final.runId}`);
      const note = run.data.tags?.find(({ key }) => key === 'mlflow.note.content')?.value;
      expect(note).toContain(`its val_ and test_ metrics are those of the trial ${blends[0]!.name}`);
      expect(run.inputs.dataset_inputs.map(({ dataset }) => dataset.name)).toEqual(['all']);

      // The final model has been fitted to the steps of the test.
      const all = [...trials, ...blends];
      const test = await lab.execute(context, forecastProblem.testNotebook([final, ...all], context));
      const scores = test.results['scores'] as Record<string, Record<string, number>>;
      expect(Object.keys(scores).sort()).toEqual(all.map(({ runId }) => runId).sort());
      const score = scores[blends[0]!.runId]!['test_smape']!;
      expect(score).toBeLessThan(0.07);
      expect((await lab.metricsOf(blends[0]!.runId))['test_smape']).toBeCloseTo(score, 9);

      for (const notebook of forecastProblem.inferenceNotebooks(`runs:/${final.runId}/model`, context)) {
        await lab.execute(context, notebook);
      }
      const written = await Bun.file(join(lab.folder, 'forecast.csv')).text();
      expect(written.split('\n').slice(0, 2).join('\n')).toStartWith('month,yhat,yhat_lower,yhat_upper\n1961-01-01,');
      expect(written.trim().split('\n')).toHaveLength(13);
      trials.push(...blends);
    },
    2 * bound,
  );

  test(
    'a clean Python loads each model, and forecasts rows and steps',
    async () => {
      const runs = trials.map(({ runId }) => runId);
      const answers = (await lab.ask(forecasts, runs.join(','))) as Record<string, Forecasts>;
      for (const { estimator, runId } of trials) {
        const answer = answers[runId]!;
        expect(answer.foreign, estimator).toEqual([]);
        expect(answer.inputs, estimator).toEqual(['month']);
        expect(answer.columns, estimator).toEqual(['month', 'yhat', 'yhat_lower', 'yhat_upper']);
        expect(answer.steps, estimator).toHaveLength(15);
        expect(answer.first, estimator).toStartWith('1960-01-01');
        expect(answer.chosen[0], estimator).toBeCloseTo(answer.steps[2]![1], 6);
        expect(answer.chosen[1], estimator).toBeCloseTo(answer.steps[0]![1], 6);
        expect(answer.refused, estimator).toBe('1955-01-01 is no step (MS) after the history, which ends 1959-12-01');
        for (const [lower, yhat, upper] of answer.steps) {
          expect(lower, estimator).toBeLessThanOrEqual(yhat);
          expect(upper, estimator).toBeGreaterThanOrEqual(yhat);
          expect(yhat, estimator).toBeWithin(250, 800);
        }
      }
    },
    bound,
  );

  test.each(['Prophet', 'MedianForecast'])(
    'a clean kernel gives the same numbers again: %s',
    async (estimator) => {
      const trial = trials.find((one) => one.estimator === estimator)!;
      const plan = { ...trial, bases: forecastProblem.ensembles(trials, context)[0]!.bases };
      const reproduction = await lab.again(context, plan);
      expect(reproduction.message).toBe('');
      expect(await lab.namesOfEdited(context)).toContain(`${plan.name}-edited`);
      const metrics = reproduction.results['metrics'] as Record<string, number>;
      for (const name of measured) {
        expect(metrics[`val_${name}`], name).toBeCloseTo(trial.metrics[`val_${name}`]!, 9);
      }
    },
    bound,
  );
});

test(
  'LightGBM learns from two seasons before a cutoff',
  async () => {
    const rows = months(60).map((month, at) => [month, passengers[at] ?? 0]);
    const request = { problem_type: 'forecasting', target_col: 'y', time_col: 'ds', horizon: 12, frequency: 'MS' };
    const short = await lab.prepare('short', csv('ds,y', rows), { ...request, timeout_seconds: 60 });
    expect(short.profile).toMatchObject({ backtest: { minimum: 24 } });
    const plan = forecastProblem.portfolio(short).find(({ estimator }) => estimator === 'LightGBM')!;
    expect((await lab.trial(short, plan)).validation).toBeWithin(0, 0.2);
  },
  bound,
);
