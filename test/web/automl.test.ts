/** AutoML: searches as they are listed, followed while they run, read, asked for and registered; by keyboard alone too. */
import { Database } from 'bun:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { automlTags } from '../../src/protocol/automl-record.ts';
import { startAutomlServer } from '../automl/api/support/automl-server.ts';
import { Api } from '../support/api.ts';
import { freshFolder, removeFolder } from '../support/folders.ts';
import type { TestServer } from '../support/start-server.ts';
import {
  failTrial,
  finishTrial,
  logSearch,
  logTrial,
  profile,
  setTag,
  type LoggedSearch,
  type TrialWish,
} from './support/automl.ts';
import { axe } from './support/axe.ts';
import { openPage, type PageOptions } from './support/browser.ts';
import { buildWhenOld } from './support/build.ts';
import { focused, tabTo } from './support/keyboard.ts';
import { freshServer } from './support/server.ts';

const dir = freshFolder();
let server: TestServer;
let api: Api;
let experiment: string;

const config = {
  problem_type: 'classification',
  dataset: '/data/pima/diabetes.csv',
  target_col: 'diabetes',
  primary_metric: 'roc_auc',
  timeout_seconds: 600,
  exclude_cols: ['id'],
  imputers: { insulin: 'median', bmi: { strategy: 'constant', fill_value: 30 } },
  exclude_frameworks: ['xgboost'],
} as const;

const trials: readonly TrialWish[] = [
  { name: 'baseline-1', kind: 'baseline', framework: 'sklearn', estimator: 'DummyClassifier', validation: 0.5 },
  { name: 'lightgbm-2', kind: 'portfolio', validation: 0.8123, test: 0.79 },
  { name: 'forest-3', framework: 'sklearn', estimator: 'RandomForestClassifier', validation: 0.7955, test: 0.801 },
  { name: 'lightgbm-4', failure: 'memory', message: 'It took more than its 900 MB.' },
  {
    name: 'blend-5',
    kind: 'blend',
    framework: 'sklearn',
    estimator: 'VotingClassifier',
    validation: 0.8305,
    test: 0.8,
  },
];

function open(path: string, options: PageOptions = {}): Promise<Page> {
  return openPage(path, { server, ...options });
}

function leaderboard(page: Page) {
  return page.getByTestId('leaderboard');
}

function row(page: Page, name: string) {
  return leaderboard(page).getByRole('row').filter({ hasText: name });
}

function panel(page: Page, name: string) {
  return page.getByRole('region', { name: `Trial ${name}` });
}

beforeAll(async () => {
  await buildWhenOld();
  ({ server } = await startAutomlServer(dir, ['--data', join(dir, 'data')]));
  api = new Api(server);
}, 60_000);

afterAll(async () => {
  await server?.stop();
  removeFolder(dir);
});

test('without any search the list tells both ways to start one', async () => {
  await using page = await open('/automl');
  await page.getByRole('heading', { name: 'No search was started yet' }).waitFor();
  expect(await page.locator('.state pre').textContent()).toContain('modelyard automl classify');
  await page.locator('.state').getByRole('link', { name: 'New search' }).click();
  await page.getByRole('heading', { level: 1, name: 'New search' }).waitFor();
});

test('a server that runs no searches says so, and how it would', async () => {
  const other = await freshServer(['--project-jobs', 'off']);
  try {
    await using page = await openPage('/automl/new', { server: other });
    await page.getByText('This server runs no searches.').waitFor();
    await page.locator('.banner').getByText('--project-jobs on').waitFor();
    expect(await page.getByRole('button', { name: 'Read the data' }).isDisabled()).toBe(true);
    expect(await axe(page)).toEqual([]);
  } finally {
    await other.stop();
  }
});

describe('a search that has ended', () => {
  let done: LoggedSearch;
  const address = (query = ''): string => `/automl/${done.runId}${query}`;

  beforeAll(async () => {
    experiment = await api.createExperiment('clinic');
    const started = Date.now() - 7_200_000;
    done = await logSearch(server, {
      experiment,
      name: 'evening',
      config,
      phase: 'finished',
      message: 'The time was up.',
      started,
      trials,
      profile,
    });
    await logSearch(server, {
      experiment,
      name: 'one class',
      config: { ...config, dataset: 'sqlite:////data/clinic.db', query: 'select * from visits' },
      phase: 'failed',
      message: 'The target diabetes has one class only: neg. A classification needs two.',
      started: Date.now() - 60_000,
      trials: [],
    });
  }, 60_000);

  test('stands in the list with what it found; the list is searched and sorted in the address', async () => {
    await using page = await open('/automl');
    const own = page.getByRole('row').filter({ hasText: 'evening' });
    for (const shown of ['Finished', 'Classification', 'diabetes.csv', 'ROC AUC', '0.8305', 'clinic']) {
      await own.getByText(shown, { exact: true }).waitFor();
    }
    await own.getByRole('gridcell', { name: '5', exact: true }).waitFor();
    await page.getByText('2 searches', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Best' }).click();
    expect(new URL(page.url()).searchParams.get('sort')).toBe('-best');
    expect(await page.getByRole('row').nth(1).textContent()).toContain('evening');
    await page.getByRole('textbox', { name: 'Search the searches' }).fill('failed clinic.db');
    await page.getByText('1 of 2 searches match').waitFor();
    await page.getByRole('link', { name: 'one class' }).click();
    await page.getByRole('status', { name: 'Why it failed' }).getByText('has one class only').waitFor();
    await page.getByRole('heading', { name: 'No trial was made' }).waitFor();
  });

  test('ranks its trials, those that failed last and with their reason; any column sorts', async () => {
    await using page = await open(address());
    await page.getByRole('region', { name: 'Best model' }).getByText('0.8305').waitFor();
    await page.getByText('Trials: 4 finished · 1 failed').waitFor();
    expect(await page.locator('.page-head').textContent()).toContain('Finished · The time was up');
    const names = async (): Promise<string[]> =>
      (await leaderboard(page).locator('[data-trial] .link-button').allTextContents()).slice(0, 5);
    expect(await names()).toEqual(['blend-5', 'lightgbm-2', 'forest-3', 'baseline-1', 'lightgbm-4']);
    await row(page, 'lightgbm-4').getByText('Out of memory').waitFor();
    await row(page, 'lightgbm-4').getByText('It took more than its 900 MB.').waitFor();
    await row(page, 'blend-5').getByText('best', { exact: true }).waitFor();
    await leaderboard(page).getByRole('button', { name: 'ROC AUC, test' }).click();
    expect(new URL(page.url()).searchParams.get('sort')).toBe('-test');
    expect(await names()).toEqual(['forest-3', 'blend-5', 'lightgbm-2', 'baseline-1', 'lightgbm-4']);
    // The chart says the same in words, and a click on a point opens its trial.
    const chart = page.getByRole('img', { name: /ROC AUC of each trial.*4 trials over time, the best 0.8305/ });
    await chart.waitFor();
    await chart.locator('circle').last().click();
    await panel(page, 'blend-5').waitFor();
  });

  test('a trial shows its figures, its plots, and its notebook as it was executed', async () => {
    await using page = await open(address());
    await row(page, 'lightgbm-2').getByRole('button', { name: 'lightgbm-2' }).click();
    const shown = panel(page, 'lightgbm-2');
    await shown.getByText('2 of 4').waitFor();
    const auc = shown.getByRole('row').filter({ hasText: 'roc_auc' });
    expect((await auc.getByRole('cell').allTextContents()).map(Number)).toEqual([0.8323, 0.8123, 0.79]);
    await shown.getByText('600 ms', { exact: true }).waitFor();
    // Not that of the trial, which is told above: its notebook's alone.
    await shown.getByText('Time of its notebook').waitFor();
    await shown.getByRole('row', { name: /glucose 0.112/ }).waitFor();
    await shown.getByText('num_leaves').waitFor();
    await shown.getByRole('button', { name: 'Plots' }).click();
    expect(new URL(page.url()).searchParams.get('show')).toBe('plots');
    await shown.getByRole('figure', { name: 'Confusion matrix' }).getByRole('cell', { name: '431' }).waitFor();
    await shown.getByRole('img', { name: /^ROC curve\. Lines: ROC \(AUC 0.84\), chance/ }).waitFor();
    // A plot without numbers is its picture.
    await shown.getByRole('img', { name: 'Tree, as a picture' }).waitFor();
    await shown.getByRole('button', { name: 'Notebook', exact: true }).click();
    await shown.locator('.notebook').getByRole('heading', { name: 'lightgbm-2' }).waitFor();
    await shown.getByText('lightgbm-2: rows 768').waitFor();
    // The part stays from trial to trial.
    await page.keyboard.press('j');
    await panel(page, 'forest-3').getByText('forest-3: rows 768').waitFor();
    await page.goBack();
    await panel(page, 'lightgbm-2').getByText('lightgbm-2: rows 768').waitFor();
    await shown.getByRole('link', { name: 'Run page' }).click();
    await page.getByRole('heading', { level: 1, name: 'lightgbm-2' }).waitFor();
    // And back: the run knows its search.
    await page.getByRole('link', { name: 'Trial of a search' }).click();
    await panel(page, 'lightgbm-2').waitFor();
  });

  test('a failed trial shows its traceback without the codes of a terminal', async () => {
    await using page = await open(address(`?trial=${done.trials.get('lightgbm-4')}`));
    const error = page.getByRole('region', { name: 'The whole error' });
    expect(await error.textContent()).toBe(
      'Traceback (most recent call last):\n  cell 5\nValueError: It took more than its 900 MB.',
    );
    await page.goto(address('?trial=nobody'));
    await page.getByRole('heading', { name: 'There is no such trial' }).waitFor();
    await page.getByRole('button', { name: 'Show all trials' }).click();
    await panel(page, 'nobody').waitFor({ state: 'detached' });
  });

  test('the data is told with what is conspicuous, and the notebooks are read and downloaded', async () => {
    await using page = await open(address());
    const alerts = page.getByRole('region', { name: 'Worth knowing about the data' });
    expect(await alerts.getByRole('listitem').first().textContent()).toContain('Important');
    await alerts.getByRole('button', { name: 'and 1 more' }).click();
    const facts = page.getByRole('region', { name: 'About the data' });
    await facts.getByText('614 to train and validate, 154 to test').waitFor();
    await facts.getByText('5 folds: each row is validated once').waitFor();
    const insulin = page.getByRole('row', { name: /^insulin/ });
    await insulin.getByText('374 (49 %)').waitFor();
    await page.getByRole('row', { name: /^id/ }).getByText('no: each row has another value').waitFor();
    await page.getByRole('button', { name: 'Read the exploration notebook' }).click();
    await page.getByText('Data exploration: rows 768').waitFor();
    await page.frameLocator('iframe[title]').getByText('0.5').waitFor();
    const list = page.getByRole('navigation', { name: 'Notebooks of this search' });
    await list.getByRole('button', { name: 'Best model: blend-5' }).click();
    await page.getByText('blend-5: rows 768').waitFor();
    expect(new URL(page.url()).searchParams.get('notebook')).toBe('best');
    await list.getByRole('button', { name: 'Predict a table' }).click();
    await page.getByText('Predict a table: rows 768').waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      list.getByRole('link', { name: 'Download: Predict a table' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('batch.ipynb');
  });

  test('its configuration is told, as a command too, and asked for again with changes', async () => {
    await using page = await open(address('?view=config'), { expected: /status of 400/ });
    await page.getByText('insulin: median, bmi: “30”').waitFor();
    const command = await page.getByRole('region', { name: 'The same from a terminal' }).last().textContent();
    for (const part of ['modelyard automl classify', '--target diabetes', '--exclude-frameworks xgboost']) {
      expect(command).toContain(part);
    }
    await page.getByRole('link', { name: 'Repeat with changes…' }).click();
    await page.getByRole('heading', { level: 1, name: 'New search' }).waitFor();
    const path = page.getByRole('textbox', { name: 'Path' });
    expect(await path.inputValue()).toBe('/data/pima/diabetes.csv');
    await page.waitForURL((url) => url.searchParams.get('exclude_cols') === '["id"]' && !url.searchParams.has('again'));
    // That file is not on this machine.
    await page.locator('.field-error').filter({ hasText: 'diabetes.csv' }).waitFor();
    expect(await path.getAttribute('aria-invalid')).toBe('true');
  });

  test('the best is registered with one button and a name', async () => {
    await using page = await open(address(), { expected: /status of 404/ });
    await page.getByRole('button', { name: 'Register best model…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Register the best model' });
    await dialog.getByRole('combobox').fill('diabetes');
    await dialog.getByRole('button', { name: 'Register' }).click();
    await page.locator('.toast').getByRole('button', { name: 'Open' }).waitFor();
    // The search tells it from then on.
    await page.getByRole('region', { name: 'Best model' }).getByRole('link', { name: 'diabetes/1' }).click();
    await page.waitForURL((url) => url.pathname === '/models/diabetes/versions/1');
    const { model_version: version } = await api.get<{ model_version: { run_id: string; aliases?: string[] } }>(
      'model-versions/get?name=diabetes&version=1',
    );
    expect(version).toMatchObject({ run_id: done.trials.get('blend-5') ?? '', aliases: ['champion'] });
    // The list says so too, as of a search that registered it itself; another trial than the best is no champion.
    await page.goto(address(`?trial=${done.trials.get('forest-3')}`));
    // Beside a trial there is less room for what is told of the best; none of it is cut.
    await panel(page, 'forest-3').waitFor();
    const summary = page.locator('.automl-best-model');
    await summary.getByText('Registered as').waitFor();
    expect(await summary.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)).toBe(0);
    await panel(page, 'forest-3').getByRole('button', { name: 'Register…' }).click();
    const other = page.getByRole('dialog');
    await other.getByRole('combobox').fill('diabetes');
    await other.getByRole('button', { name: 'Register' }).click();
    await page.locator('.toast').getByRole('button', { name: 'Open' }).click();
    await page.waitForURL((url) => url.pathname === '/models/diabetes/versions/2');
    await page.goto('/automl');
    await page.getByRole('row').filter({ hasText: 'evening' }).getByRole('link', { name: 'diabetes/2' }).waitFor();
    expect(await api.get('registered-models/alias?name=diabetes&alias=champion')).toMatchObject({
      model_version: { version: '1' },
    });
  });

  test('what was left out is told, and of a model to be registered what it was fitted to', async () => {
    const short = await logSearch(server, {
      experiment,
      name: 'short of time',
      config,
      phase: 'finished',
      message: 'The time was up.',
      warnings: [
        'No ensemble of the best models was made: there was not enough time left for one.',
        'The test rows were not scored.',
      ],
      started: Date.now() - 60_000,
      trials: [
        { name: 'forest-2', framework: 'sklearn', validation: 0.8 },
        { name: 'final-3', kind: 'final', framework: 'sklearn', validation: 0.8 },
      ],
      profile,
    });
    const note = 'The model that is registered was fitted to 80 % of the rows.';
    await using page = await open(`/automl/${short.runId}?trial=${short.trials.get('forest-2')}`);
    const told = page.getByRole('status', { name: 'What was left out' });
    expect(await told.getByRole('paragraph').allTextContents()).toEqual([
      'No ensemble of the best models was made: there was not enough time left for one.',
      'The test rows were not scored.',
    ]);
    await panel(page, 'forest-2').getByRole('button', { name: 'Register…' }).click();
    await page.getByRole('dialog').getByText(note).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.goto(`/automl/${short.runId}?trial=${short.trials.get('final-3')}`);
    await panel(page, 'final-3').getByRole('button', { name: 'Register…' }).click();
    await page.getByRole('dialog').getByRole('combobox').waitFor();
    expect(await page.getByRole('dialog').getByText('of the rows').count()).toBe(0);
  });

  test('everything is reached by keyboard alone', async () => {
    await using page = await open('/models');
    await page.getByRole('heading', { level: 1, name: 'Models' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('a');
    await page.getByRole('heading', { level: 1, name: 'AutoML' }).waitFor();
    await page.getByRole('row').filter({ hasText: 'evening' }).waitFor();
    await tabTo(page, /^grid Searches of AutoML/);
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'evening' }).waitFor();
    await row(page, 'blend-5').waitFor();
    await tabTo(page, /^grid Leaderboard/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await panel(page, 'lightgbm-2').waitFor();
    expect(await focused(page)).toBe('h2 lightgbm-2');
    await page.keyboard.press('k');
    await panel(page, 'blend-5').waitFor();
    await page.keyboard.press('Escape');
    await panel(page, 'blend-5').waitFor({ state: 'detached' });
    expect(await focused(page)).toContain('grid Leaderboard');
    for (const [key, text] of [
      ['2', 'About the data'],
      ['4', 'The same from a terminal'],
      ['1', 'ROC AUC of each trial'],
    ] as const) {
      await page.keyboard.press(key);
      await page.getByText(text).first().waitFor();
    }
    await page.keyboard.press('Control+k');
    await page.keyboard.type('new auto');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'New search' }).waitFor();
  });

  test('each view is for everyone, in both themes', async () => {
    await using page = await open('/automl');
    await page.getByRole('row').filter({ hasText: 'evening' }).waitFor();
    expect(await axe(page)).toEqual([]);
    const trial = done.trials.get('lightgbm-2') ?? '';
    const failed = done.trials.get('lightgbm-4') ?? '';
    const views = [
      ['', 'blend-5'],
      [`?trial=${trial}`, 'num_leaves'],
      [`?trial=${trial}&show=plots`, 'Mean predicted probability'],
      [`?trial=${trial}&show=notebook`, 'lightgbm-2: rows 768'],
      [`?trial=${failed}`, 'Traceback'],
      ['?view=data', '374 (49 %)'],
      ['?view=notebooks', 'Data exploration: rows 768'],
      ['?view=config', 'The same from a terminal'],
    ] as const;
    for (const [query, text] of views) {
      await page.goto(address(query));
      await page.getByText(text).first().waitFor();
      expect(await axe(page)).toEqual([]);
    }
  }, 60_000);

  test('it is of use at the width of a phone', async () => {
    await using page = await open(address(), { width: 390, height: 844 });
    await page.getByRole('region', { name: 'Best model' }).getByText('0.8305').waitFor();
    await row(page, 'lightgbm-2').getByRole('button', { name: 'lightgbm-2' }).click();
    const shown = panel(page, 'lightgbm-2');
    await shown.getByText('2 of 4').waitFor();
    await page.waitForFunction(() => {
      const box = document.querySelector('.automl-trial')?.getBoundingClientRect();
      return box !== undefined && box.top < innerHeight;
    });
    for (const query of ['', '?view=data', '?view=notebooks', '?view=config']) {
      await page.goto(address(query));
      await page.getByRole('navigation', { name: 'Views of this search' }).waitFor();
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect(wide).toBe(false);
    }
    await page.goto('/automl/new');
    await page.getByRole('textbox', { name: 'Path' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
    expect(await axe(page)).toEqual([]);
  });

  test('the palette finds a search beside its run', async () => {
    await using page = await open('/models');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('evening');
    const found = page.getByRole('group', { name: 'AutoML searches' });
    await found.getByRole('option', { name: 'evening clinic' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'evening' }).waitFor();
    expect(await focused(page)).toBe('h1 evening');
    expect(new URL(page.url()).pathname).toBe(address());
  });

  test('j and k step through the trials of an address that opens one', async () => {
    await using page = await open(address(`?trial=${done.trials.get('lightgbm-2')}`));
    await panel(page, 'lightgbm-2').waitFor();
    await row(page, 'lightgbm-2').waitFor();
    await page.keyboard.press('j');
    await panel(page, 'forest-3').waitFor();
    await page.keyboard.press('k');
    await panel(page, 'lightgbm-2').waitFor();
  });

  test('what is no search is told', async () => {
    await using page = await open('/automl/none', { expected: /status of 404/ });
    await page.getByRole('heading', { name: 'There is no such search' }).waitFor();
    await page.goto(`/automl/${done.trials.get('forest-3')}`);
    await page.getByRole('heading', { name: 'This run is no search of AutoML' }).waitFor();
    await page.goto('/automl/starting/none');
    await page.getByRole('heading', { name: 'There is no such job of a search' }).waitFor();
    await page.getByRole('link', { name: 'All searches' }).click();
    await page.getByRole('heading', { level: 1, name: 'AutoML' }).waitFor();
  });
});

test('a running search is followed live, stopped and extended', async () => {
  const started = Date.now();
  const own = await api.createExperiment('live');
  const first = trials.slice(0, 2).map(({ test: _, ...trial }) => trial);
  const search = await logSearch(server, {
    experiment: own,
    name: 'now',
    config,
    phase: 'searching',
    started,
    trials: [...first, { name: 'forest-3', framework: 'sklearn', estimator: 'RandomForestClassifier' }],
  });
  const at = { search: search.runId, experiment: own, config: search.config, started };
  await using page = await open(`/automl/${search.runId}`);
  const best = page.getByRole('region', { name: 'Best model so far' });
  await best.getByText('0.8123').waitFor();
  await page.getByText('Trials: 2 finished · 1 running').waitFor();
  await best.getByRole('button', { name: 'forest-3' }).waitFor();
  await page.getByText(/^9 min \d+ s left$|^10 min left$/).waitFor();
  await page.getByRole('progressbar').waitFor();

  // One ends as the best of all, one begins and fails.
  const forest = search.trials.get('forest-3') ?? '';
  await finishTrial(server, at, forest, { name: 'forest-3', validation: 0.91 }, Date.now(), 3);
  await best.getByText('0.91', { exact: true }).waitFor();
  expect(await leaderboard(page).locator('[data-trial] .link-button').first().textContent()).toBe('forest-3');
  const fourth = await logTrial(server, at, 4, { name: 'lightgbm-4' });
  await page.getByText('Trials: 3 finished · 1 running').waitFor();
  await failTrial(server, fourth, 'timeout', 'It did not end in its 60 s.');
  await row(page, 'lightgbm-4').getByText('Out of time').waitFor();

  await page.getByRole('button', { name: 'Extend' }).click();
  await page.getByRole('menuitem', { name: 'Extend by 15 min' }).click();
  await page.locator('.toast').getByText('15 min more').waitFor();
  await page.getByText(/^2[45] min( \d+ s)? left$/).waitFor();
  const wished = async (): Promise<string | undefined> =>
    (await api.run(search.runId)).data.tags?.find(({ key }) => key === automlTags.wish)?.value;
  expect(Number(await wished())).toBe(started + 1_500_000);

  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Stop now?' });
  await dialog.getByText('the best model so far is kept').waitFor();
  await dialog.getByRole('button', { name: 'Stop the search' }).click();
  await page.getByRole('button', { name: 'Stopping…' }).waitFor();
  expect(await wished()).toBe('stop');
  await setTag(server, search.runId, automlTags.phase, 'stopped');
  await api.post('runs/update', { run_id: search.runId, status: 'FINISHED', end_time: Date.now() });
  await page.locator('.page-head .state-word').getByText('Stopped').waitFor();
  await page.getByRole('button', { name: 'Stop', exact: true }).waitFor({ state: 'detached' });

  // One that is not heard of for long is not believed to run.
  const lost = await logSearch(server, {
    experiment: own,
    name: 'lost',
    config,
    phase: 'searching',
    started,
    trials: [],
  });
  await setTag(server, lost.runId, automlTags.heartbeat, String(Date.now() - 600_000));
  await page.goto(`/automl/${lost.runId}`);
  await page.locator('.page-head .state-word').getByText('No sign of life').waitFor();
  await page.getByText(`modelyard automl resume ${lost.runId}`).waitFor();
}, 60_000);

/** Reading data and training begin processes of Python. */
const patience = 120_000;

test('a query of a database is read as a file is; what is wrong with it is told at the query', async () => {
  const file = join(dir, 'clinic.db');
  using database = new Database(file);
  database.run('create table visits (age integer, city text, returns text)');
  const add = database.prepare('insert into visits values (?, ?, ?)');
  for (let i = 0; i < 60; i++) add.run(20 + i, i % 3 === 0 ? 'north' : 'south', i > 30 ? 'yes' : 'no');
  await using page = await open('/automl/new', { expected: /status of 400/ });
  await page.getByRole('button', { name: 'Database' }).click();
  await page.getByRole('textbox', { name: 'Address' }).fill(`sqlite:///${file}`);
  const query = page.getByRole('textbox', { name: 'Query' });
  await page.getByRole('button', { name: 'Read the data' }).click();
  await page.locator('.field-error').filter({ hasText: 'query' }).waitFor({ timeout: patience });
  await query.fill('select * from visit');
  await page.getByRole('button', { name: 'Read the data' }).click();
  await page.locator('.field-error').filter({ hasText: 'no such table: visit' }).waitFor({ timeout: patience });
  expect(await query.getAttribute('aria-invalid')).toBe('true');
  await query.fill('select age, returns from visits where age < 70');
  await page.getByRole('button', { name: 'Read the data' }).click();
  await page.getByText('50 rows · 2 columns').waitFor({ timeout: patience });
  await page.getByRole('radio', { name: 'Predict returns' }).check();
  const command = await page.getByRole('region', { name: 'The same from a terminal' }).last().textContent();
  expect(command).toContain(`--data sqlite:///${file}`);
  expect(command).toContain("--query 'select age, returns from visits where age < 70'");
  expect(await axe(page)).toEqual([]);
}, 120_000);

test('a search is asked for in the form, followed to its end, and its best model registered', async () => {
  const file = join(dir, 'visits.csv');
  const rows = Array.from({ length: 240 }, (_, i) => {
    const age = 20 + ((i * 37) % 60);
    const weight = 50 + ((i * 53) % 70);
    return `${i},${age},${i % 9 === 0 ? '' : weight},${['north', 'south', 'east'][i % 3]},${age + weight > 130 ? 'yes' : 'no'}`;
  });
  writeFileSync(file, `visit_id,age,weight,city,returns\n${rows.join('\n')}\n`);
  await using page = await open('/automl/new');
  await page.getByRole('button', { name: 'Read the data' }).click();
  await page.locator('.field-error').filter({ hasText: 'Where the data is' }).waitFor();
  expect(await focused(page)).toContain('Path');
  await page.getByRole('button', { name: 'Upload a file' }).click();
  await page.getByLabel('File', { exact: true }).setInputFiles(file);
  await page.getByText('240 rows · 5 columns').waitFor({ timeout: patience });

  // Without a target nothing begins; a click on a column makes it the target.
  await page.getByRole('button', { name: 'Start the search' }).click();
  await page.locator('.field-error').filter({ hasText: 'Which column is to be predicted' }).waitFor();
  expect(await focused(page)).toContain('select Choose…');
  await page.getByRole('radio', { name: 'Predict age' }).check();
  expect(await page.getByRole('button', { name: 'Regression' }).getAttribute('aria-pressed')).toBe('true');
  await page.getByRole('button', { name: 'returns', exact: true }).click();
  expect(await page.getByRole('button', { name: 'Classification' }).getAttribute('aria-pressed')).toBe('true');
  await page.getByText('Proposed by the target').waitFor();
  await page.getByRole('checkbox', { name: 'Use city' }).uncheck();
  await page.getByRole('combobox', { name: 'Fill gaps of weight with' }).selectOption('Value…');
  await page.getByRole('textbox', { name: 'Value for gaps of weight' }).fill('80');
  await page.getByRole('combobox', { name: 'Metric' }).selectOption('Accuracy');
  const time = page.getByRole('textbox', { name: 'Time', exact: true });
  await time.fill('soon');
  await page.getByText('A time of at least a second').waitFor();
  // It ends with the second trial; a busy machine may need long for these.
  await time.fill('4 min');
  await page.getByRole('combobox', { name: 'Experiment', exact: true }).fill('visits');
  await page.getByText('Advanced', { exact: true }).click();
  await page.getByRole('checkbox', { name: 'XGBoost' }).uncheck();
  await page.getByRole('checkbox', { name: 'LightGBM' }).uncheck();
  await page.getByRole('textbox', { name: 'Most trials' }).fill('2');
  expect(await axe(page)).toEqual([]);
  const command = await page.getByRole('region', { name: 'The same from a terminal' }).last().textContent();
  for (const part of ['--exclude-cols city', '--imputers weight=constant:80', '--metric accuracy', '--max-trials 2']) {
    expect(command).toContain(part);
  }
  // What is filled in stands in the address.
  await page.waitForURL((url) => url.searchParams.get('max_trials') === '2');
  await page.reload();
  await page.getByText('240 rows · 5 columns').waitFor({ timeout: patience });
  expect(await page.getByRole('checkbox', { name: 'Use city' }).isChecked()).toBe(false);
  await page.getByRole('button', { name: 'Start the search' }).click();

  await page.waitForURL((url) => /\/automl\/[0-9a-f]{32}$/.test(url.pathname), { timeout: patience });
  await page
    .getByRole('region', { name: /^Best model/ })
    .getByText('Accuracy in validation')
    .waitFor({ timeout: patience });
  const state = page.locator('.page-head .state-word');
  await state.getByText('Finished').waitFor({ timeout: 2 * patience });
  await page.getByRole('button', { name: '2', exact: true }).or(page.getByText('Trials:')).first().waitFor();
  await page.getByRole('link', { name: 'Data' }).click();
  await page
    .getByRole('row', { name: /^returns/ })
    .getByText('target')
    .waitFor();
  await page.getByRole('link', { name: 'Models', exact: true }).last().click();
  await page.getByRole('button', { name: 'Register best model…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Register the best model' });
  await dialog.getByRole('combobox').fill('returns');
  await dialog.getByRole('button', { name: 'Register' }).click();
  await page.getByRole('region', { name: 'Best model' }).getByRole('link', { name: 'returns/1' }).waitFor();
  // Its job tells what it searched for.
  await page.goto('/jobs');
  await page.getByRole('link', { name: /classification of returns/ }).click();
  await page.getByRole('link', { name: 'Open the search' }).waitFor();
}, 400_000);
