/** What models take by HTTP: rows as a client has them, asked of MLflow's scoring server and of ours. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { join } from 'node:path';
import type { FinishedTrial, SearchContext } from '../../../src/automl/problem.ts';
import { tabularProblem } from '../../../src/automl/tabular/tabular-problem.ts';
import { startOracle, startServing, type Serving } from '../../serving/contract/support/processes.ts';
import { Random } from '../../support/random.ts';
import { within } from '../../support/within.ts';
import { bound, TrialLab } from '../support/trial-lab.ts';

let lab: TrialLab;
let context: SearchContext;
const trials: FinishedTrial[] = [];
const servers: Serving[] = [];

/** Prices with a currency, a size that may be missing, codes that are numbers or words, and a place that may be missing. */
function houses(count: number): string {
  const random = new Random(8);
  const gap = (value: string | number, place: number, every: number): string => (place % every === 1 ? '' : `${value}`);
  const lines = Array.from({ length: count }, (_, place) => {
    const [price, size, town] = [
      500 + random.below(100_000) / 100,
      random.below(300) / 2,
      random.pick(['Rome', 'Oslo']),
    ];
    const code = random.pick([3, 4, 'x', 'y']);
    const rent = price / 50 + size / 10 + (code === 3 ? 9 : 0) + (town === 'Rome' ? 5 : 0) + random.below(100) / 100;
    const written = price.toLocaleString('en-US', { minimumFractionDigits: 2 });
    return [gap(`"€ ${written}"`, place, 9), gap(size, place, 7), code, gap(town, place, 5), rent.toFixed(2)].join(',');
  });
  return `price,size,code,town,rent\n${lines.join('\n')}\n`;
}

const download = `
import json, sys
import mlflow
for run, name in zip(sys.argv[2].split(","), sys.argv[3].split(",")):
    mlflow.artifacts.download_artifacts(f"runs:/{run}/model", dst_path=f"{sys.argv[1]}/{name}")
print(json.dumps("done"))
`;

beforeAll(async () => {
  lab = await TrialLab.start(tabularProblem);
  const request = { problem_type: 'regression', target_col: 'rent', primary_metric: 'rmse' };
  context = await lab.prepare('houses', houses(300), request);
  const portfolio = tabularProblem.portfolio(context);
  const learners = ['Ridge', 'ExtraTreesRegressor'].map((name) =>
    portfolio.find(({ estimator }) => estimator === name)!,
  );
  trials.push(...(await lab.trials(context, learners)));
  trials.push(await lab.trial(context, tabularProblem.ensembles(trials, context)[0]!));
  trials.push(await lab.trial(context, tabularProblem.finalPlan(trials.at(-1)!, context)!));
  const names = ['linear', 'trees', 'blend', 'final'];
  await lab.ask(download, join(lab.folder, 'served'), trials.map(({ runId }) => runId).join(','), names.join(','));
  // MLflow serves the folders of a folder.
  for (const name of names) {
    servers.push(await startOracle(join(lab.folder, 'served', name), lab.folder));
    servers.push(await startServing(join(lab.folder, 'served', name, 'model')));
  }
}, 600_000);

afterAll(async () => {
  for (const server of servers) await server.stop();
  await lab.stop();
});

type House = Readonly<Record<string, string | number | null>>;

async function answer(at: number, rows: readonly House[]): Promise<readonly number[]> {
  const [theirs, ours] = [servers[2 * at]!, servers[2 * at + 1]!];
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ dataframe_records: rows }),
  };
  const answers = await within(
    bound,
    Promise.all(
      [`${theirs.url}/model/invocations`, `${ours.url}/invocations`].map(async (url) =>
        (await fetch(url, init)).json(),
      ),
    ),
  );
  expect(answers[1]).toEqual(answers[0]);
  const { predictions } = answers[0] as { readonly predictions?: readonly number[] };
  if (!predictions) throw new Error(JSON.stringify(answers[0]));
  return predictions;
}

const house = { price: '€ 1,000.00', size: 50, code: '3', town: 'Rome' } as const;

test(
  'the signature says what may be left out, and what comes in several types',
  async () => {
    const program = `
import json, sys
import mlflow
models = [mlflow.models.get_model_info(f"runs:/{run}/model") for run in sys.argv[1].split(",")]
print(json.dumps([[[one.name, str(one.type), one.required] for one in model.signature.inputs] for model in models]))
`;
    const signatures = await lab.ask(program, trials.map(({ runId }) => runId).join(','));
    const expected = [
      ['price', 'Any', false],
      ['size', 'DataType.double', false],
      ['code', 'Any', true],
      ['town', 'DataType.string', false],
    ];
    expect(signatures).toEqual(trials.map(() => expected));
  },
  bound,
);

test(
  'a column that missed values in training may be left out: it is missing then',
  async () => {
    for (const at of trials.keys()) {
      const [absent] = await answer(at, [{ code: '3' }]);
      const [missing] = await answer(at, [{ price: null, size: null, code: '3', town: null }]);
      expect(absent).toBeCloseTo(missing!, 9);
      expect(absent).toBeWithin(10, 60);
    }
  },
  bound,
);

test(
  'a number is the same with its unit, without it, and as a number; another unit is none',
  async () => {
    for (const at of trials.keys()) {
      const prices = ['€ 1,000.00', '1000 €', '€1000', '1000', 1000, '$ 1000', 'unknown', null];
      const rents = await answer(
        at,
        prices.map((price) => ({ ...house, price })),
      );
      for (const same of rents.slice(0, 5)) expect(same).toBeCloseTo(rents[0]!, 9);
      for (const missing of rents.slice(5)) expect(missing).toBeCloseTo(rents[7]!, 9);
      expect(Math.abs(rents[0]! - rents[7]!)).toBeGreaterThan(0.01);
      const [dear] = await answer(at, [{ ...house, price: '€ 1,400.50' }]);
      expect(dear).toBeGreaterThan(rents[0]!);
    }
  },
  bound,
);

test(
  'a category that is a number may come as one, alone or among words',
  async () => {
    for (const at of trials.keys()) {
      const ways = [['3'], [3], ['3', 'x'], [3, 'x']];
      const rents = [];
      for (const codes of ways)
        rents.push(
          (
            await answer(
              at,
              codes.map((code) => ({ ...house, code })),
            )
          )[0]!,
        );
      for (const rent of rents) expect(rent).toBeCloseTo(rents[0]!, 9);
      const [other] = await answer(at, [{ ...house, code: 4 }]);
      expect(other).toBeLessThan(rents[0]! - 2);
    }
  },
  bound,
);

test(
  'what is required and lacks is told by its name',
  async () => {
    const asked = answer(0, [{ price: '€ 5' }]);
    expect(await asked.catch((error: Error) => error.message)).toContain("Model is missing inputs ['code']");
  },
  bound,
);
