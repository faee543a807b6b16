/** Endpoints: deployed from a version's page, tried, split, followed, measured, by mouse and by keyboard alone. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { registerModel, setAlias } from '../serving/endpoints/support/models.ts';
import { EndpointApi, startServing } from '../serving/endpoints/support/serving.ts';
import { freshFolder, removeFolder } from '../support/folders.ts';
import type { TestServer } from '../support/start-server.ts';
import { axe } from './support/axe.ts';
import { openPage, type PageOptions } from './support/browser.ts';
import { buildWhenOld } from './support/build.ts';
import { focused, tabTo } from './support/keyboard.ts';
import { python } from './support/server.ts';

/** A process of a model starts slowly on a busy machine. */
const startOfModel = 45_000;
const dir = freshFolder();
let server: TestServer;
let endpoints: EndpointApi;

/** Four columns, an example, and classes as predictions. */
const logIris = `
import mlflow, pandas as pd
from sklearn.linear_model import LogisticRegression
data = pd.DataFrame({"length": [1.0, 1.2, 5.0, 5.2], "count": [1, 2, 8, 9], "garden": ["a", "b", "a", "b"]})
from sklearn.compose import make_column_transformer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder
encode = make_column_transformer((OneHotEncoder(), ["garden"]), remainder="passthrough")
model = make_pipeline(encode, LogisticRegression()).fit(data, ["small", "small", "large", "large"])
with mlflow.start_run():
    mlflow.sklearn.log_model(model, name="model", input_example=data.head(2), registered_model_name="iris",
        pip_requirements=["mlflow", "scikit-learn"],
        signature=mlflow.models.infer_signature(data, model.predict(data)))
`;

beforeAll(async () => {
  await buildWhenOld();
  const ownPython = join(import.meta.dir, '../../.venv/bin');
  server = await startServing(dir, [], { env: { PATH: `${ownPython}:${process.env['PATH']}` } });
  endpoints = new EndpointApi(server.url);
  await Promise.all([
    python(server, logIris),
    registerModel(server.url, 'tiny', 'Identity').then(() => registerModel(server.url, 'tiny', 'Neg')),
  ]);
  await setAlias(server.url, 'tiny', 'champion', '1');
  await endpoints.create('iris', 'models:/iris/1', { env_manager: 'local', capture: { sample_rate: 1 } });
  await endpoints.create('plain', 'models:/tiny/1');
  await endpoints.ready('plain');
  // Python, mlflow and scikit-learn are loaded from a cold disk: it gets twice the time.
  await endpoints.ready('iris').catch(() => endpoints.ready('iris'));
}, 300_000);

afterAll(async () => {
  await server.stop();
  removeFolder(dir);
});

function open(path: string, options: PageOptions = {}): Promise<Page> {
  return openPage(path, { server, ...options });
}

function toast(page: Page, words: string | RegExp) {
  return page.locator('.toast').filter({ hasText: words });
}

async function splitOf(name: string): Promise<Record<string, number | undefined>> {
  const { served_models: models } = await endpoints.get(name);
  return Object.fromEntries(models.map((model) => [model.model_uri ?? '', model.traffic_percentage]));
}

describe('the list of endpoints', () => {
  test('an empty one tells how to deploy; a name is judged while it is typed', async () => {
    await using page = await openPage('/endpoints');
    await page.getByRole('heading', { name: 'Nothing is deployed yet' }).waitFor();
    expect(await page.locator('.state pre').textContent()).toContain('modelyard endpoints create -n my-endpoint');
    await page.getByRole('button', { name: 'Create endpoint' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Model' }).fill('nobody');
    await dialog.getByText('No registered model is called nobody.').waitFor();
    await dialog.getByRole('combobox', { name: 'Model' }).fill('classifier');
    await dialog.getByRole('combobox', { name: 'Serve' }).waitFor();
    expect(await dialog.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('classifier');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('not so');
    await dialog.getByText('Letters, digits, - and _ only').waitFor();
    expect(await dialog.getByRole('button', { name: 'Deploy' }).isDisabled()).toBe(true);
  });

  test('shows state, versions and counts; searches and sorts, all in the address', async () => {
    await using page = await open('/endpoints');
    const row = page.getByRole('row', { name: /^plain/ });
    await row.waitFor();
    expect(await row.textContent()).toContain('Readytiny v1');
    await page.getByRole('textbox', { name: 'Search endpoints' }).fill('iris ready');
    await page.getByText(/^1 of \d+ endpoints match$/).waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe('iris ready');
    await page.goto('/endpoints?sort=-name');
    await page.getByRole('row', { name: /^plain/ }).waitFor();
    const names = await page.getByRole('row').locator('a[href^="/endpoints/"]').allTextContents();
    expect(names).toEqual(names.toSorted().reverse());
    await page.getByRole('link', { name: 'iris', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'iris' }).waitFor();
  });

  test('the palette and the keys find endpoints', async () => {
    await using page = await open('/models');
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await page.getByRole('heading', { level: 1, name: 'Endpoints' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('plai');
    await page.getByRole('option', { name: /plain/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'plain' }).waitFor();
    expect(await focused(page)).toBe('h1 plain');
  });

  test('an endpoint is made from the palette, of a model that is found while its name is typed', async () => {
    await using page = await open('/models');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('new endpoint');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Create endpoint' });
    await dialog.getByRole('combobox', { name: 'Model' }).fill('tiny');
    await dialog.getByRole('combobox', { name: 'Serve' }).selectOption('models:/tiny/1');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('plain');
    await dialog.getByText('An endpoint of this name exists.').waitFor();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('from-palette');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'from-palette' }).waitFor();
    expect(new URL(page.url()).search).toBe('');
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Endpoints' }).waitFor();
    await page.getByRole('row', { name: /^from-palette/ }).waitFor();
    expect(await dialog.count()).toBe(0);
  });
});

describe('deploying', () => {
  test('a version is deployed from its page, seen becoming ready, and names where it is deployed', async () => {
    await using page = await open('/models/tiny/versions/2');
    await page.getByRole('button', { name: 'Deploy' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('fresh');
    await dialog.getByText('Answers at /endpoints/fresh/invocations').waitFor();
    await dialog.getByRole('button', { name: 'Deploy' }).click();
    await page.getByRole('heading', { level: 1, name: 'fresh' }).waitFor();
    await page.locator('.page-head').getByText('Ready').waitFor({ timeout: startOfModel });
    await page.getByRole('link', { name: 'tiny v2', exact: true }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Version 2' }).waitFor();
    await page.getByRole('link', { name: /fresh\s*100 %/ }).waitFor();
    await page.getByRole('link', { name: 'Use it' }).click();
    const use = page.getByRole('region', { name: 'At the endpoint fresh' });
    await use.getByRole('button', { name: 'Python' }).click();
    await use.getByText('requests.post("').waitFor();
    expect(await use.textContent()).toContain(`"${server.url}/endpoints/fresh/invocations"`);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Row by row' }).click();
    const notebook = await Bun.file(await (await download).path()).text();
    expect(notebook).toContain(`${server.url}/endpoints/fresh/invocations`);
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByRole('link', { name: /fresh\s*100 %/ }).click();
    await page.getByRole('heading', { level: 1, name: 'fresh' }).waitFor();
  });

  test('a version becomes a canary; the split is set by hand, adds up to 100, and is undone', async () => {
    await endpoints.create('split', 'models:/tiny/1');
    await endpoints.ready('split');
    await using page = await open('/models/tiny/versions/2');
    await page.getByRole('button', { name: 'Deploy' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'An existing endpoint' }).check();
    await dialog.getByRole('combobox', { name: 'Endpoint' }).selectOption('split');
    await dialog.getByRole('spinbutton', { name: /canary/ }).fill('30');
    await dialog.getByText('Then: tiny v1 70 %, tiny v2 30 %').waitFor();
    await dialog.getByRole('button', { name: 'Deploy' }).click();
    await page.getByText('Answering now:').waitFor();
    await page.getByRole('link', { name: /tiny v2\s*30 %/ }).waitFor({ timeout: startOfModel });

    await page.getByRole('slider', { name: 'Traffic of tiny v1 in percent' }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('spinbutton', { name: 'Traffic of tiny v2 in percent' }).inputValue()).toBe('29');
    await page.getByRole('spinbutton', { name: 'Traffic of tiny v2 in percent' }).fill('45');
    expect(await page.getByRole('slider', { name: 'Traffic of tiny v1 in percent' }).inputValue()).toBe('55');
    await page.getByRole('button', { name: 'Save the split' }).click();
    await toast(page, 'Traffic: tiny v1 55 %, tiny v2 45 %').waitFor();
    expect(await splitOf('split')).toEqual({ 'models:/tiny/1': 55, 'models:/tiny/2': 45 });
    await toast(page, 'Traffic: tiny v1 55 %').getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('link', { name: /tiny v2\s*30 %/ }).waitFor();
    expect(await splitOf('split')).toEqual({ 'models:/tiny/1': 70, 'models:/tiny/2': 30 });

    await page.getByRole('button', { name: 'tiny v2: take all traffic' }).click();
    await page.getByText('All traffic', { exact: true }).waitFor();
    expect(await splitOf('split')).toEqual({ 'models:/tiny/2': 100 });

    // What is not served yet is offered first.
    await page.getByRole('button', { name: 'Serve another version' }).click();
    await dialog.getByText('Then: tiny v2 90 %, tiny v1 10 %').waitFor();
    await dialog.getByRole('radio', { name: 'All traffic at once, when it is ready' }).check();
    await dialog.getByText('Then: tiny v1 100 %').waitFor();
    await dialog.getByRole('button', { name: 'Deploy' }).click();
    await page.getByRole('listitem').getByRole('link', { name: 'tiny v1' }).waitFor();
    expect(await splitOf('split')).toEqual({ 'models:/tiny/1': 100 });
  });

  test('an alias is followed when it moves, without a reload', async () => {
    await using page = await open('/models/tiny/versions/1');
    await page.getByRole('button', { name: 'Deploy' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Serve' }).selectOption('models:/tiny@champion');
    await dialog.getByText('When the alias moves').waitFor();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('follower');
    await dialog.getByRole('button', { name: 'Deploy' }).click();
    await page.getByRole('link', { name: 'tiny v1', exact: true }).waitFor({ timeout: startOfModel });
    await page.getByText('follows the alias, now version 1').waitFor();
    await setAlias(server.url, 'tiny', 'champion', '2');
    await page.getByText('follows the alias, now version 2').waitFor({ timeout: startOfModel });
    await page.getByRole('link', { name: 'tiny v2', exact: true }).waitFor({ timeout: startOfModel });
  });

  test('what cannot be started says why, and its log tells more', async () => {
    const version = await registerModel(server.url, 'wreck', 'broken');
    await endpoints.create('wrecked', `models:/wreck/${version}`);
    await using page = await open('/endpoints/wrecked');
    await page.locator('.page-head').getByText('Failed').waitFor({ timeout: startOfModel });
    await page.locator('.endpoint-message[data-state=failed]').waitFor();
    await page.getByRole('button', { name: 'Try again now' }).waitFor();
    await page.getByRole('link', { name: 'Log' }).click();
    await page
      .getByText(/ONNX Runtime cannot load/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Endpoint actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete endpoint' }).click();
    await toast(page, 'wrecked was deleted').waitFor();
    expect(new URL(page.url()).pathname).toBe('/endpoints');
  });

  test('stopping is undone; one that answers is deleted once its name is typed', async () => {
    await endpoints.create('passing', 'models:/tiny/1');
    await endpoints.ready('passing');
    await using page = await open('/endpoints/passing');
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.locator('.page-head').getByText('Stopped').waitFor();
    await toast(page, 'passing was stopped').getByRole('button', { name: 'Undo' }).click();
    await page.locator('.page-head').getByText('Ready').waitFor({ timeout: startOfModel });
    await page.getByRole('button', { name: 'Endpoint actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    const remove = page.getByRole('button', { name: 'Delete endpoint' });
    expect(await remove.isDisabled()).toBe(true);
    await page.getByRole('textbox', { name: 'Type passing to confirm' }).fill('passing');
    await remove.click();
    await page.getByRole('heading', { level: 1, name: 'Endpoints' }).waitFor();
    await page.getByRole('row', { name: /^passing/ }).waitFor({ state: 'detached' });
  });

  test('settings are judged while they are typed, saved and undone', async () => {
    await using page = await open('/endpoints/plain');
    await page.getByRole('button', { name: 'Edit settings' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Time limit of a request, seconds' }).fill('0');
    await dialog.getByText('A number from 1 to 240.').waitFor();
    expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await dialog.getByRole('textbox', { name: 'Time limit of a request, seconds' }).fill('33');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('33 s', { exact: true }).waitFor();
    await toast(page, 'settings saved').getByRole('button', { name: 'Undo' }).click();
    await page.getByText('60 s', { exact: true }).waitFor();
    await endpoints.ready('plain');
  });
});

describe('trying it', () => {
  test('a form by the signature is filled from the example; predictions stand beside the rows', async () => {
    await using page = await open('/endpoints/iris?tab=try');
    const first = page.getByRole('group', { name: 'Row 1' });
    await first.getByLabel(/^length/).waitFor();
    expect(await first.getByLabel(/^length/).inputValue()).toBe('1');
    expect(await first.getByLabel(/^garden/).inputValue()).toBe('a');
    await page.getByRole('button', { name: 'Add row' }).click();
    const third = page.getByRole('group', { name: 'Row 3' });
    await third.getByLabel(/^length/).fill('5.1');
    await third.getByLabel(/^count/).fill('many');
    await third.getByText('A whole number.').waitFor();
    await page.getByRole('button', { name: 'Send' }).click();
    expect(await focused(page)).toContain('count');
    await third.getByLabel(/^count/).fill('9');
    await page.keyboard.press('Control+Enter');
    await third.getByText('large').waitFor({ timeout: startOfModel });
    expect(await first.locator('output').textContent()).toBe('small');
    await page.getByText('status 200').waitFor();
    await page.locator('.try-outcome').getByRole('link', { name: 'iris v1' }).waitFor();
    // What is not sent has no answer, also not that of the request before.
    await third.getByLabel(/^count/).fill('many');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Not sent: a field holds what the model does not take.').waitFor();
    expect(await page.getByText('status 200').count()).toBe(0);
    await third.getByLabel(/^count/).fill('9');
    // Leaving the page loses nothing.
    await page.reload();
    expect(await third.getByLabel(/^length/).inputValue()).toBe('5.1');
  });

  test('the form becomes JSON and back; an error stands there in the words of the server', async () => {
    await using page = await open('/endpoints/iris?tab=try', { expected: /status of 400/ });
    await page
      .getByRole('group', { name: 'Row 1' })
      .getByLabel(/^length/)
      .fill('4.5');
    await page.getByRole('button', { name: 'JSON', exact: true }).click();
    const body = page.getByRole('textbox', { name: 'Request body' });
    expect(JSON.parse(await body.inputValue())).toMatchObject({
      dataframe_split: { columns: ['length', 'count', 'garden'], data: [[4.5, 1, 'a'], [1.2, 2, 'b']] },
    }); // prettier-ignore
    await body.fill('{"dataframe_records": [{"length": 5, "count": 7, "garden": "b"}]}');
    await page.getByRole('button', { name: 'Form', exact: true }).click();
    expect(
      await page
        .getByRole('group', { name: 'Row 1' })
        .getByLabel(/^count/)
        .inputValue(),
    ).toBe('7');
    await page.getByRole('button', { name: 'JSON', exact: true }).click();
    await body.fill('{"dataframe_records": [{"length": 5}]}');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('status 400').waitFor({ timeout: startOfModel });
    await page
      .locator('.try-error')
      .getByText(/missing inputs/)
      .waitFor();
    await body.fill('{"dataframe_records": [');
    await page.getByText('This is no valid JSON.').waitFor();
    await page.getByRole('button', { name: 'Fill with the example' }).click();
    expect(await body.inputValue()).toContain('"length"');
  });

  test('tensors are written as JSON', async () => {
    await using page = await open('/endpoints/plain?tab=try');
    await page.getByText('This model takes tensors').waitFor();
    const body = page.getByRole('textbox', { name: 'Request body' });
    expect(JSON.parse(await body.inputValue())).toEqual({ inputs: [[0, 0]] });
    await body.fill('{"inputs": [[1, -2]]}');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('status 200').waitFor({ timeout: startOfModel });
    expect(await page.getByRole('region', { name: 'Whole answer' }).textContent()).toContain('[1, -2]');
  });
});

describe('what happened', () => {
  test('requests, errors and latencies are counted while the page is open, and told as a table too', async () => {
    await endpoints.create('counted', 'models:/tiny/1');
    await endpoints.ready('counted');
    await using page = await open('/endpoints/counted?tab=metrics');
    await page.getByRole('heading', { name: 'No request in the last hour' }).waitFor();
    for (let i = 0; i < 4; i++) expect((await endpoints.predict('counted')).status).toBe(200);
    expect((await endpoints.predict('counted', '{')).status).toBe(400);
    await page.locator('.count-totals').getByText('5', { exact: true }).waitFor();
    await page.locator('.count-totals').getByText('20 %').waitFor();
    await page.locator('.line-chart[data-drawn]').first().waitFor();
    await page.getByRole('row', { name: /400\s*1/ }).waitFor();
    await page.getByRole('button', { name: 'Requests: As a table' }).click();
    await page.getByRole('grid', { name: 'Points of Requests' }).waitFor();
    await page.getByRole('button', { name: '24 h' }).click();
    expect(new URL(page.url()).searchParams.get('hours')).toBe('24');
    await page.reload();
    await page.getByRole('grid', { name: 'Points of Requests' }).waitFor();
    await page.goto('/endpoints');
    await page.getByRole('row', { name: /^counted.*5.*1/ }).waitFor();
  });

  test('the log follows, finds, and shows the lines of one version', async () => {
    await endpoints.create('logged', 'models:/tiny/1');
    await endpoints.ready('logged');
    await using page = await open('/endpoints/logged?tab=log');
    await page.getByText(/models:\/tiny\/1 is ready/).waitFor();
    await page.getByRole('searchbox', { name: 'Find in the file' }).fill('is ready');
    await page.getByText('1 of 1').waitFor();
    await page.getByRole('combobox', { name: 'Lines of' }).selectOption('models:/tiny/1');
    await page.getByText(/models:\/tiny\/1 is ready/).waitFor({ state: 'detached' });
    await page.goto('/endpoints/logged?tab=log&wrap=1');
    await endpoints.update('logged', { served_models: [{ model_uri: 'models:/tiny/2', traffic_percentage: 100 }] });
    await page.getByText(/models:\/tiny\/2 is ready/).waitFor({ timeout: startOfModel });
    await page.getByRole('button', { name: 'Copy the log' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('models:/tiny/2 is ready');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    expect((await download).suggestedFilename()).toBe('logged.log');
  });

  test('captured rows stand with their predictions, are opened, tried again, and found in their run', async () => {
    const request = { dataframe_split: { columns: ['length', 'count', 'garden'], data: [[5.5, 8, 'b']] } };
    expect((await endpoints.predict('iris', JSON.stringify(request))).status).toBe(200);
    await using page = await open('/endpoints/iris?tab=captured');
    const row = page.getByRole('row', { name: /large.*5\.5/ }).first();
    await row.waitFor();
    await row.getByRole('button').click();
    const drawer = page.getByRole('dialog', { name: 'Captured request' });
    await drawer.getByText('status 200').waitFor();
    expect(new URL(page.url()).searchParams.get('capture')).not.toBeNull();
    await drawer.getByRole('button', { name: 'Open in Try it' }).click();
    const body = page.getByRole('textbox', { name: 'Request body' });
    expect(JSON.parse(await body.inputValue())).toEqual(request);
    await page.goto('/endpoints/iris?tab=captured');
    await page.getByRole('link', { name: 'The run that holds them' }).click();
    await page.waitForURL(/\/experiments\/\d+\/runs\/\w+\/artifacts/);
    await page.getByRole('tree').waitFor();
  });

  test('where nothing is captured, capturing is one step away', async () => {
    await using page = await open('/endpoints/plain?tab=captured');
    await page.getByRole('heading', { name: 'Nothing was captured' }).waitFor();
    await page.getByRole('button', { name: 'Capture requests…' }).click();
    await page.getByRole('textbox', { name: 'Capture, percent of requests' }).waitFor();
  });
});

describe('for everybody', () => {
  test('by keyboard alone: found, opened, tried', async () => {
    await using page = await open('/endpoints');
    await page.getByRole('row', { name: /^iris/ }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('iris');
    await page.getByText(/^1 of \d+ endpoints match$/).waitFor();
    await tabTo(page, /^grid Endpoints/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'iris' }).waitFor();
    await page.getByRole('link', { name: 'Try it' }).waitFor();
    await page.keyboard.press('2');
    await page.getByRole('group', { name: 'Row 1' }).waitFor();
    await tabTo(page, /length/);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('5.25');
    await page.keyboard.press('Control+Enter');
    await page.getByText('status 200').waitFor({ timeout: startOfModel });
    await tabTo(page, /Whole answer/);
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Whole answer' }).waitFor();
  });

  test.each(['', '/iris', '/iris?tab=try', '/iris?tab=metrics', '/iris?tab=log', '/iris?tab=captured'])(
    'axe finds nothing at /endpoints%s in both themes, and the page fits 390 pixels',
    async (path) => {
      await using page = await open(`/endpoints${path}`, { width: 390, height: 844 });
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.locator('main [aria-busy=true]').first().waitFor({ state: 'detached' });
      expect(await axe(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    },
  );

  test('axe finds nothing in the dialogs', async () => {
    await using page = await open('/models/tiny/versions/1');
    await page.getByRole('button', { name: 'Deploy' }).click();
    await page.getByRole('dialog').getByText('Settings').click();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('radio', { name: 'An existing endpoint' }).check();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await focused(page)).toBe('button Deploy');
  });
});
