/** A comparison put in order, added to, told file by file, and taken away as text. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Locator, Page } from 'playwright-core';
import { Api } from '../support/api.ts';
import type { TestServer } from '../support/start-server.ts';
import { axe } from './support/axe.ts';
import { openPage as openPageOf, type PageOptions } from './support/browser.ts';
import { eventually } from './support/eventually.ts';
import { freshServer } from './support/server.ts';

let server: TestServer;
let api: Api;
/** `one`, `two`, `three` of one experiment. */
let runs: string[];
const longName = `run_${'veryveryvery'.repeat(20)}`;

interface Logged {
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, number>>;
  readonly files?: Readonly<Record<string, string>>;
}

async function log({ name, params, metrics, files = {} }: Logged): Promise<string> {
  const run_id = await api.createRun({ run_name: name });
  await api.post('runs/log-batch', {
    run_id,
    params: Object.entries(params).map(([key, value]) => ({ key, value })),
    metrics: Object.entries(metrics).map(([key, value]) => ({ key, value, timestamp: 1, step: 0 })),
  });
  const { experiment_id } = (await api.run(run_id)).info;
  for (const [path, body] of Object.entries(files)) {
    const place = `${server.url}/api/2.0/mlflow-artifacts/artifacts/${experiment_id}/${run_id}/artifacts/${path}`;
    const { ok } = await fetch(place, { method: 'PUT', body });
    expect(ok).toBe(true);
  }
  return run_id;
}

beforeAll(async () => {
  server = await freshServer();
  api = new Api(server);
  runs = [
    await log({
      name: 'one',
      params: { lr: '0.1', note: `say "so" ${'word '.repeat(60)}` },
      metrics: { loss: 0.30000000000000004, big: 12345678901234, huge: 1e300 },
      files: { 'same.txt': 'alike', 'other.txt': 'abc', 'longer.txt': 'a', 'mine.txt': 'x' },
    }),
    await log({
      name: 'two',
      params: { lr: '1e-3', note: 'short' },
      metrics: { loss: 0.1, big: 12345678901235, huge: 1e299 },
      files: { 'same.txt': 'alike', 'other.txt': 'abd', 'longer.txt': 'ab' },
    }),
    await log({ name: 'three', params: { lr: '10' }, metrics: { loss: 0.2 } }),
  ];
}, 60_000);
afterAll(() => server.stop());

const openPage = (path: string, options: PageOptions = {}): Promise<Page> => openPageOf(path, { server, ...options });
const address = (more = '', ids: readonly string[] = runs): string => `/compare?runs=${ids.join()}${more}`;
const runsOf = (page: Page): string | null => new URL(page.url()).searchParams.get('runs');
const rowOf = (page: Page, id: string): Locator => page.locator(`[data-row="${id}"]`);
const cellOf = (page: Page, id: string, place: number): Locator =>
  rowOf(page, id)
    .locator('[role=gridcell]')
    .nth(place + 1);

async function saved(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: 'Export' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name }).click();
  return Bun.file(await (await download).path()).text();
}

test('exports have what the page works out: differences, the best, figures as they are shown', async () => {
  await using page = await openPage(address());
  await rowOf(page, 'metrics.loss').waitFor();
  const markdown = await saved(page, 'Download Markdown');
  expect(markdown).toContain('| loss | 0.3 | **0.1** (−0.2 −66.7%) | 0.2 (−0.1 −33.3%) |');
  expect(markdown).toContain('word '.repeat(60).trim());
  const csv = await saved(page, 'Download CSV');
  expect(csv).toContain('two: difference from one,two: difference from one in %');
  expect(csv).toContain(`Metrics,loss,0.30000000000000004,0.1,0.2,${0.1 - 0.30000000000000004},`);
  const latex = await saved(page, 'Download LaTeX');
  expect(latex).toContain('loss & \\raggedleft 0.3 & \\raggedleft \\textbf{0.1} ($-$0.2 $-$66.7\\%)');
  expect(latex).toContain('say \\texttt{\\char34}so\\texttt{\\char34}');
  await page.getByText('1 long value is cut in the LaTeX table. The CSV has all of them whole.').waitFor();
});

test('the menu of a row puts the runs in its order, which the address has; without a value they stand last', async () => {
  await using page = await openPage(address());
  await rowOf(page, 'params.lr').waitFor();
  const [one = '', two = '', three = ''] = runs;
  await rowOf(page, 'params.lr').getByRole('button', { name: 'lr: order' }).click();
  const [least, greatest] = ['least', 'greatest'].map((first) =>
    page.getByRole('menuitemcheckbox', { name: `Order runs by this, ${first} first` }),
  );
  await least?.click();
  await page.waitForURL((url) => url.searchParams.get('runs') === [two, one, three].join());
  await eventually(() => page.locator('.compare-head a').allTextContents(), ['two', 'one', 'three']);
  await page.locator('[role=menuitemcheckbox][aria-checked=true]', { hasText: 'least first' }).waitFor();
  // What the others are told against is the same run as before.
  await page.keyboard.press('Escape');
  await page.goBack();
  await page.waitForURL((url) => url.searchParams.get('runs') === runs.join());
  // By keyboard, and by a metric that one of the runs has not.
  await page.getByRole('grid').focus();
  const cursor = page.locator('[data-row="metrics.big"] [role=gridcell]').first();
  await cursor.click();
  await page.keyboard.press('Alt+ArrowDown');
  await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'menuitemcheckbox');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await greatest?.waitFor();
  await page.waitForURL((url) => url.searchParams.get('runs') === [two, one, three].join());
});

test('the dialog opens with the last runs, arrows choose, Enter adds one after the other', async () => {
  await using page = await openPage(address('', runs.slice(0, 1)));
  await page.getByRole('button', { name: 'Add runs' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add runs to the comparison' });
  await dialog.getByRole('option', { name: 'three' }).waitFor();
  // What is compared already is not offered.
  expect(await dialog.getByRole('option', { name: /^Running one/ }).count()).toBe(0);
  expect(await axe(page)).toEqual([]);
  const names = await dialog.getByRole('option').allTextContents();
  const place = names.findIndex((name) => name.includes('two'));
  for (let i = 0; i < place; i++) await page.keyboard.press('ArrowDown');
  await dialog.locator('[role=option][aria-selected=true]', { hasText: 'two' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.searchParams.get('runs') === runs.slice(0, 2).join());
  await dialog.getByRole('option', { name: 'two' }).waitFor({ state: 'detached' });
  await page.keyboard.type('thre');
  await dialog.locator('[role=option][aria-selected=true]', { hasText: 'three' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.searchParams.get('runs') === runs.join());
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: 'Compare 3 runs' }).waitFor();
});

test('what is compared already does not crowd out what is found', async () => {
  const many = await Promise.all(
    Array.from({ length: 9 }, (_, i) => log({ name: `crowd ${i}`, params: { lr: '1' }, metrics: {} })),
  );
  const wanted = await log({ name: 'crowded out', params: { lr: '2' }, metrics: {} });
  const later = await Promise.all(
    Array.from({ length: 9 }, (_, i) => log({ name: `crowd ${i}`, params: { lr: '1' }, metrics: {} })),
  );
  await using page = await openPage(address('', [...many, ...later]));
  await page.getByRole('button', { name: 'Add runs' }).click();
  await page.getByRole('combobox', { name: 'Find runs by name or id' }).fill('crowd');
  await page.getByRole('option', { name: 'crowded out' }).click();
  await page.waitForURL((url) => url.searchParams.get('runs') === [...many, ...later, wanted].join());
  // Nothing is left to add.
  await page.getByText('No other run is called “crowd”.').waitFor();
});

test('files of one size are read to say whether they are the same', async () => {
  await using page = await openPage(address('&view=files'));
  const list = page.getByRole('list', { name: 'Text files' });
  for (const [file, state] of [
    ['same.txt', '= same'],
    ['other.txt', '≠ different'],
    ['longer.txt', '≠ different'],
    ['mine.txt', 'only left'],
  ] as const)
    await list.locator('li', { hasText: file }).getByText(state).waitFor();
  // The button that swaps stands beside both sides.
  const [swap, left, right] = await Promise.all(
    [
      page.getByRole('button', { name: 'Swap sides' }),
      page.getByRole('combobox', { name: 'Left' }),
      page.getByRole('combobox', { name: 'Right' }),
    ].map((one) => one.boundingBox()),
  );
  expect(swap?.y).toBeGreaterThan(left?.y ?? NaN);
  expect((swap?.y ?? NaN) + (swap?.height ?? NaN)).toBeLessThan((right?.y ?? NaN) + (right?.height ?? NaN));
  await page.getByRole('button', { name: 'Swap sides' }).click();
  await list.locator('li', { hasText: 'mine.txt' }).getByText('only right').waitFor();
});

test('figures that differ are not written the same, tiny per cents and great numbers as on axes', async () => {
  await using page = await openPage(address());
  await rowOf(page, 'metrics.big').waitFor();
  expect(await cellOf(page, 'metrics.big', 0).textContent()).toBe('1.234567890123e13');
  expect(await cellOf(page, 'metrics.big', 1).textContent()).toBe('1.234567890124e13+1 +8.1e-12%');
  expect(await cellOf(page, 'metrics.huge', 0).textContent()).toBe('1e300');
  expect(await page.locator('[data-row="metrics.huge"] .compare-difference').textContent()).toBe('−9e299 −90%');
});

test('a very long name stays within the dialog of values', async () => {
  const long = await log({ name: longName, params: { lr: '5' }, metrics: {} });
  await using page = await openPage(address('&row=params.lr', [long, ...runs]));
  const dialog = page.getByRole('dialog', { name: 'Values of lr' });
  await dialog.getByRole('combobox', { name: 'Compared with' }).waitFor();
  const outside = await dialog.evaluate((element) =>
    [...element.querySelectorAll('.chip, .chip > *, select, .diff')]
      .filter((part) => {
        const { left, right } = part.getBoundingClientRect();
        const chip = part.closest('.chip')?.getBoundingClientRect();
        return left < 0 || right > innerWidth || (chip && right > chip.right);
      })
      .map((part) => part.outerHTML),
  );
  expect(outside).toEqual([]);
  // One line: it is no block of text.
  const height = await dialog
    .locator('.chip')
    .first()
    .evaluate((chip) => chip.getBoundingClientRect().height);
  expect(height).toBeLessThan(30);
});

test('titles count the runs and models that there are', async () => {
  await using page = await openPage(address('', [...runs, 'no-such-run']), { expected: /status of 4/ });
  await page.getByText('Not found: no-such-run').waitFor();
  await page.getByRole('heading', { name: 'Compare 3 runs' }).waitFor();
  await page.goto(address('', runs.slice(0, 1)));
  await page.getByRole('heading', { name: 'Compare 1 run', exact: true }).waitFor();
  expect(await page.title()).toStartWith('Compare');
  expect(runsOf(page)).toBe(runs[0] ?? '');
  await api.post('registered-models/create', { name: 'only' });
  await page.goto('/models');
  await page.getByText('1 model', { exact: true }).waitFor();
});
