/** What the cells of the runs table say: values at a step, aligned figures, pinned rows once, long tags, great integers. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Locator, Page } from 'playwright-core';
import { Api } from '../support/api.ts';
import type { TestServer } from '../support/start-server.ts';
import { axe } from './support/axe.ts';
import { openPage as openPageOf } from './support/browser.ts';
import { freshServer } from './support/server.ts';

let server: TestServer;
let api: Api;

beforeAll(async () => {
  server = await freshServer();
  api = new Api(server);
}, 60_000);
afterAll(() => server.stop());

async function openRuns(experiment: string, query = ''): Promise<Page> {
  const page = await openPageOf(`/experiments/${experiment}/runs${query}`, { server });
  await page.locator('[data-run-id]').first().waitFor();
  return page;
}

const newExperiment = (name: string): Promise<string> => api.createExperiment(`${name}-${crypto.randomUUID()}`);
const rowOf = (page: Page, name: string): Locator => page.locator('[role=row][data-run-id]', { hasText: name });

interface NewRun {
  readonly start_time?: number;
  readonly tags?: readonly { readonly key: string; readonly value: string }[];
  readonly metrics?: readonly { readonly key: string; readonly value: number | string; readonly step?: number }[];
}

async function add(experiment_id: string, run_name: string, { metrics = [], ...run }: NewRun = {}): Promise<string> {
  const run_id = await api.createRun({ experiment_id, run_name, start_time: 1, ...run });
  await api.post('runs/log-batch', { run_id, metrics: metrics.map((one) => ({ step: 0, timestamp: 1, ...one })) });
  return run_id;
}

test('a metric is shown at a step, which the title and the address say; only last values are sorted', async () => {
  const experiment = await newExperiment('at-step');
  const points = (values: readonly number[]) => values.map((value, step) => ({ key: 'loss', value, step: step * 100 }));
  await add(experiment, 'one', { metrics: points([9, 5, 1]) });
  await add(experiment, 'two', { metrics: points([8, 4, 2]) });
  await using page = await openRuns(experiment, '?columns=metrics.loss&better=_metrics.loss%2540100');
  await page.getByRole('columnheader', { name: 'loss' }).hover();
  await page.getByRole('button', { name: 'Options of loss' }).click();
  await page.getByRole('menuitem', { name: 'At step…' }).click();
  const field = page.getByRole('dialog', { name: 'At step…' }).getByLabel('Step');
  await field.fill('ten');
  await page.getByText('A whole number').waitFor();
  expect(await axe(page)).toEqual([]);
  await field.fill('100');
  await page.keyboard.press('Enter');
  await page.getByRole('columnheader', { name: 'loss at step 100' }).waitFor();
  await rowOf(page, 'one').getByText('5', { exact: true }).waitFor();
  await page.waitForURL(/columns=metrics\.loss%40100/);
  // The least of what is shown, not of the last values.
  await rowOf(page, 'two').locator('.best').getByText('4').waitFor();
  await page.reload();
  await rowOf(page, 'one').getByText('5', { exact: true }).waitFor();
  await page.getByRole('columnheader', { name: 'loss at step 100' }).hover();
  await page.getByRole('button', { name: 'Options of loss at step 100' }).click();
  expect(await page.getByRole('menuitem', { name: 'Only last values can be sorted' }).isDisabled()).toBe(true);
  await page.getByRole('menuitem', { name: 'At step 100…' }).click();
  expect(await field.inputValue()).toBe('100');
  await page.keyboard.press('Escape');
  await field.waitFor({ state: 'detached' });
});

test('the points of a column stand below each other; a copy has every digit', async () => {
  const experiment = await newExperiment('figures');
  const values = [0.9, 0.8712345, 12, 'NaN', 'Infinity', 0];
  for (const [i, value] of values.entries()) {
    const metrics = [
      { key: 'mixed', value },
      { key: 'count', value: 10 ** i },
      { key: 'rate', value: 10 ** -i },
    ];
    await add(experiment, `r${i}`, { start_time: 10 - i, metrics });
  }
  await using page = await openRuns(experiment, '?columns=metrics.mixed,metrics.count,metrics.rate&baseline=none');
  await rowOf(page, 'r5').getByText('0.0000', { exact: true }).waitFor();
  const column = (index: number): Promise<string[]> =>
    page
      .locator(`[data-run-id] [aria-colindex="${index}"]`)
      .evaluateAll((cells) => cells.map((cell) => cell.textContent.replaceAll('\u00a0', '_')));
  expect(await column(5)).toEqual(['0.9000', '0.8712', '12.00__', 'NaN', 'Infinity', '0.0000']);
  expect(await column(6)).toEqual(['1', '10', '100', '1,000', '10,000', '100,000']);
  expect(await column(7)).toEqual(['1.000__', '0.1000_', '0.01000', '0.00100', '0.00010', '0.00001']);
  const cell = rowOf(page, 'r1').getByText('0.8712');
  expect(await cell.getAttribute('title')).toBe('0.8712345');
  await cell.click();
  await page.getByRole('grid').focus();
  await page.keyboard.press('ControlOrMeta+c');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('0.8712345');
});

test('params with all digits of a double show four, and their exponents; a copy has every digit', async () => {
  const experiment = await newExperiment('long-params');
  const rates = ['2.8543499814050734e-05', '0.00020312523456789012', '0.012345678901234567', '0.1'];
  for (const [i, value] of rates.entries()) {
    const run_id = await add(experiment, `r${i}`, { start_time: 10 - i });
    await api.post('runs/log-batch', { run_id, params: [{ key: 'lr', value }] });
  }
  await using page = await openRuns(experiment, '?columns=params.lr');
  const cells = page.locator('[data-run-id] [aria-colindex="5"]');
  await cells.first().getByText('2.854e-5', { exact: true }).waitFor();
  expect(await cells.allTextContents()).toEqual(['2.854e-5', '2.031e-4', '0.01235', '0.1\u00a0\u00a0\u00a0\u00a0']);
  expect(await cells.first().locator('[title]').getAttribute('title')).toBe(rates[0] ?? '');
  await cells.first().click();
  await page.getByRole('grid').focus();
  await page.keyboard.press('ControlOrMeta+c');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(rates[0] ?? '');
});

test('a pinned run stands in one place, and the totals are still true', async () => {
  const experiment = await newExperiment('pinned');
  const ids: string[] = [];
  for (let i = 0; i < 5; i++) ids.push(await add(experiment, `r${i}`, { start_time: i + 1 }));
  await using page = await openRuns(experiment, `?pin=${ids[1]}`);
  await rowOf(page, 'r0').waitFor();
  await rowOf(page, 'r1').waitFor();
  const names = (): Promise<string[]> =>
    page.locator('[data-run-id] .run-name a').evaluateAll((links) => links.map((link) => link.textContent));
  expect(await names()).toEqual(['r1', 'r4', 'r3', 'r2', 'r0']);
  expect(await page.locator('.runs-count').textContent()).toStartWith('5 runs');
  await rowOf(page, 'r1').getByRole('checkbox').click();
  await page.getByRole('button', { name: 'Select all 5' }).click();
  await page.getByRole('toolbar', { name: '5 selected' }).waitFor();
  await page.getByRole('combobox', { name: 'Filter runs' }).fill('nothing is called this');
  await page.getByText('No run matches').waitFor();
  expect(await names()).toEqual(['r1']);
  await page.locator('.state').getByRole('button', { name: 'Clear the filter' }).click();
  await rowOf(page, 'r4').waitFor();
});

test('a tag that the table cuts is edited whole, with its lines', async () => {
  const experiment = await newExperiment('tags');
  const value = `first line\n${'x'.repeat(3000)}`;
  const run = await add(experiment, 'only', { tags: [{ key: 'log', value }] });
  await using page = await openRuns(experiment, '?columns=tags.log');
  await page.getByRole('gridcell', { name: 'first line' }).dblclick();
  const field = page.getByRole('textbox', { name: 'Value of the tag log' });
  await page.waitForFunction(() => document.querySelector('textarea')?.readOnly === false);
  expect(await field.inputValue()).toBe(value);
  expect(await axe(page)).toEqual([]);
  await field.fill('changed');
  await page.keyboard.press('Escape');
  await field.waitFor({ state: 'detached' });
  await page.getByRole('gridcell', { name: 'first line' }).click();
  await page.getByRole('grid').focus();
  await page.keyboard.press('F2');
  await page.waitForFunction(() => document.querySelector('textarea')?.readOnly === false);
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.type('new\n');
  await page.keyboard.press('ControlOrMeta+Enter');
  await page.getByRole('gridcell', { name: /^new/ }).waitFor();
  const { tags: saved = [] } = (await api.run(run)).data;
  expect(saved).toContainEqual({ key: 'log', value: `new\n${value}` });
});

test('steps that no double holds are shown as they are', async () => {
  const experiment = await newExperiment('int64');
  const run_id = await add(experiment, 'only');
  const body = `{"run_id":"${run_id}","metrics":[{"key":"loss","value":1,"timestamp":1,"step":9007199254740993}]}`;
  expect((await api.send('POST', 'runs/log-batch', body)).status).toBe(200);
  await using page = await openPageOf(`/experiments/${experiment}/runs/${run_id}`, { server });
  await page.getByText('9,007,199,254,740,993').waitFor();
});
