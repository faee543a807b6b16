/** What the functions in a notebook make of values: they are a part of the model, which takes rows as they come. */
import { expect, test } from 'bun:test';
import { automlPython } from '../../../src/automl/environment.ts';
import { pythonFolder } from '../../../src/automl/python-folder.ts';
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
    { ...column('hired', 'datetime', 'string'), format: 'month names' },
    { ...column('boarded', 'datetime', 'string'), format: '%d.%m.%Y' },
    { ...column('mass', 'numeric', 'string'), unit: 'kg', missing: 3 },
    { ...column('euros', 'numeric', 'string'), unit: '€', decimal_comma: true },
  ]),
);

const python = await automlPython({ onProgress: () => undefined });

/** What a program prints as JSON that knows the functions of the notebook, which warns of `lost` values alone. */
async function told(program: string, lost = ''): Promise<unknown> {
  const source = notebook.cells.find(({ id }) => id === 'features')?.source ?? '';
  const begin = `import json
import os
import re
import warnings
import numpy as np
import pandas as pd
from modelyard_automl.prepare.units import measures_in
OPTIONAL = ["mass"]
${source.slice(0, source.indexOf('numeric = '))}`;
  const child = Bun.spawn([python, '-c', `${begin}\n${program}`], {
    cwd: '/tmp',
    env: { ...process.env, PYTHONPATH: pythonFolder(), PYTHONDONTWRITEBYTECODE: '1' },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  });
  const [out, error] = await within(
    60_000,
    Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()]),
  );
  const warnings = [...error.matchAll(/UserWarning: (.*)/g)].map(([, one]) => one);
  expect([warnings.join('\n'), warnings.length === 0 ? error : '']).toEqual([lost, '']);
  return JSON.parse(out);
}

test('long numbers that name things stay apart, what is infinite is missing, and digits may be a date', async () => {
  const program = `
shops = pd.DataFrame({"shop_id": [1000001.0, 1000002.0, 3.0, None]})
sizes = pd.DataFrame({"size": [1.5, np.inf, -np.inf, None]})
whole = pd.DataFrame({"shop_id": [1000001, 3]})
paid = [[20240229.0, None], [20240229, 20240301], ["20240229", np.nan]]
days = [date_parts(pd.DataFrame({"paid": one}))["paid days"].fillna(0).tolist() for one in paid]
print(json.dumps([days, as_text(shops).shop_id.dropna().tolist(), as_text(whole).shop_id.tolist(), numbers(sizes).notna().sum().item()]))`;
  expect(await told(program)).toEqual([
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

test('a date is read as the data has it, or as ISO 8601', async () => {
  const program = `
asked = ["10.04.1912", "1912-04-10", "1912-04-10T00:00:00", pd.Timestamp("1912-04-10"), "soon", None]
days = date_parts(pd.DataFrame({"boarded": asked}))["boarded days"].fillna(-1).tolist()
print(json.dumps(days))`;
  const april = Date.UTC(1912, 3, 10) / 86_400_000;
  const soon = "1 of 6 values of boarded are not read and count as missing, such as 'soon'";
  expect(await told(program, soon)).toEqual([april, april, april, april, -1, -1]);
}, 90_000);

test('numbers with a unit are read as the preparation reads them, as numbers too, and in another style where that alone fits', async () => {
  const masses = ['21 kg', '1,299.5kg', '−3 kg', '+2e3 kg', '.5', '7', '1\u00a0000 kg', '12 g', '5 kg kg', 'kg', ''];
  const euros = ['€ 1.299,00', '5,5 €', '-€ 3', "1'000 €", '12', '(1.299,00 €)', '$ 4'];
  const program = `
def both(name, texts):
    ours = numbers(without_units(pd.DataFrame({name: texts})))[name]
    kept = [text for text, number in zip(texts, ours) if pd.notna(number)]
    theirs = measures_in(__import__("pyarrow").chunked_array([kept])).values.to_pylist()
    return [ours.astype(object).where(ours.notna(), None).tolist(), theirs]
mixed = numbers(without_units(pd.DataFrame({"mass": ["21 kg", 21, 21.5, None, np.nan]}))).fillna(-1)
others = pd.DataFrame({"mass": ["1,29 kg", "1.299,5 kg", "1,00,000 kg", "7.00-"], "euros": ["1,299.00 €", "2000.0 €", "55.000 €", "1'000,00 €"]})
others = numbers(without_units(others))
print(json.dumps([both("mass", ${JSON.stringify(masses)}), both("euros", ${JSON.stringify(euros)}), mixed["mass"].tolist(), others["mass"].tolist(), others["euros"].tolist()]))`;
  const read = [21, 1299.5, -3, 2000, 0.5, 7, 1000];
  const lost = [
    "4 of 11 values of mass are not read and count as missing, such as '12 g'",
    "1 of 7 values of euros are not read and count as missing, such as '$ 4'",
  ];
  expect(await told(program, lost.join('\n'))).toEqual([
    [[...read, null, null, null, null], read],
    [
      [1299, 5.5, -3, 1000, 12, -1299, null],
      [1299, 5.5, -3, 1000, 12, -1299],
    ],
    [21, 21, 21.5, -1, -1],
    [1.29, 1299.5, 100_000, -7],
    [1299, 2000, 55_000, 1000],
  ]);
}, 90_000);

test('months with names are read as the preparation reads them, other texts and times as they were', async () => {
  const texts = [
    'January 1st, 2022',
    '3. Juli 2022',
    '15 août 2022 9:30',
    '3 de julio de 2022',
    '1-Jan-2022',
    '31 feb 2022',
  ];
  const program = `
from modelyard_automl.prepare.month_names import iso_date as theirs
texts = ${JSON.stringify(texts)}
asked = [*texts, "2022-07-03", pd.Timestamp("2022-07-03"), None, "5 Mangos 2022"]
days = date_parts(pd.DataFrame({"hired": asked}))["hired days"].fillna(-1).tolist()
print(json.dumps([days, [theirs(one) for one in texts] == [iso_date(one) for one in texts]]))`;
  const july = Date.UTC(2022, 6, 3) / 86_400_000;
  const new_ = Date.UTC(2022, 0, 1) / 86_400_000;
  const august = Date.UTC(2022, 7, 15, 9, 30) / 86_400_000;
  const [days, same] = (await told(
    program,
    "2 of 10 values of hired are not read and count as missing, such as '31 feb 2022'",
  )) as [number[], boolean];
  expect(days.map((day) => Math.round(day * 1000))).toEqual(
    [new_, july, august, july, new_, -1, july, july, -1, -1].map((day) => Math.round(day * 1000)),
  );
  expect(same).toBeTrue();
}, 90_000);

test('columns that may lack are missing then, and a category is the same in any type', async () => {
  const program = `
rows = with_optional(pd.DataFrame({"size": [1, 2]}))
kinds = as_text(pd.DataFrame({"shop_id": pd.Series([3, 3.0, "3", "3.0", 0.1, "0.1", True, None, np.nan], dtype=object)}))["shop_id"]
print(json.dumps([rows.columns.tolist(), rows["mass"].isna().tolist(), kinds.dropna().tolist(), [type(one).__name__ for one in kinds[kinds.isna()]]]))`;
  expect(await told(program)).toEqual([
    ['size', 'mass'],
    [true, true],
    ['3', '3', '3', '3', '0.1', '0.1', 'True'],
    ['float', 'float'],
  ]);
}, 90_000);

test('a trial says how each type of column is made ready', () => {
  const source = notebook.cells.find(({ id }) => id === 'log')?.source;
  expect(source).toContain('numeric: numbers, SimpleImputer, StandardScaler');
  expect(source).toContain('measures: without_units, numbers, SimpleImputer, StandardScaler');
});

test('the way of the columns is a param of the run: it is all that some trials differ by', () => {
  const source = notebook.cells.find(({ id }) => id === 'log')?.source;
  expect(source).toContain('mlflow.log_params({**params, "features": "scaled", "random_state": SEED})');
});

test('what a notebook imports is in the requirements of its model, or named where it says how it is run again', () => {
  const sources = notebook.cells.map(({ source }) => source).join('\n');
  const [, listed = ''] = /for package in \[(.*)\]/.exec(sources) ?? [];
  const named = [...sources.matchAll(/`pip install ([a-z -]+)`/g)].map(([, names]) => names).join(' ');
  const packages: Readonly<Record<string, string>> = {
    sklearn: 'scikit-learn',
    mlflow: 'mlflow-skinny',
    IPython: 'ipykernel',
  };
  const others = ['cloudpickle', 'matplotlib', 'numpy', 'pandas'];
  const imported = [...sources.matchAll(/^(?:import|from) (\w+)/gm)].map(([, name = '']) => packages[name] ?? name);
  const needed = [...new Set(imported)].filter((name) => [...Object.values(packages), ...others].includes(name));
  expect(needed.length).toBe(7);
  expect(needed.filter((name) => !`${listed} ${named}`.includes(name))).toEqual([]);
});

test('the notebook that predicts makes up no words for dates in text', () => {
  const columns = [column('hired', 'datetime', 'string'), column('town', 'categorical', 'string')];
  const [batch] = tabularProblem.inferenceNotebooks('models:/a/1', tableContext(columns));
  const source = batch?.cells.find(({ id }) => id === 'read')?.source;
  expect(source).toContain('"hired": [None, None],');
  expect(source).toContain('"town": ["a", "b"],');
});
