/** What forecasts take: times as clients write them, asked of the model and of MLflow's scoring. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { forecastProblem } from '../../../src/automl/forecast/forecast-problem.ts';
import type { FinishedTrial } from '../../../src/automl/problem.ts';
import { bound, TrialLab } from '../support/trial-lab.ts';
import { csv, days } from './support/series.ts';

let lab: TrialLab;
let trial: FinishedTrial;

beforeAll(async () => {
  lab = await TrialLab.start(forecastProblem);
  const rows = days(120).flatMap((day, at) => {
    const offer = at % 5 === 0 ? 1 : 0;
    const text = day.split('-').toReversed().join('.');
    return ['north', 'south'].map((shop) => [text, shop, (20 + (at % 7) + 9 * offer).toFixed(1), offer]);
  });
  const context = await lab.prepare('sales', csv('day,shop,sold,offer', rows), {
    problem_type: 'forecasting',
    timeout_seconds: 1,
    target_col: 'sold',
    time_col: 'day',
    identity_col: ['shop'],
    covariates: ['offer'],
    horizon: 7,
    frequency: 'D',
  });
  const proposal = forecastProblem.portfolio(context).find(({ estimator }) => estimator === 'LightGBM')!;
  const searched = await lab.trial(context, proposal);
  trial = await lab.trial(context, forecastProblem.finalPlan(searched, context)!);
}, 600_000);

afterAll(async () => {
  await lab.stop();
});

/** 2023-05-02 and the day after it are the first that the final model has not seen. */
const program = `
import datetime, json, sys
import mlflow, pandas as pd
from mlflow.pyfunc import scoring_server
model = mlflow.pyfunc.load_model(f"runs:/{sys.argv[1]}/model")
schema = model.metadata.get_input_schema()

def asked(days, **covariates):
    rows = pd.DataFrame({"shop": "north", "day": days, **covariates})
    return model.predict(rows)["yhat"].tolist()

def posted(**rows):
    answer = scoring_server.invocations(json.dumps(rows), "application/json", model, schema)
    return [row["yhat"] for row in json.loads(answer.response)["predictions"]]

def refused(day, **params):
    try:
        return str(model.predict(pd.DataFrame({"shop": "north", "day": [day], "offer": [0.0]}), params=params))
    except Exception as error:
        return str(error)

def contrary():
    try:
        return str(asked(["2023-05-02"] * 2, offer=[0.0, 1.0]))
    except Exception as error:
        return str(error)

two = ["2023-05-02", "2023-05-03"]
known = {"offer": [0.0, 1.0]}
print(json.dumps({
    "schema": [[one.name, str(one.type), one.required] for one in schema],
    "same": [
        asked(pd.to_datetime(two), **known),
        asked(pd.to_datetime(two).tz_localize("America/New_York"), **known),
        asked([datetime.date(2023, 5, 2), datetime.date(2023, 5, 3)], **known),
        asked(two, **known),
        asked(["2023-05-02T00:00:00+02:00", datetime.datetime(2023, 5, 3)], **known),
        asked(["02.05.2023", "03.05.2023"], **known),
        asked(two, offer=[0, 1]),
        posted(dataframe_records=[{"shop": "north", "day": day, "offer": offer} for day, offer in zip(two, known["offer"])]),
        posted(dataframe_split={"columns": ["day", "shop", "offer"], "data": [[two[0], "north", 0], [two[1], "north", 1]]}),
    ],
    "offered": [asked(two, offer=[float(offer)] * 2) for offer in (0, 1)],
    "unknown": [asked(two), posted(inputs={"shop": ["north"] * 2, "day": two}), asked(two, offer=[None, None])],
    "example": len(model.predict(model.input_example)),
    "ahead": [
        [len(answer), answer["shop"].unique().tolist(), str(answer["day"].max())[:10]]
        for answer in [model.predict(model.input_example.head(1), params={"horizon": 9})]
    ][0],
    "far": [refused("9999-12-31"), refused("2023-05-02", horizon=10**9), refused("2023-05-01")],
    "backwards": refused("2023-05-02", horizon=-1),
    "refused": [refused(day) for day in ("soon", 1682985600000, None)],
    "nothing": [list(answer.columns) + [len(answer)] for answer in [model.predict(model.input_example.head(0))]][0],
    "twice": [asked([two[0]] * 2, offer=[1.0] * 2), asked([two[0]], offer=[1.0]) * 2],
    "contrary": contrary(),
}))
`;

interface Told {
  readonly schema: readonly (readonly [string, string, boolean])[];
  readonly same: readonly (readonly number[])[];
  readonly offered: readonly (readonly number[])[];
  readonly unknown: readonly (readonly number[])[];
  readonly example: number;
  readonly ahead: readonly [number, readonly string[], string];
  readonly far: readonly string[];
  readonly backwards: string;
  readonly refused: readonly string[];
  readonly nothing: readonly (string | number)[];
  readonly twice: readonly (readonly number[])[];
  readonly contrary: string;
}

test(
  'times come as datetimes, dates and texts, and covariates that nobody knows may be left out',
  async () => {
    const told = (await lab.ask(program, trial.runId)) as Told;
    expect(told.schema.map(([name, , required]) => [name, required])).toEqual([
      ['shop', true],
      ['day', true],
      ['offer', false],
    ]);
    expect(told.schema[1]?.[1]).toBe('Any');
    const [first, ...others] = told.same;
    for (const other of others) expect(other).toEqual(first!);
    const [none, offer] = told.offered;
    for (const at of [0, 1]) expect(offer![at]! - none![at]!).toBeGreaterThan(0.5);
    const [unknown, ...likewise] = told.unknown;
    for (const other of likewise) expect(other).toEqual(unknown!);
    expect(told.example).toBe(14);
    expect(told.ahead).toEqual([9, ['north'], '2023-05-10']);
    expect(told.far).toEqual([
      '9999-12-31 is more than 10000 steps (D) after 2023-05-01, where the history ends',
      'The parameter horizon is a number of steps, 10000 at most, not 1000000000',
      '2023-05-01 is no step (D) after the history, which ends 2023-05-01',
    ]);
    expect(told.backwards).toContain('horizon is a number of steps, 10000 at most, not -1');
    expect(told.nothing).toEqual(['shop', 'day', 'yhat', 'yhat_lower', 'yhat_upper', 0]);
    const [asTwice, asOnce = []] = told.twice;
    expect(asTwice).toEqual(asOnce);
    expect(told.contrary).toContain('2023-05-02 of north stands twice, with different values of offer');
    for (const [at, value] of ["'soon'", "'1682985600000'", "'None'"].entries())
      expect(told.refused[at]).toContain(`'day' holds ${value}, which is no time. Write times like 2024-03-01`);
  },
  bound,
);
