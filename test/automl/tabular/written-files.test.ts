/** Files to predict, written as that of the search was: with semicolons, decimal commas and thousands. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FinishedTrial, SearchContext } from '../../../src/automl/problem.ts';
import { tabularProblem } from '../../../src/automl/tabular/tabular-problem.ts';
import { runModelyard } from '../../support/run-modelyard.ts';
import { bound, TrialLab } from '../support/trial-lab.ts';

let lab: TrialLab;
let context: SearchContext;
let trial: FinishedTrial;

const comma = (value: number): string => String(value).replace('.', ',');
const grouped = (value: number): string => String(value).replace(/(\d)(\d{3})$/, '$1.$2');

/** Of 300: sales are whole, with thousands; a sum has decimals too; `rate` and `items` have marks for missing. */
const rows = Array.from({ length: 300 }, (_, at) => {
  const active = at % 3 === 0;
  const [sales, rate, items] = [100 + ((at * 733) % 8900), ((at * 37) % 100) / 10, 1 + (at % 5)];
  const target = sales / 100 + 3 * rate + items + ((at * 7) % 10) / 10;
  const until = at % 3 === 1 ? '31.12.9999' : `0${1 + (at % 9)}.0${1 + (at % 7)}.202${at % 5}`;
  return {
    sales,
    rate: at % 30 === 0 ? null : rate,
    items: at % 40 === 0 ? null : items,
    sum: sales + 0.25,
    active,
    until,
    target,
  };
});
const written = rows.map(({ sales, rate, items, sum, active, until, target }) =>
  [
    grouped(sales),
    rate === null ? '?' : comma(rate),
    items ?? '?',
    grouped(Math.floor(sum)) + ',25',
    active ? 'True' : 'False',
    until,
    comma(Number(target.toFixed(2))),
  ].join(';'),
);
const file = (lines: readonly string[], end = '\r\n'): string =>
  ['sep=;', 'sales;rate;items;sum;active;until;target', ...lines, ''].join(end);

beforeAll(async () => {
  lab = await TrialLab.start(tabularProblem);
  const request = { problem_type: 'regression', target_col: 'target', primary_metric: 'rmse' };
  context = await lab.prepare('offices', file(written), request);
  const plan = tabularProblem.portfolio(context).find(({ estimator }) => estimator === 'Ridge')!;
  trial = await lab.trial(context, plan);
}, 600_000);
afterAll(() => lab.stop());

const truths = `
import json, sys
import mlflow, numpy as np, pandas as pd
rows = pd.DataFrame(json.loads(sys.argv[2]))
rows = rows.astype({name: float for name in rows if name not in ("active", "until")})
print(json.dumps(mlflow.pyfunc.load_model(f"runs:/{sys.argv[1]}/model").predict(rows).tolist()))
`;

/** Of the numbers that the file means. */
async function meant(some: readonly object[]): Promise<number[]> {
  return (await lab.ask(truths, trial.runId, JSON.stringify(some))) as number[];
}

const close = (given: readonly number[], wanted: readonly number[]): void => {
  expect(given).toHaveLength(wanted.length);
  given.forEach((one, at) => expect(one).toBeCloseTo(wanted[at]!, 6));
};

async function predicted(text: string): Promise<{ predictions: number[]; error: string }> {
  writeFileSync(join(lab.folder, 'new.csv'), text);
  const args = ['models', 'predict', '--env-manager', 'local', '--workers', '1'];
  const env = { PATH: `${dirname(lab.python)}:${process.env['PATH']}`, MLFLOW_TRACKING_URI: lab.server.url };
  const options = { dir: lab.folder, env, limit: bound };
  const { out, error } = await runModelyard([...args, '-m', `runs:/${trial.runId}/model`, '-i', 'new.csv'], options);
  return { ...(JSON.parse(out) as { predictions: number[] }), error };
}

test(
  'the file itself, and few rows of it, which have thousands alone',
  async () => {
    const { predictions, error } = await predicted(file(written));
    close(predictions, await meant(rows));
    expect(error).toContain("10 of 300 values of rate are not read and count as missing, such as '?'");
    const few = rows.flatMap((row, at) => (row.sales >= 1000 && at % 7 === 3 ? [at] : [])).slice(0, 3);
    close(
      (
        await predicted(
          file(
            few.map((at) => written[at]!),
            '\n',
          ),
        )
      ).predictions,
      await meant(few.map((at) => rows[at]!)),
    );
  },
  bound,
);

test(
  'the notebook that predicts',
  async () => {
    const scored = await lab.scored(context, trial.runId, file(written));
    const [head, ...lines] = scored.trim().split('\n');
    expect(head).toBe('sales;rate;items;sum;active;until;target;predictions');
    close(
      lines.map((line) => Number(line.split(';').at(-1)!.replace(',', '.'))),
      await meant(rows),
    );
  },
  bound,
);

test(
  'a value of true or false that is missing',
  async () => {
    const { predictions } = await predicted(file([written[3]!.replace('True', ''), written[4]!]));
    expect(predictions[0]).toBeCloseTo((await meant([rows[3]!]))[0]!, 0);
    close(predictions.slice(1), await meant([rows[4]!]));
    const commas = await predicted('sales,rate,items,sum,active,until\n5000,3.5,2,5000.25,,01.02.2024\n');
    expect(commas.predictions[0]).toBeWithin(50, 75);
  },
  bound,
);
