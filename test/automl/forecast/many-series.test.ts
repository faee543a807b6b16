import { afterAll, beforeAll, expect, test } from 'bun:test';
import { forecastProblem } from '../../../src/automl/forecast/forecast-problem.ts';
import type { SearchContext } from '../../../src/automl/problem.ts';
import { bound, TrialLab } from '../support/trial-lab.ts';
import { csv, days } from './support/series.ts';

let lab: TrialLab;
let context: SearchContext;

const length = 250;
const horizon = 14;
const holidays = ['2023-05-29', '2023-07-04', '2023-09-04'];

beforeAll(async () => {
  lab = await TrialLab.start(forecastProblem);
  // Sales of two articles in two shops: a week, an offer that brings more than half again, closed on holidays; the offers of the next
  // days are known.
  const rows = days(length + horizon).flatMap((day, at) =>
    [
      [1, 'tea', 20],
      [1, 'milk', 60],
      [2, 'tea', 200],
    ].map(([shop, article, level], series) => {
      const offer = (at * 7 + series * 3) % 11 < 2 ? 1 : 0;
      const noise = (((at * 7919 + series * 104_729) % 97) - 48) / 1000;
      const closed = holidays.includes(day) ? 0.2 : 1;
      const sold = Number(level) * (1 + 0.3 * Math.sin((at % 7) / 1.1) + noise) * (1 + 0.6 * offer) * closed;
      return [day, shop ?? '', article ?? '', at < length ? sold.toFixed(2) : '', offer];
    }),
  );
  // One that has just begun is shorter than the horizon and any season; of another there is one value alone.
  const begun = days(length).slice(-2).map((day) => [day, 2, 'milk', 50, 0]); // prettier-ignore
  begun.push([days(length).at(-1) ?? '', 2, 'coffee', 30, 0]);
  context = await lab.prepare('shops', csv('day,shop,article,sold,offer', [...rows, ...begun]), {
    problem_type: 'forecasting',
    timeout_seconds: 1,
    target_col: 'sold',
    time_col: 'day',
    identity_col: ['shop', 'article'],
    covariates: ['offer'],
    horizon,
    frequency: 'D',
    country_code: 'US',
  });
}, 600_000);

afterAll(async () => {
  await lab.stop();
});

test('what is known of the future is kept, and not taken for history', () => {
  expect(context.profile).toMatchObject({ series: 4, shortest: 2, longest: length, seasons: [7], test_steps: horizon });
  expect(context.profile.columns.find(({ name }) => name === 'offer')?.used).toBe(true);
  expect(context.profile.alerts.map(({ message }) => message).join(' ')).toContain('1 of 4 series are too short');
  expect(context.profile.alerts.find(({ name }) => name === 'empty_series')?.message).toContain('2 | coffee');
});

/** Forecasts the days after the history with an offer on all of them, and with none. */
const offered = `
import json, sys
import mlflow, pandas as pd
told = {}
for run in sys.argv[1].split(","):
    model = mlflow.pyfunc.load_model(f"runs:/{run}/model")
    rows = model.unwrap_python_model().to_ask(7)
    answers = [model.predict(rows.assign(offer=float(offer))) for offer in (0, 1)]
    means = [answer.groupby(["shop", "article"])["yhat"].mean() for answer in answers]
    try:
        model.predict(rows.assign(shop=3))
        refused = ""
    except Exception as error:
        refused = str(error)
    told[run] = {
        "inputs": model.metadata.get_input_schema().input_names(),
        "outputs": answers[0].columns.tolist(),
        "series": means[0].index.tolist(),
        "missing": int(answers[0].isna().sum().sum()),
        "ratio": (means[1] / means[0]).tolist(),
        "refused": refused,
    }
print(json.dumps(told))
`;

interface Offered {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly series: readonly (readonly [number, string])[];
  readonly missing: number;
  readonly ratio: readonly number[];
  readonly refused: string;
}

test(
  'methods forecast all series; those that know covariates use them',
  async () => {
    const proposals = ['AutoETS', 'AutoARIMA', 'LightGBM', 'Prophet'].map((estimator) =>
      forecastProblem.portfolio(context).find((one) => one.estimator === estimator)!,
    );
    const trials = await lab.trials(context, proposals);
    const runs = trials.map(({ runId }) => runId);
    const answers = (await lab.ask(offered, runs.join(','))) as Record<string, Offered>;
    for (const { estimator, runId, validation } of trials) {
      const answer = answers[runId]!;
      expect(answer.inputs, estimator).toEqual(['shop', 'article', 'day', 'offer']);
      expect(answer.outputs, estimator).toEqual(['shop', 'article', 'day', 'yhat', 'yhat_lower', 'yhat_upper']);
      expect(answer.series, estimator).toEqual([[1, 'milk'], [1, 'tea'], [2, 'milk'], [2, 'tea']]); // prettier-ignore
      expect(answer.refused, estimator).toContain("No history of series ['3 | milk'");
      const uses = ['AutoARIMA', 'LightGBM', 'Prophet'].includes(estimator);
      expect(answer.missing, estimator).toBe(0);
      // Nothing has been learnt of the one that has just begun.
      for (const ratio of answer.ratio.filter((_, at) => at !== 2)) {
        if (uses) expect(ratio, estimator).toBeGreaterThan(1.25);
        else expect(ratio, estimator).toBeCloseTo(1, 6);
      }
      if (uses) expect(validation, estimator).toBeLessThan(0.25);
    }
    const final = await lab.trial(context, forecastProblem.finalPlan(trials.at(-1)!, context)!);
    expect(final.validation).toBeCloseTo(trials.at(-1)!.validation, 9);
  },
  3 * bound,
);

/** Forecasts of the series that has just begun, and what is missing of all. */
const begun = `
import json, sys
import mlflow
told = {}
for run in sys.argv[1].split(","):
    model = mlflow.pyfunc.load_model(f"runs:/{run}/model")
    answer = model.predict(model.unwrap_python_model().to_ask(9).head(0), params={"horizon": 9})
    of_begun = answer[(answer["shop"] == 2) & (answer["article"] == "milk")]
    told[run] = {"missing": int(answer.isna().sum().sum()), "begun": of_begun["yhat"].tolist()}
print(json.dumps(told))
`;

test(
  'a series that is shorter than a season goes on as it is by methods that repeat one',
  async () => {
    const naive = forecastProblem.portfolio(context).find(({ estimator }) => estimator === 'SeasonalNaive')!;
    const mstl = { estimator: 'MSTL', params: { seasons: '7', trend: 'AutoARIMA', transform: 'none' } };
    const trials = await lab.trials(context, [naive, { ...naive, ...mstl }]);
    const runs = trials.map(({ runId }) => runId);
    const told = await lab.ask(begun, runs.join(','));
    const expected = { missing: 0, begun: Array.from({ length: 9 }, () => 50) };
    expect(told).toEqual(Object.fromEntries(runs.map((run) => [run, expected])));
  },
  2 * bound,
);

test('holidays of the country are known to the methods that can use them', () => {
  for (const estimator of ['Prophet', 'LightGBM']) {
    const plan = {
      estimator,
      params: {},
      name: 'a',
      number: 1,
      kind: 'search',
      framework: 'prophet',
      bases: [],
    } as const;
    const code = forecastProblem.trialNotebook(plan, context).cells.map(({ source }) => source);
    expect(code.join('\n')).toMatch(/country_holidays\("US"/);
    const none = { ...context, config: { ...context.config, country_code: '' } };
    const without = forecastProblem.trialNotebook(plan, none).cells.map(({ source }) => source);
    expect(without.join('\n')).not.toContain('country_holidays');
  }
});
