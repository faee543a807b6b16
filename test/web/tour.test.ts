/** The README's tour from a fresh start, in one browser that is never told an address: its steps build on each other. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { copyFileSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { startAutomlServer } from '../automl/api/support/automl-server.ts';
import { freshFolder, removeFolder } from '../support/folders.ts';
import { finished, type Finished } from '../support/run-modelyard.ts';
import { modelyard, type TestServer } from '../support/start-server.ts';
import { openPage } from './support/browser.ts';
import { buildWhenOld } from './support/build.ts';

const root = join(import.meta.dir, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
/** Python imports, trains and serves: on a busy machine that takes long. */
const patience = 150_000;
const limit = 2 * patience;
const dir = freshFolder();
let server: TestServer;
let page: Page;
/** Set when the page is opened; a reload would lose it. */
const mark = 'tour';

/** The first block of code of a section. */
function block(section: string, language: string): string {
  const text = readme.slice(readme.indexOf(`\n## ${section}\n`));
  const code = new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(text)?.[1];
  if (code === undefined) throw new Error(`the README's section ${section} has no ${language}`);
  return code.replaceAll('http://127.0.0.1:5000', server.url);
}

async function run(...command: readonly string[]): Promise<Finished> {
  const env = { MLFLOW_TRACKING_URI: server.url, PATH: `${root}/.venv/bin:${process.env['PATH']}` };
  const done = await finished(command, { dir, env, limit: patience });
  if (done.code !== 0) throw new Error(`${command[0]} ended with ${done.code}:\n${done.out}\n${done.error}`);
  return done;
}

/** Begins a step where the sidebar leads, also when it is tried a second time. */
async function go(place: string): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: place, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: place }).waitFor();
}

async function goToRuns(): Promise<void> {
  await go('Experiments');
  await page.getByRole('link', { name: 'iris', exact: true }).click();
  await runRow('rate 0.001').waitFor();
}

function runRow(name: string): Locator {
  return page.locator('[role=row][data-run-id]').filter({ has: page.getByRole('link', { name, exact: true }) });
}

/** Of each chart of the page, the one with most points first. */
function linesDrawn(lines: number, points: number): Promise<unknown> {
  return page.waitForFunction(
    ([ofLines, ofPoints]) => {
      const [first] =
        (window as unknown as { __charts?: () => { lines: number; points: number }[] }).__charts?.() ?? [];
      return first !== undefined && first.lines >= ofLines && first.points >= ofPoints;
    },
    [lines, points] as const,
    { timeout: patience },
  );
}

beforeAll(async () => {
  await buildWhenOld();
  // The README calls it as it lies in a checkout.
  mkdirSync(join(dir, 'bin'));
  symlinkSync(modelyard, join(dir, 'bin/modelyard'));
  const env = { PATH: `${root}/.venv/bin:${process.env['PATH']}` };
  ({ server } = await startAutomlServer(dir, [], { env }));
  page = await openPage('/', { server });
  await page.evaluate((name) => Object.assign(window, { [name]: true }), mark);
}, limit);

afterAll(async () => {
  await page?.context().close();
  await server?.stop();
  removeFolder(dir);
}, limit);

describe('the tour', () => {
  test('the first visit tells how to log a first run', async () => {
    const steps = page.getByRole('heading', { name: 'Log a first run' });
    await steps.waitFor();
    expect((await steps.boundingBox())?.y).toBeLessThan(300);
    await page.getByText(`mlflow.set_tracking_uri("${server.url}")`).waitFor();
  });

  test(
    'what the Python client logs is seen while it is logged: the experiment, its runs, their lines',
    async () => {
      await go('Experiments');
      const script = run('python', '-c', block('Five minutes', 'python'));
      const seen = (async () => {
        await page.getByRole('link', { name: 'iris', exact: true }).click({ timeout: patience });
        await runRow('rate 0.001').waitFor({ timeout: patience });
        await page.getByRole('link', { name: 'Charts', exact: true }).click();
        await linesDrawn(1, 2);
        await linesDrawn(2, 102);
        await page.getByRole('link', { name: 'Runs', exact: true }).click();
        await runRow('rate 0.1').waitFor({ timeout: patience });
      })();
      const [{ out }] = await Promise.all([script, seen]);
      expect(out).toContain("['setosa' 'setosa' 'setosa']");
      await page.getByText('3 runs').first().waitFor();
      // `58 seconds ago`, as a first visitor sees it.
      const cut = await page.locator('[data-run-id] [role=gridcell]:has(time)').evaluateAll(
        (cells) =>
          cells.filter((cell) => {
            const room = cell.getBoundingClientRect().right - Number.parseFloat(getComputedStyle(cell).paddingRight);
            return (cell.querySelector('time')?.getBoundingClientRect().right ?? 0) > room;
          }).length,
      );
      expect(cut).toBe(0);
    },
    limit,
  );

  test('two runs are ticked and compared', async () => {
    await goToRuns();
    await runRow('rate 0.1').getByRole('checkbox').click();
    await runRow('rate 0.01').getByRole('checkbox').click();
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByRole('heading', { name: 'Compare 2 runs' }).waitFor();
    const rate = page.locator('[data-row="params.rate"]');
    expect(await rate.textContent()).toMatch(/0\.01.*changed.*0\.1|0\.1.*changed.*0\.01/);
    await page.locator('[data-row="metrics.loss"]').getByText('best').waitFor({ state: 'attached' });
    await page.getByRole('link', { name: 'Curves' }).click();
    await linesDrawn(2, 200);
  });

  test('the charts have the lines of all runs', async () => {
    await goToRuns();
    await page.getByRole('link', { name: 'Charts', exact: true }).click();
    await page.getByText('3 of 3 shown').waitFor();
    await linesDrawn(3, 300);
    for (const metric of ['loss', 'accuracy'])
      await page.locator('.cards-scroller figcaption').filter({ hasText: metric }).waitFor();
  });

  test('a model is registered from the page of its run', async () => {
    await goToRuns();
    await runRow('rate 0.1').getByRole('link', { name: 'rate 0.1', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'rate 0.1' }).waitFor();
    await page.getByRole('button', { name: 'Actions' }).click();
    await page.getByRole('menuitem', { name: 'Register model…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Register model' });
    await dialog.getByRole('combobox', { name: 'Model' }).fill('iris');
    await dialog.getByText('Becomes version 2 of iris.').waitFor();
    await dialog.getByRole('button', { name: 'Register' }).click();
    await page.locator('.toast').getByRole('button', { name: 'Open' }).click();
    await page.getByRole('heading', { level: 1, name: 'Version 2' }).waitFor();
    await page.getByRole('link', { name: 'rate 0.1' }).waitFor();
  });

  test(
    'it is deployed from its page, answers in the form of the endpoint, and to the curl that it shows',
    async () => {
      await go('Models');
      await page.getByRole('link', { name: 'iris', exact: true }).click();
      await page.getByRole('grid').getByRole('link', { name: 'Version 2', exact: true }).click();
      await page.getByRole('button', { name: 'Deploy' }).click();
      const dialog = page.getByRole('dialog', { name: 'Deploy iris version 2' });
      await dialog.getByText('Settings').click();
      // The Python with what the model needs is there; an environment of its own would have to be fetched.
      await dialog.getByRole('combobox', { name: 'Environment' }).selectOption('local');
      await dialog.getByRole('button', { name: 'Deploy' }).click();
      await page.getByRole('heading', { level: 1, name: 'iris' }).waitFor();
      await page.locator('.page-head').getByText('Ready').waitFor({ timeout: patience });
      const call = page.getByRole('region', { name: 'How to call it' });
      const curl = (await call.locator('pre').textContent()) ?? '';
      const { out } = await run('bash', '-euc', curl);
      expect(JSON.parse(out)).toEqual({ predictions: ['setosa', 'setosa'] });
      await page.getByRole('link', { name: 'Try it' }).click();
      const first = page.getByRole('group', { name: 'Row 1' });
      await first.getByLabel(/^petal length/).fill('6');
      await first.getByLabel(/^petal width/).fill('2.2');
      await page.getByRole('button', { name: 'Send' }).click();
      await first.getByText('virginica').waitFor({ timeout: patience });
    },
    limit,
  );

  test(
    'a search of AutoML is asked for in the form, and followed from trial to trial to a registered model',
    async () => {
      copyFileSync(join(root, 'examples/pima/data/pima.csv'), join(dir, 'pima.csv'));
      await go('AutoML');
      await page.getByRole('link', { name: 'New search' }).first().click();
      await page.getByRole('textbox', { name: 'Path' }).fill(join(dir, 'pima.csv'));
      await page.getByRole('button', { name: 'Read the data' }).click();
      await page.getByText('768 rows · 9 columns').waitFor({ timeout: patience });
      await page.getByRole('button', { name: 'diabetes', exact: true }).click();
      await page.getByRole('combobox', { name: 'Metric' }).selectOption('ROC AUC');
      await page.getByRole('textbox', { name: 'Time', exact: true }).fill('2 min');
      await page.getByText('Advanced', { exact: true }).click();
      await page.getByRole('textbox', { name: 'Most trials' }).fill('3');
      await page.getByRole('button', { name: 'Start the search' }).click();
      await page.waitForURL((url) => /\/automl\/[0-9a-f]{32}$/.test(url.pathname), { timeout: patience });
      const trials = page.getByTestId('leaderboard').locator('[data-trial]');
      await trials.first().waitFor({ timeout: patience });
      await page
        .getByRole('region', { name: 'Best model so far' })
        .getByText('ROC AUC in validation')
        .waitFor({ timeout: patience });
      await page.locator('.page-head .state-word').getByText('Finished').waitFor({ timeout: patience });
      expect(await trials.count()).toBeGreaterThan(1);
      await page.getByRole('button', { name: 'Register best model…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Register the best model' });
      await dialog.getByRole('combobox').fill('pima');
      await dialog.getByRole('button', { name: 'Register' }).click();
      await page.getByRole('region', { name: 'Best model' }).getByRole('link', { name: 'pima/1' }).click();
      await page.getByRole('heading', { level: 1, name: 'Version 1' }).waitFor();
    },
    limit,
  );

  test(
    'a pipeline that the command line builds is seen as a graph',
    async () => {
      await go('Pipelines');
      removeFolder(join(dir, 'first'));
      const { out } = await run('bash', '-eu', '-o', 'pipefail', '-c', block('Run projects and pipelines', 'sh'));
      expect(out).toContain('report\tyes');
      // The other is that of its experiment, which has the same name.
      await page.getByRole('link', { name: 'first', exact: true }).first().click({ timeout: patience });
      await page.getByRole('heading', { level: 1, name: 'first' }).waitFor();
      for (const task of ['load', 'clean', 'summarise-height', 'report'])
        await page.getByRole('button', { name: new RegExp(`^${task} Executed`) }).waitFor();
    },
    limit,
  );

  test('on the way nothing was reloaded, and no error was logged', async () => {
    expect(await page.evaluate((name) => name in window, mark)).toBe(true);
    // It throws what the page had logged.
    await page[Symbol.asyncDispose]();
  });
});
