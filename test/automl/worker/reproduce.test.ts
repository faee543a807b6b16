import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { automlPython } from '../../../src/automl/environment.ts';
import { startNotebookRunner } from '../../../src/automl/worker/notebook-runner.ts';
import { reproduceNotebook, type Reproduction } from '../../../src/automl/worker/reproduce.ts';
import type { NotebookRunner } from '../../../src/automl/worker/worker.ts';
import type { CellTag } from '../../../src/automl/notebook/cell.ts';
import { notebookText } from '../../../src/models/notebook/notebook.ts';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { within } from '../../support/within.ts';
import { isGone } from './is-gone.ts';
import { freshFolder, removeFolder } from '../../support/folders.ts';

/** Until which each of these must have ended, however busy the machine is. */
const bound = 150_000;

let folder: string;
let python: string;
let runner: NotebookRunner;

beforeAll(async () => {
  folder = freshFolder();
  python = await automlPython({ onProgress: () => undefined });
  runner = await startNotebookRunner({
    python,
    imports: ['pandas', 'sklearn.ensemble', 'lightgbm', 'matplotlib.pyplot'],
    environment: {},
  });
}, 600_000);

afterAll(async () => {
  await runner.close();
  removeFolder(folder);
});

function again(text: string, more: Partial<Parameters<typeof reproduceNotebook>[0]> = {}): Promise<Reproduction> {
  const rest = { results: ['scores'], skip: [], folder, environment: {}, threads: 2, deadline: Date.now() + bound };
  return reproduceNotebook({ python, text, ...rest, ...more });
}

const training = [
  [
    'setup',
    'import lightgbm as lgb\nimport matplotlib.pyplot as plt\nimport numpy as np\nfrom sklearn.datasets import make_classification\nfrom sklearn.ensemble import RandomForestClassifier\nfrom sklearn.model_selection import cross_val_predict\nfrom sklearn.preprocessing import FunctionTransformer\nfrom sklearn.pipeline import make_pipeline\nfrom sklearn.metrics import log_loss',
  ],
  ['load', 'X, y = make_classification(500, random_state=1)\nprint(X.shape)'],
  ['features', 'def squares(values):\n    return np.hstack([values, values**2])'],
  [
    'fit',
    `models = [lgb.LGBMClassifier(n_jobs=2, n_estimators=30, verbose=-1, random_state=1), RandomForestClassifier(n_jobs=2, random_state=1)]
scores = [
    log_loss(y, cross_val_predict(make_pipeline(FunctionTransformer(squares), model), X, y, method="predict_proba"))
    for model in models
]
scores`,
  ],
  ['plots', 'plt.plot(scores);'],
  ['inference', 'raise NotImplementedError("Not run by the search.")'],
] as const satisfies readonly (readonly [CellTag, string])[];

interface File {
  cells: { outputs?: { output_type: string; data?: Record<string, unknown>; text?: string | string[] }[] }[];
}

const outputs = (text: string): unknown =>
  (JSON.parse(text) as File).cells.map(({ outputs: all = [] }) =>
    all.map((one) => [one.output_type, [one.text].flat().join(''), Object.keys(one.data ?? {}).sort()]),
  );

describe('a notebook of the search in a clean kernel', () => {
  test('gives the same numbers and the same outputs', async () => {
    const cells = training.map(([tag, source]) => ({ id: tag, kind: 'code' as const, source, tags: [tag] as const }));
    const notebook = { name: 'trial', cells, results: ['scores'] };
    const searched = await runner.run({
      notebook,
      skip: ['inference'],
      folder,
      environment: {},
      threads: 2,
      memory: 2 ** 31,
      deadline: Date.now() + bound,
    });
    const reproduced = await again(searched.text, { skip: ['inference'] });
    expect([reproduced.status, reproduced.results]).toEqual([searched.status, searched.results]);
    expect(searched.results['scores']).toBeArrayOfSize(2);
    expect(outputs(reproduced.text)).toEqual(outputs(searched.text));
  });

  const fileOf = (...sources: string[]): string =>
    notebookText(sources.map((source, at) => ({ id: `cell-${at}`, kind: 'code', source })));

  test('tells where it failed, with the outputs so far', async () => {
    const end = await again(fileOf('print("before")', 'def half(x):\n    return x / 0\nhalf(1)', 'print("after")'));
    expect(end).toMatchObject({
      status: 'error',
      message: 'ZeroDivisionError: division by zero',
      failedCell: 1,
      results: {},
    });
    expect(end.traceback).toContain('line 2');
    expect(outputs(end.text)).toMatchObject([[['stream', 'before\n', []]], [['error', '', []]], []]);
  });

  test('tells that its kernel has died', async () => {
    const end = await again(fileOf('import os\nos._exit(3)'));
    expect(end).toMatchObject({ status: 'error', message: 'The kernel died.', failedCell: 0 });
  });

  test('sees nothing of ours, and results as the search sees them', async () => {
    const source = `import numpy as np
try:
    import modelyard_automl
except ModuleNotFoundError as error:
    scores = {"own": error.name, "none": np.nan, "all": np.arange(2)}`;
    const end = await again(fileOf(source), { results: ['scores', 'nothing'] });
    expect(end.results).toEqual({ scores: { own: 'modelyard_automl', none: null, all: [0, 1] } });
  });

  test('ends at its deadline, and its kernel with it', async () => {
    const text = fileOf('import os\nopen("kernel.pid", "w").write(str(os.getpid()))', 'while True: pass');
    const stop = new AbortController();
    const ended = again(text, { signal: stop.signal });
    const pid = await within(bound, written(join(folder, 'kernel.pid')));
    stop.abort();
    expect(await within(bound, ended)).toMatchObject({ status: 'killed', text });
    expect(await isGone(pid)).toBe(true);
    expect(await again(text, { deadline: Date.now() + 100 })).toMatchObject({ status: 'timeout' });
  });
});

async function written(file: string): Promise<number> {
  for (;;) {
    const text = existsSync(file) ? await Bun.file(file).text() : '';
    if (text !== '') return Number(text);
    await Bun.sleep(50);
  }
}
