/** A model is asked for times as its data has them, however these are written. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { forecastProblem } from '../../../src/automl/forecast/forecast-problem.ts';
import { bound, TrialLab } from '../support/trial-lab.ts';
import { csv, months } from './support/series.ts';

let lab: TrialLab;

beforeAll(async () => {
  lab = await TrialLab.start(forecastProblem);
}, 600_000);

afterAll(async () => {
  await lab.stop();
});

/** Asks the model for the next step in each of the ways to write it, and for what is no time. */
const program = `
import json, sys
import mlflow, pandas as pd
model = mlflow.pyfunc.load_model(f"runs:/{sys.argv[1]}/model")
asked = json.loads(sys.argv[2])
asked += [float(time) for time in asked if isinstance(time, int)]
answers = {str(time): str(model.predict(pd.DataFrame({"q": [time]}))["q"].iloc[0])[:10] for time in asked}
try:
    refused = str(model.predict(pd.DataFrame({"q": ["soon"]})))
except Exception as error:
    refused = str(error)
first = str(model.predict(pd.DataFrame({"q": [sys.argv[3]]}))["q"].iloc[0])[:10]
print(json.dumps({"answers": sorted(set(answers.values())), "first": first, "refused": refused}))
`;

const firsts = months(48, 2001);
const quarters = firsts.filter((_, at) => at % 3 === 0);
const long = months(48, 1949);
const years = Array.from({ length: 40 }, (_, at) => 1969 + at);
const name = (month: string): string =>
  new Date(month).toLocaleDateString('en-US', { month: 'short', year: 'numeric', timeZone: 'UTC' });
const quarter = (month: string, between: string): string =>
  `${month.slice(0, 4)}${between}Q${(Number(month.slice(5, 7)) + 2) / 3}`;

/** How the data has its times, the frequency, ways to ask for the next step, and that step. */
const ways: readonly (readonly [string, readonly (string | number)[], string, readonly (string | number)[], string])[] =
  [
    ['quarters', quarters.map((one) => quarter(one, '')), 'QS', ['2005Q1', '2005-Q1', '2005-01-01'], '2005-01-01'],
    ['quarters-2', quarters.map((one) => quarter(one, '-')), 'QE', ['2005-Q1', '2005 Q1', '2005-03-31'], '2005-03-31'],
    ['years', years.map((one) => `${one}.0`), 'YS', [2009, '2009.0', '2009-01-01'], '2009-01-01'],
    ['decimals', firsts.map((_, at) => (2001 + at / 12).toFixed(6)), 'MS', [2005, '2005.0', '2005-01'], '2005-01-01'],
    [
      'decimals-2',
      firsts.map((_, at) => (2000 + (at + 1) / 12).toFixed(2)),
      'ME',
      ['2004.08', '2004.0833'],
      '2004-02-29',
    ],
    ['decimal-quarters', quarters.map((_, at) => 2000.25 + at / 4), 'QS', [2004.25, '2004.25'], '2004-04-01'],
    ['months', firsts.map((one) => one.slice(0, 7).replace('-', '')), 'MS', [200501, '200501.0'], '2005-01-01'],
    [
      'month-numbers',
      firsts.map((one) => one.slice(0, 7).replace('-', 'M')),
      'MS',
      ['2005M01', '2005-M1'],
      '2005-01-01',
    ],
    ['two-digits', long.map((one) => name(one).replace(' 19', '-')), 'MS', ['Jan-53', '1953-01'], '1953-01-01'],
    [
      'two-digit-days',
      long.map((one) => one.replace(/^19(..)-(..)-(..)$/, '$3.$2.$1')),
      'MS',
      ['01.01.53'],
      '1953-01-01',
    ],
    ['names', firsts.map(name), 'MS', ['Jan 2005', '2005-01'], '2005-01-01'],
    ['month-ends', firsts.map((one) => one.slice(0, 7)), 'ME', ['2005-01', '2005-01-31'], '2005-01-31'],
    ['seconds', firsts.map((one) => Date.parse(one) / 1000), 'MS', [1104537600, '1104537600.0'], '2005-01-01'],
    ['milliseconds', firsts.map((one) => Date.parse(one)), 'MS', [1104537600000, '2005-01-01'], '2005-01-01'],
  ];

test.each(ways)(
  'times that the data has as %s',
  async (kind, times, frequency, asked, next) => {
    const rows = times.map((time, at) => [time, 20 + (at % 4)]);
    const request = { problem_type: 'forecasting', target_col: 'y', time_col: 'q', horizon: 2, frequency };
    const context = await lab.prepare(kind, csv('q,y', rows), { ...request, timeout_seconds: 1 });
    const plan = forecastProblem.portfolio(context)[0]!;
    const final = forecastProblem.finalPlan(await lab.trial(context, plan), context)!;
    const { runId } = await lab.trial(context, final, []);
    // Any day of a month tells which step is meant, and the answer is of that day.
    const first = `${next.slice(0, 7)}-01`;
    const told = await lab.ask(program, runId, JSON.stringify(asked), first);
    expect(told).toEqual({
      answers: [next],
      first,
      refused: expect.stringContaining("'q' holds 'soon', which is no time") as string,
    });
  },
  2 * bound,
);
