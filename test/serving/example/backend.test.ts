/** The example's backend: what it refuses and how, and a second deployment under the same name. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { Client, getRun, loadText, setTrackingUri } from '../../../src/sdk/index.ts';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { startApp, type App } from './support/app.ts';
import { deploy, holdout, newest, searches, train } from './support/calls.ts';

const slow = 180_000;
const dir = freshFolder();
let app: App;

beforeAll(async () => {
  app = await startApp(dir);
  setTrackingUri(app.server);
  const { events } = await train(app, { dataset: 'iris', model: 'RandomForest', grid: { n_estimators: [2, 8, 9] } });
  expect(events.at(-1)).toMatchObject({ event: 'finished', combinations: 3, metric: 'accuracy' });
}, slow);

afterAll(async () => {
  await app.stop();
  removeFolder(dir);
}, 30_000);

test('offers what makes sense on each data set', async () => {
  const { datasets, server } = (await (await fetch(`${app.url}/datasets`)).json()) as {
    datasets: { name: string; models: { name: string }[] }[];
    server: string;
  };
  expect(server).toBe(app.server);
  expect(Object.fromEntries(datasets.map(({ name, models }) => [name, models.map((model) => model.name)]))).toEqual({
    iris: ['LogisticRegression', 'RandomForest'],
    wine: ['LogisticRegression', 'RandomForest'],
    'breast-cancer': ['LogisticRegression', 'RandomForest'],
    diabetes: ['LinearRegression', 'RandomForest'],
  });
});

test(
  'says what is wrong with a training, and leaves no run',
  async () => {
    const count = (await searches(app)).length;
    const forest = { dataset: 'iris', model: 'RandomForest' };
    const wrong: [order: unknown, words: string][] = [
      ['no JSON', 'The body is no JSON object. Send {"dataset": "iris"'],
      [{}, 'Nothing is no data set. Take iris, wine, breast-cancer or diabetes.'],
      [{ dataset: 'mnist' }, '"mnist" is no data set.'],
      [
        { dataset: 'diabetes', model: 'LogisticRegression' },
        '"LogisticRegression" cannot be trained on diabetes. For regression, such as diabetes, take LinearRegression or RandomForest.',
      ],
      [{ ...forest, grid: '{"n_estimators": [3' }, 'The grid is no JSON:'],
      [{ ...forest, grid: [1] }, 'The grid must be a JSON object.'],
      [{ ...forest, grid: { max_depth: 3 } }, 'The grid names no values to try for max_depth.'],
      [{ ...forest, grid: { depth: [3] } }, "RandomForestClassifier has no parameter 'depth'. It has: bootstrap,"],
      [
        { ...forest, grid: { max_depth: Array.from({ length: 101 }, (_, index) => index + 1) } },
        'The grid has 101 combinations. Take values out until it has 100.',
      ],
    ];
    for (const [order, words] of wrong) {
      const { status, message } = await train(app, order);
      expect({ order, status }).toEqual({ order, status: 400 });
      expect(message).toContain(words);
    }
    expect(await searches(app)).toHaveLength(count);
  },
  slow,
);

test(
  'a value that the model refuses fails its run, with the words of scikit-learn',
  async () => {
    const { events } = await train(app, { dataset: 'wine', model: 'RandomForest', grid: { max_depth: [-1] } });
    expect(events.at(-1)).toEqual({
      event: 'error',
      message:
        "The 'max_depth' parameter of RandomForestClassifier must be an int in the range [1, inf) or None. Got -1 instead.",
    });
    const [search] = await searches(app);
    expect(search).toMatchObject({ name: 'wine RandomForest', status: 'FAILED', combinations: [] });
  },
  slow,
);

test('takes orders from its own page alone', async () => {
  const order = { dataset: 'iris', model: 'RandomForest', grid: {} };
  const { status, message } = await train(app, order, { origin: 'http://elsewhere.example' });
  expect(status).toBe(400);
  expect(message).toContain('Requests from http://elsewhere.example are refused.');
  // A name of somebody else's that leads to this machine.
  const rebound = await fetch(`${app.url}/runs`, { headers: { host: `elsewhere.example:${new URL(app.url).port}` } });
  expect(rebound.status).toBe(400);
});

test('says what is wrong with a deployment, and registers nothing', async () => {
  const { runId: parent, best } = await newest(app);
  const good = await holdout(app, parent);
  const row = 'sepal length (cm),sepal width (cm),petal length (cm),petal width (cm)\n';
  const query = { runId: best.runId, model: 'refused', file: 'rows.csv' };
  const wrong: [query: Record<string, string>, csv: string, words: string][] = [
    [{}, good, 'Pick the run'],
    [{ ...query, model: 'a/b' }, good, 'Name the model with'],
    [query, '', 'Choose a CSV file'],
    [{ ...query, runId: parent }, good, `The run ${parent} has no model.`],
    [query, 'a,b\n1,2\n', 'rows.csv lacks the columns sepal length (cm), sepal width (cm), petal'],
    [query, row, 'rows.csv has no rows below its first line.'],
    [query, `${row}1,2,3,4\n1,two,3,4\n`, 'Row 2 of rows.csv has "two" for sepal width (cm), which must'],
    [query, `${row}1,2,3\n`, 'Row 1 of rows.csv has "" for petal width (cm), which must be a number.'],
    [query, `${row}1,2,3,"4\n`, 'Line 2 of the CSV has a quote that is out of place.'],
  ];
  for (const [query, csv, words] of wrong) {
    const { status, message } = await deploy(app, query, csv);
    expect({ words, status }).toEqual({ words, status: 400 });
    expect(message).toContain(words);
  }
  const none = await deploy(app, { ...query, runId: 'f'.repeat(32) }, good);
  expect(none.status).toBe(404);
  expect(none.message).toContain('not found');
  expect((await newest(app)).best.registered).toEqual([]);
});

test(
  'another run under the same name takes the endpoint over, and its file is scored by it',
  async () => {
    const { runId: parent, combinations } = await newest(app);
    const [first, second] = combinations;
    // Quotes, a column that the model does not know and one of an earlier prediction; the target is carried along.
    const lines = (await holdout(app, parent)).trim().split('\n');
    const text = lines.map((line, at) => (at === 0 ? `prediction,${line},note` : `old,${line},"row ""${at}"", kept"`));
    const csv = text.join('\r\n');
    const query = { model: 'taken-over', file: 'held out.csv' };
    for (const [run, version] of [
      [first, '1'],
      [second, '2'],
    ] as const) {
      const { events } = await deploy(app, { ...query, runId: run?.runId ?? '' }, csv);
      const end = events.at(-1);
      expect(end).toMatchObject({ event: 'finished', model: 'taken-over', version, rows: lines.length - 1 });
      expect((await fetch(`${app.server}/endpoints/taken-over/ping`)).status).toBe(200);

      const artifact = end?.event === 'finished' ? end.artifact : '';
      expect(artifact).toEndWith('-held-out.csv');
      const [header, ...rows] = (await loadText(`runs:/${run?.runId}/${artifact}`)).trim().split('\n');
      expect(header).toBe(`${lines[0]},note,prediction`);
      expect(rows[0]).toContain(',"row ""1"", kept",');
      // What the endpoint predicts is what the run's model predicted when it was trained.
      const right = rows.filter((row) => row.split(',')[4] === row.slice(row.lastIndexOf(',') + 1)).length;
      expect(right / rows.length).toBeCloseTo(run?.metrics['holdout_accuracy'] ?? -1, 10);
    }
    // The same run again makes no third version.
    const again = await deploy(app, { ...query, runId: second?.runId ?? '' }, csv);
    expect(again.events.at(-1)).toMatchObject({ event: 'finished', version: '2' });
    const shown = (await newest(app)).combinations.map(({ registered }) => registered);
    expect(shown).toEqual([['taken-over v1'], ['taken-over v2 @champion'], []]);
  },
  slow,
);

test(
  'a model that cannot be loaded is told, with what its process said',
  async () => {
    const { runId: parent, combinations } = await newest(app);
    const runId = combinations[2]?.runId ?? '';
    const model_id = (await getRun(runId)).outputs.modelOutputs[0]?.modelId ?? '';
    const { model } = await new Client().getLoggedModel({ model_id });
    const file = `${model?.info?.artifact_uri?.replace('mlflow-artifacts:/', '')}/model.skops`;
    const url = `${app.server}/api/2.0/mlflow-artifacts/artifacts/${file}`;
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(200);

    const { events, message } = await deploy(app, { runId, model: 'broken' }, await holdout(app, parent));
    expect(message).toContain('The endpoint broken cannot serve version 1; its log says why.');
    const steps = events.map((event) => (event.event === 'step' ? event.text : '')).join('\n');
    expect(steps).toContain('model.skops');
  },
  slow,
);

test('works with a server that runs already, and leaves it running', async () => {
  const other = await startApp(dir, { MLFLOW_TRACKING_URI: app.server });
  expect(other.server).toBe(app.server);
  expect(await searches(other)).toEqual(await searches(app));
  await other.stop();
  expect((await fetch(`${app.server}/health`)).status).toBe(200);
});
