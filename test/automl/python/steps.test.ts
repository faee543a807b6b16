/** The step between the times of a series, where Python's caller does not say it. */
import { expect, test } from 'bun:test';
import { join } from 'node:path';
import { automlPython } from '../../../src/automl/environment.ts';

const script = `
import json, sys, warnings
import numpy as np, pandas as pd
from modelyard._series import series_of

def found(times, **more):
    table = pd.DataFrame({"day": times, "sold": np.arange(len(times)), **more})
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            step = series_of(table, "sold", "day", list(more), None).frequency
        except ValueError as error:
            return [str(error)]
    return [step, *(str(one.message) for one in told)]

random = np.random.default_rng(1)
days, hours = pd.date_range("2023-01-01", periods=400), pd.date_range("2023-01-01", periods=90, freq="h")
months, work = pd.date_range("2016-01-31", periods=60, freq="ME"), pd.bdate_range("2023-01-02", periods=120)
print(json.dumps({
    "whole": found(days),
    "day": found(days.delete(5)),
    "shops": found(days.delete(5).append(days.delete(90)), shop=["n"] * 399 + ["s"] * 399),
    "hours": found(hours.delete([7, 40, 41])),
    "months": found(months.delete(30)),
    "work": found(work.delete([17, 64])),
    "chance": found(days[0] + pd.to_timedelta(np.cumsum(random.integers(1, 9000, 200)), unit="min")),
    "few": found(days[:2]),
}))
`;

test('a few steps that are missing do not hide the step, which is told', async () => {
  const python = await automlPython({ onProgress: () => undefined });
  const env = { ...process.env, PYTHONPATH: join(import.meta.dir, '../../../python') };
  const child = Bun.spawn([python, '-B', '-c', script], { env, stdout: 'pipe', stderr: 'inherit' });
  const told = JSON.parse(await new Response(child.stdout).text()) as unknown;
  const taken = (step: string): readonly string[] => [
    step,
    `Some times of 'day' are missing or between the steps: the step is taken as frequency='${step}', that of the others.`,
  ];
  const refused = ["The times of 'day' are not regular: say the step between them, such as frequency='D'."];
  expect(told).toEqual({
    whole: ['D'],
    day: taken('D'),
    shops: taken('D'),
    hours: taken('h'),
    months: taken('ME'),
    work: taken('B'),
    chance: refused,
    few: refused,
  });
}, 120_000);
