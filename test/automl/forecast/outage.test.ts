/** A backtest over an outage: what no method foresees does not choose between them. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { forecastProblem } from '../../../src/automl/forecast/forecast-problem.ts';
import { bound, TrialLab } from '../support/trial-lab.ts';
import { csv, months, passengers } from './support/series.ts';

let lab: TrialLab;
beforeAll(async () => {
  lab = await TrialLab.start(forecastProblem);
}, 600_000);
afterAll(async () => {
  await lab.stop();
});

/** Metrics of a backtest by sMAPE, with a season of twelve months. */
async function metricsOf(name: string, values: readonly number[]): Promise<Readonly<Record<string, number>>> {
  const times = months(values.length);
  const rows = values.map((value, at): [string, number] => [times[at] ?? '', value]);
  const context = await lab.prepare(name, csv('month,passengers', rows), {
    problem_type: 'forecasting',
    target_col: 'passengers',
    time_col: 'month',
    horizon: 6,
    frequency: 'MS',
    primary_metric: 'smape',
  });
  const params = { season_length: 12, model: 'AAA', damped: true, transform: 'none' };
  return (await lab.trial(context, { estimator: 'AutoETS', params })).metrics;
}

test(
  'a window with an outage counts little where methods are chosen',
  async () => {
    const calm = await metricsOf('calm', passengers);
    expect(calm['val_smape']).toBeLessThan(0.1);
    expect(calm['val_smape_typical']).toBe(calm['val_smape']);
    const outage = passengers.map((value, at) => (at >= 118 && at < 121 ? 3 : value));
    const shaken = await metricsOf('outage', outage);
    expect(shaken['val_smape']).toBeGreaterThan(0.2);
    expect(shaken['val_smape_typical']).toBeLessThan(0.75 * shaken['val_smape']!);
    expect(shaken['val_smape_typical']).toBeGreaterThan(0.02);
  },
  2 * bound,
);
