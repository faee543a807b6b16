/** The colours of runs: their dots, choosing another, colouring by a column, the legend. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { paletteHexes } from '../../web/src/charts/run-colour.ts';
import { Api } from '../support/api.ts';
import { axe } from './support/axe.ts';
import { openPage as openPageOf, type PageOptions } from './support/browser.ts';
import { eventually } from './support/eventually.ts';
import { freshServer } from './support/server.ts';
import type { TestServer } from '../support/start-server.ts';

let server: TestServer;
let api: Api;
let experiment: string;
const runs = new Map<string, string>();

beforeAll(async () => {
  server = await freshServer();
  api = new Api(server);
  experiment = await api.createExperiment('colours');
  for (let i = 0; i < 12; i++) {
    const run_id = await api.createRun({ experiment_id: experiment, run_name: `run-${i}`, start_time: i + 1 });
    runs.set(`run-${i}`, run_id);
    await api.post('runs/log-batch', {
      run_id,
      params: [
        { key: 'lr', value: ['0.1', '0.01', '0.001'][i % 3] },
        { key: 'seed', value: `s${i}` },
      ],
      metrics: i < 11 ? [{ key: 'loss', value: 0.5 + i, timestamp: 1, step: 0 }] : [],
    });
  }
}, 60_000);
afterAll(() => server.stop());

const openRuns = async (query = '', options: PageOptions = {}): Promise<Page> => {
  const page = await openPageOf(`/experiments/${experiment}/runs${query}`, { server, ...options });
  await page.locator('[data-run-id]').first().waitFor();
  return page;
};
const dot = (page: Page, name: string): Locator => page.getByRole('button', { name: `Colour of ${name}`, exact: true });
const colourOf = (page: Page, name: string): Promise<string> =>
  dot(page, name)
    .locator('.dot')
    .evaluate((mark) => getComputedStyle(mark).backgroundColor);
const hasColour = async (page: Page, name: string, wanted: string): Promise<void> => {
  await page.waitForFunction(
    ([label, colour]) => {
      const mark = document.querySelector(`[aria-label="${label}"] .dot`);
      return mark !== null && getComputedStyle(mark).backgroundColor === colour;
    },
    [`Colour of ${name}`, wanted] as const,
  );
};
const tagOf = async (name: string): Promise<string | undefined> => {
  const { tags = [] } = (await api.run(runs.get(name) ?? '')).data;
  return tags.find(({ key }) => key === 'mlflow.runColor')?.value;
};

test('the tag says the light variants of the palette', async () => {
  const sheet = await Bun.file(join(import.meta.dir, '../../web/src/charts/charts.css')).text();
  const inSheet = paletteHexes.map((_, i) => new RegExp(`--series-${i}: light-dark\\((#\\w{6})`).exec(sheet)?.[1]);
  expect(inSheet).toEqual([...paletteHexes]);
});

test('every run has a colour that stays with it, another than the seven made before it', async () => {
  await using page = await openRuns();
  const names = [...runs.keys()];
  const before = await Promise.all(names.map((name) => colourOf(page, name)));
  expect(new Set(before.slice(0, 8)).size).toBe(8);
  await page.reload();
  await dot(page, 'run-0').waitFor();
  expect(await Promise.all(names.map((name) => colourOf(page, name)))).toEqual(before);
  await page.goto(`/experiments/${experiment}/runs/${runs.get('run-3')}`);
  await page.waitForFunction((colour) => {
    const mark = document.querySelector('.run-header .dot');
    return mark !== null && getComputedStyle(mark).backgroundColor === colour;
  }, before[3]);
});

test('a press on the dot chooses another colour, for everybody, and Undo gives the old one back', async () => {
  await using page = await openRuns();
  const before = await colourOf(page, 'run-1');
  await dot(page, 'run-1').click();
  const picker = page.getByRole('dialog', { name: 'Colour of run-1' });
  const chosen = picker.getByRole('button', { pressed: false }).filter({ hasNotText: /\w/ }).first();
  const wanted = await chosen.evaluate((button) => getComputedStyle(button).backgroundColor);
  await chosen.click();
  await picker.waitFor({ state: 'detached' });
  await hasColour(page, 'run-1', wanted);
  expect(paletteHexes as readonly string[]).toContain((await tagOf('run-1')) ?? '');
  await page.getByRole('button', { name: 'Undo' }).click();
  await hasColour(page, 'run-1', before);
  expect(await tagOf('run-1')).toBeUndefined();
});

test('a key and typing do the same; what is no colour is not taken', async () => {
  await using page = await openRuns();
  await page.getByRole('grid').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('c');
  const picker = page.getByRole('dialog', { name: 'Colour of run-10' });
  await picker.getByRole('button', { name: 'Colour 1', exact: true }).waitFor();
  const field = picker.getByRole('textbox', { name: 'Other colour' });
  await field.fill('red');
  expect(await picker.getByRole('button', { name: 'Use' }).isDisabled()).toBe(true);
  await field.fill('#12ab34');
  await page.keyboard.press('Enter');
  await hasColour(page, 'run-10', 'rgb(18, 171, 52)');
  expect(await tagOf('run-10')).toBe('#12ab34');
  // The grid has the keys again.
  await page.keyboard.press('c');
  await picker.waitFor();
  await page.keyboard.press('Escape');
  await picker.waitFor({ state: 'detached' });
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('c');
  await page.getByRole('dialog', { name: 'Colour of run-9' }).getByRole('button', { name: 'Default colour' }).click();
});

test("a colour that MLflow's client set is shown, one that is none is not", async () => {
  await api.post('runs/set-tag', { run_id: runs.get('run-2'), key: 'mlflow.runColor', value: '#0F0' });
  await api.post('runs/set-tag', { run_id: runs.get('run-3'), key: 'mlflow.runColor', value: 'url(//evil)' });
  await using page = await openRuns();
  await hasColour(page, 'run-2', 'rgb(0, 255, 0)');
  expect(await colourOf(page, 'run-3')).toStartWith('rgb');
});

test('runs are coloured by a param: few values have colours of their own, in the address too', async () => {
  await using page = await openRuns('?columns=params.lr');
  await page.getByRole('columnheader', { name: 'lr' }).hover();
  await page.getByRole('button', { name: 'Options of lr' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Colour runs by this' }).click();
  await page.keyboard.press('Escape');
  const legend = page.getByRole('group', { name: 'Coloured by lr' });
  await legend.getByText('0.001', { exact: true }).waitFor();
  expect(await legend.locator('.legend-entry').allTextContents()).toEqual(['0.0014', '0.014', '0.14']);
  await page.waitForURL(/colour=params\.lr/);
  await eventually(async () => (await colourOf(page, 'run-0')) === (await colourOf(page, 'run-3')), true);
  expect(await colourOf(page, 'run-0')).not.toBe(await colourOf(page, 'run-1'));
  expect(await dot(page, 'run-0').getAttribute('title')).toBe('lr: 0.1');
  await legend.getByRole('button', { name: 'Give runs their own colours' }).click();
  await legend.waitFor({ state: 'detached' });
});

test('numbers have a scale with both ends, many texts have others, no value is an empty dot', async () => {
  await using page = await openRuns('?colour=metrics.loss&filter=run-1');
  const legend = page.getByRole('group', { name: 'Coloured by loss' });
  await legend.getByText('10.5', { exact: true }).waitFor();
  await legend.getByText('0.5', { exact: true }).waitFor();
  await legend.getByText('no value').waitFor();
  await dot(page, 'run-11').locator('.dot.empty').waitFor();
  await page.waitForFunction(() => document.querySelectorAll('.dot-button .dot:not(.empty)').length === 2);
  await page.goto(`/experiments/${experiment}/runs?colour=params.seed`);
  await page.getByRole('group', { name: 'Coloured by seed' }).getByText('4 other').waitFor();
});

for (const theme of ['light', 'dark'] as const) {
  test(`no violation of WCAG 2.2 AA with the legend and the picker, ${theme}`, async () => {
    await using page = await openRuns('?colour=params.lr', { theme });
    await page.getByRole('group', { name: 'Coloured by lr' }).getByText('0.001', { exact: true }).waitFor();
    await dot(page, 'run-4').click();
    await page.getByRole('dialog', { name: 'Colour of run-4' }).waitFor();
    expect(await axe(page)).toEqual([]);
  });
}
