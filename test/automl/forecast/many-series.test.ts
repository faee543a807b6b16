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
      ['north', 'tea', 20],
      ['north', 'milk', 60],
      ['south', 'tea', 200],
    ].map(([shop, article, level], series) => {
      const offer = (at * 7 + series * 3) % 11 < 2 ? 1 : 0;
      const noise = (((at * 7919 + series * 104_729) % 97) - 48) / 1000;
      const closed = holidays.includes(day) ? 0.2 : 1;
      const sold = Number(level) * (1 + 0.3 * Math.sin((at % 7) / 1.1) + noise) * (1 + 0.6 * offer) * closed;
      return [day, shop ?? '', article ?? '', at < length ? sold.toFixed(2) : '', offer];
    }),
  );
  context = await lab.prepare('shops', csv('day,shop,article,sold,offer', rows), {
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
  expect(context.profile).toMatchObject({ series: 3, longest: length, seasons: [7], test_steps: horizon });
  expect(context.profile.columns.find(({ name }) => name === 'offer')?.used).toBe(true);
});

/** Forecasts the days after the history with an offer on all of them, and with none. */
const offered = `
import json, sys
import mlflow, pandas as pd
answers = {}
for run in sys.argv[1].split(","):
    model = mlflow.pyfunc.load_model(f"runs:/{run}/model")
    rows = model.unwrap_python_model().next_steps(7)
    means = [model.predict(rows.assign(offer=float(offer))).groupby("series")["yhat"].mean() for offer in (0, 1)]
    try:
        model.predict(rows.assign(series="west | tea"))
        refused = ""
    except Exception as error:
        refused = str(error)
    answers[run] = {
        "inputs": model.metadata.get_input_schema().input_names(),
        "series": means[0].index.tolist(),
        "ratio": (means[1] / means[0]).tolist(),
        "refused": refused,
    }
print(json.dumps(answers))
`;

interface Offered {
  readonly inputs: readonly string[];
  readonly series: readonly string[];
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
      expect(answer.inputs, estimator).toEqual(['series', 'ds', 'offer']);
      expect(answer.series, estimator).toEqual(['north | milk', 'north | tea', 'south | tea']);
      expect(answer.refused, estimator).toContain("No history of series ['west | tea']");
      const uses = ['AutoARIMA', 'LightGBM', 'Prophet'].includes(estimator);
      for (const ratio of answer.ratio) {
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
