/** What the functions in a notebook make of values: they are a part of the model, which takes rows as they come. */
import { expect, test } from 'bun:test';
import { automlPython } from '../../../src/automl/environment.ts';
import { tabularProblem } from '../../../src/automl/tabular/tabular-problem.ts';
import { within } from '../../support/within.ts';
import { column, tableContext } from './support/table-context.ts';

const notebook = tabularProblem.trialNotebook(
  {
    number: 1,
    name: 'ridge-1',
    kind: 'search',
    estimator: 'Ridge',
    framework: 'sklearn',
    bases: [],
    params: { alpha: 1, features: 'scaled' },
  },
  tableContext([
    column('size', 'numeric', 'int64'),
    column('shop_id', 'categorical', 'int64'),
    { ...column('paid', 'datetime', 'int64'), format: '%Y%m%d' },
  ]),
);

test('long numbers that name things stay apart, what is infinite is missing, and digits may be a date', async () => {
  const source = notebook.cells.find(({ id }) => id === 'features')?.source ?? '';
  const functions = source.slice(0, source.indexOf('numeric = '));
  const program = `import json
import numpy as np
import pandas as pd
${functions}
shops = pd.DataFrame({"shop_id": [1000001.0, 1000002.0, 3.0, None]})
sizes = pd.DataFrame({"size": [1.5, np.inf, -np.inf, None]})
whole = pd.DataFrame({"shop_id": [1000001, 3]})
paid = [[20240229.0, None], [20240229, 20240301], ["20240229", np.nan]]
days = [date_parts(pd.DataFrame({"paid": one}))["paid days"].fillna(0).tolist() for one in paid]
print(json.dumps([days, as_text(shops).shop_id.dropna().tolist(), as_text(whole).shop_id.tolist(), numbers(sizes).notna().sum().item()]))`;
  const python = await automlPython({ onProgress: () => undefined });
  const child = Bun.spawn([python, '-c', program], { cwd: '/tmp', stdin: 'ignore', stdout: 'pipe', stderr: 'pipe' });
  const [out, error] = await within(
    60_000,
    Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()]),
  );
  expect(error).toBe('');
  expect(JSON.parse(out)).toEqual([
    [
      [19782, 0],
      [19782, 19783],
      [19782, 0],
    ],
    ['1000001', '1000002', '3'],
    ['1000001', '3'],
    1,
  ]);
}, 90_000);

test('the way of the columns is a param of the run: it is all that some trials differ by', () => {
  const source = notebook.cells.find(({ id }) => id === 'log')?.source;
  expect(source).toContain('mlflow.log_params({**params, "features": "scaled", "random_state": SEED})');
});
