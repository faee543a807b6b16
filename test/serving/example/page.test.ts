/** The example in a browser: train, pick, deploy and score, by mouse and by keyboard. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { getModelVersionByAlias, loadText, setTrackingUri } from '../../../src/sdk/index.ts';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { axe } from '../../web/support/axe.ts';
import { openTab } from '../../web/support/browser.ts';
import { stopsWithoutOutline, tabTo } from '../../web/support/keyboard.ts';
import { startApp, type App } from './support/app.ts';
import { newest } from './support/calls.ts';

const slow = 240_000;
/** A training or a deployment, on a busy machine. */
const long = { timeout: 120_000 };
const dir = freshFolder();
let app: App;

beforeAll(async () => {
  app = await startApp(dir);
  setTrackingUri(app.server);
}, 90_000);

afterAll(async () => {
  await app.stop();
  removeFolder(dir);
}, 30_000);

/** Saves the rows that the link on the page gives. */
async function saveHoldout(page: Page): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Rows that the model has not seen' }).click(),
  ]);
  const file = join(dir, download.suggestedFilename());
  await download.saveAs(file);
  return file;
}

test(
  'by mouse: from a grid to predictions beside the rows',
  async () => {
    await using page = await openTab('/', { server: app, expected: /status of 400/ });
    await page.getByText('Nothing is trained yet.').waitFor();
    await page.getByLabel('Data set').selectOption('Wines by their chemistry');
    await page.getByText('178 rows, 13 features').waitFor();
    const grid = page.getByLabel('Parameter grid');
    await page.getByText('8 combinations, each a run').waitFor();

    // A wrong grid is told, and nothing is lost.
    await grid.fill('{"C": [0.01, 1');
    await page.getByText('This is no JSON yet').waitFor();
    await page.getByRole('button', { name: 'Train' }).click();
    await page.getByRole('alert').filter({ hasText: 'The grid is no JSON' }).waitFor();
    await grid.fill('{"C": [0.001, 1]}');
    await page.getByText('2 combinations, each a run').waitFor();
    await page.getByRole('button', { name: 'Train' }).click();
    await page.getByRole('progressbar', { name: 'Training' }).waitFor();
    await page.getByText(/^2 runs; the best accuracy is 0\.9\d+\.$/).waitFor(long);
    expect(await page.getByRole('alert').count()).toBe(0);

    // The best is picked; another is taken instead.
    const rows = page.getByRole('region', { name: 'Combinations of wine LogisticRegression' });
    await rows.waitFor();
    const best = page.getByRole('radio', { name: 'C 1', exact: true, checked: true });
    await best.waitFor();
    expect(await page.getByRole('radio').count()).toBe(2);
    await page.getByRole('radio', { name: 'C 0.001' }).check();
    await page.getByText('wine LogisticRegression, C 0.001').waitFor();
    await page.getByRole('radio', { name: 'C 1', exact: true }).check();
    await best.waitFor();

    await page.getByRole('button', { name: 'Deploy and score' }).click();
    await page.getByRole('alert').filter({ hasText: 'Choose a CSV file' }).waitFor();
    await page.getByLabel('CSV to score').setInputFiles(await saveHoldout(page));
    await page.getByRole('button', { name: 'Deploy and score' }).click();
    await page.getByText('wine-classifier version 1 is registered').waitFor();
    const result = page.getByText('45 rows are scored by wine-classifier version 1.');
    await result.waitFor(long);
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(await page.getByRole('columnheader').last().textContent()).toBe('prediction');
    expect(await page.getByRole('region', { name: 'Predictions' }).getByRole('row').count()).toBe(11);
    await rows.getByRole('cell', { name: 'wine-classifier v1 @champion' }).waitFor();

    const run = (await newest(app)).best;
    expect((await getModelVersionByAlias('wine-classifier', 'champion')).runId).toBe(run.runId);
    const artifact = (await page.locator('code').filter({ hasText: 'predictions/' }).textContent()) ?? '';
    const [header, ...scored] = (await loadText(`runs:/${run.runId}/${artifact}`)).trim().split('\n');
    expect(header).toEndWith('cultivar,prediction');
    expect(scored).toHaveLength(45);
    expect(await axe(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await axe(page)).toEqual([]);

    // The links lead to the run's artifacts and to the version, in Modelyard.
    const paths = ['Run', 'Model', 'Endpoint'].map((name) => page.getByRole('link', { name, exact: true }));
    const [runLink, modelLink, endpointLink] = await Promise.all(paths.map((link) => link.getAttribute('href')));
    expect(runLink).toBe(`${run.url}/artifacts`);
    expect(modelLink).toBe(`${app.server}/models/wine-classifier/versions/1`);
    expect(endpointLink).toBe(`${app.server}/endpoints/wine-classifier`);
  },
  slow,
);

test(
  'by keyboard alone',
  async () => {
    await using page = await openTab('/', { server: app });
    await page.getByLabel('Data set').waitFor();
    await tabTo(page, /^select Iris flowers/);
    // One letter: a busy browser takes a second that comes late for the first of another name.
    await page.keyboard.press('d');
    await page.getByText('to tell progression').waitFor();
    await tabTo(page, /^button Train$/);
    await page.keyboard.press('Enter');
    await page.getByText(/^4 runs; the best r2 is 0\.\d+\.$/).waitFor(long);
    // None is picked until the search is over and its runs are there.
    const picked = page.getByRole('radio', { checked: true });
    await picked.waitFor();
    const before = await picked.getAttribute('aria-label');
    await tabTo(page, /^input fit_intercept/);
    await page.keyboard.press('ArrowDown');
    await page.getByRole('heading', { name: 'Deploy and score' }).waitFor();
    expect(await picked.getAttribute('aria-label')).not.toBe(before);

    const file = join(dir, 'one-row.csv');
    writeFileSync(file, 'age,sex,bmi,bp,s1,s2,s3,s4,s5,s6\n59,2,32.1,101,157,93.2,38,4,4.8598,87\n');
    await tabTo(page, /^input CSV to score/);
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')]);
    await chooser.setFiles(file);
    await tabTo(page, /^button Deploy and score$/);
    await page.keyboard.press('Enter');
    await page.getByText('1 row is scored by diabetes-regressor version 1.').waitFor(long);
    expect(await page.getByRole('region', { name: 'Predictions' }).getByRole('cell').last().textContent()).toMatch(
      /^\d+\.\d+$/,
    );
    await page.locator('h1').click();
    expect(await stopsWithoutOutline(page)).toEqual([]);
  },
  slow,
);

test(
  'a training can be stopped; its run says so',
  async () => {
    await using page = await openTab('/', { server: app });
    await page.getByLabel('Model', { exact: true }).selectOption('RandomForest');
    await page
      .getByLabel('Parameter grid')
      .fill('{"n_estimators": [501, 502, 503, 504, 505, 506, 507, 508, 509, 510]}');
    await page.getByRole('button', { name: 'Train' }).click();
    await page.getByText(/^cross-validating: \d+ of 50$/).waitFor(long);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Stopped.').waitFor();
    const summary = page.locator('summary').filter({ hasText: 'iris RandomForest' });
    await summary.filter({ hasText: 'killed' }).waitFor(long);
  },
  slow,
);

test('the page says that Modelyard is away', async () => {
  const away = 'http://127.0.0.1:9';
  const alone = await startApp(dir, { MLFLOW_TRACKING_URI: away, MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0' });
  try {
    await using page = await openTab('/', { server: alone, expected: /status of 502/ });
    await page
      .getByRole('alert')
      .filter({ hasText: `${away} cannot be reached. Is the server running` })
      .waitFor();
  } finally {
    await alone.stop();
  }
}, 60_000);
