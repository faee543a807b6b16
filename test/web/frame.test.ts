/** The frame around every page: navigation, palette, keys, theme, addresses. */
import { beforeAll, expect, test } from 'bun:test';
import type { Page } from 'playwright-core';
import { freshServer, seededServer, type SeededServer } from './support/server.ts';
import { axe, axeNow } from './support/axe.ts';
import { openPage, withoutSharedWorkers } from './support/browser.ts';
import { eventually } from './support/eventually.ts';
import { focused, stopsWithoutOutline, tabTo } from './support/keyboard.ts';

let seeded: SeededServer;

beforeAll(async () => {
  seeded = await seededServer();
});

const palette = 'dialog.palette';

test('the palette finds a run by the start of its id and goes there', async () => {
  await using page = await openPage('/');
  await page.getByRole('grid').waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type(seeded.run.slice(0, 10));
  await page.getByRole('option', { name: 'trial-007' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/experiments/${seeded.bulk}/runs/${seeded.run}`);
  await page.locator(palette).waitFor({ state: 'detached' });
});

test('Enter right after the letters opens what they mean', async () => {
  await using page = await openPage('/');
  await page.keyboard.press('Control+k');
  await page.locator(palette).getByRole('combobox').fill(seeded.run.slice(0, 10));
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/experiments/${seeded.bulk}/runs/${seeded.run}`);
});

test('the palette finds experiments, models and versions, and says when nothing is called so', async () => {
  await using page = await openPage('/');
  await page.locator('[data-palette]').click();
  await page.keyboard.type('class');
  await page.getByRole('group', { name: 'Models', exact: true }).getByRole('option', { name: 'classifier' }).waitFor();
  const version = page.getByRole('option', { name: 'classifier, version 2' });
  await page.getByRole('combobox').fill('classifier/2');
  await version.waitFor();
  await page.getByRole('combobox').fill('nested');
  await page.getByRole('option', { name: 'team/vision/nested', exact: true }).waitFor();
  await page.getByRole('combobox').fill('<img src=x onerror=alert(1)>');
  await page.getByText('Nothing is called “<img src=x onerror=alert(1)>”.').waitFor();
});

test('an answer to older letters never shows', async () => {
  await using page = await openPage('/', { expected: /net::ERR_ABORTED|modelyard\/find/ });
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\/find\?text=bulk&/, async (route) => {
    await held;
    await route.continue().catch(() => undefined);
  });
  await page.keyboard.press('Control+k');
  const asked = page.waitForRequest(/\/find\?text=bulk&/);
  await page.getByRole('combobox').fill('bulk');
  await asked;
  await page.getByRole('combobox').fill('curves');
  await page.getByRole('option', { name: 'curves' }).first().waitFor();
  release();
  await page.unrouteAll({ behavior: 'wait' });
  expect(await page.getByRole('option', { name: 'bulk' }).count()).toBe(0);
});

test('the palette finds the saved views and the charts of the experiment that is open', async () => {
  const { api } = seeded;
  const name = `viewed ${crypto.randomUUID()}`;
  const id = await api.createExperiment(name);
  const view = { experiment_id: id, key: 'modelyard.view.Best ones', value: 'filter=metrics.acc+%3E+0.9' };
  await api.post('experiments/set-experiment-tag', view);
  await using page = await openPage(`/experiments/${id}/runs`);
  const own = JSON.stringify([{ name: 'Best of mine', query: 'q=mine' }]);
  await page.evaluate(([key, value]) => localStorage.setItem(key, value), [`modelyard.views.${id}`, own] as const);
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'Find anything' });
  const views = page.getByRole('group', { name: 'Saved views' }).getByRole('option');
  await field.fill('best o');
  await views.nth(1).waitFor();
  expect(await views.locator(':scope > .ellipsis:first-of-type').allTextContents()).toEqual([
    'Best of mine',
    'Best ones',
  ]);
  await field.fill('charts');
  await page.getByRole('option', { name: `Charts of ${name}` }).waitFor();
  await field.fill('best ones');
  await views.first().click();
  await page.waitForURL(/saved=Best\+ones/);
  expect(new URL(page.url()).searchParams.get('filter')).toBe('metrics.acc > 0.9');
});

test('the palette does actions, moves by arrows around the ends, and gives the focus back', async () => {
  await using page = await openPage('/');
  await page.getByRole('searchbox').focus();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').waitFor();
  expect(await focused(page)).toContain('combobox');
  const active = page.locator('[role=option][aria-selected=true]');
  const first = await active.textContent();
  await page.keyboard.press('ArrowUp');
  expect(await active.textContent()).toBe('Show the last message again');
  await page.keyboard.press('ArrowDown');
  expect(await active.textContent()).toBe(first);
  await page.keyboard.type('theme da');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.documentElement.dataset['theme'] === 'dark');
  expect(await focused(page)).toContain('Search experiments');
});

test('the palette lists the pages that were looked at last', async () => {
  await using page = await openPage(`/models/${seeded.model}`);
  await page.waitForFunction((name) => document.title === `${name} - Modelyard`, seeded.model);
  await page.getByRole('link', { name: 'Experiments', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Experiments' }).waitFor();
  await page.keyboard.press('Control+k');
  const recent = page.getByRole('group', { name: 'Recent pages' }).getByRole('option');
  expect(await recent.first().textContent()).toContain(seeded.model);
});

test('keys lead to pages, to the search, and to the list of keys; never while typing', async () => {
  await using page = await openPage('/models');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('e');
  await page.waitForURL('**/experiments');
  await page.getByRole('grid').waitFor();
  await page.keyboard.press('/');
  expect(await focused(page)).toContain('Search experiments');
  await page.keyboard.type('gm?1');
  expect(page.url()).toContain('/experiments');
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await sheet.getByText('Go to models').waitFor();
  await sheet.getByText('New experiment').waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  expect(page.url()).toContain('/experiments');
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  await page.waitForURL('**/models');
});

test('numbers switch tabs', async () => {
  await using page = await openPage(`/experiments/${seeded.bulk}/runs/${seeded.run}`);
  await page.locator('nav.tabs a').nth(1).waitFor();
  await page.keyboard.press('2');
  await page.locator('nav.tabs a:nth-child(2)[aria-current=page]').waitFor();
});

test('the theme is that of the system until one is chosen, and a reload shows it at once', async () => {
  await using page = await openPage('/', { theme: 'dark', expected: /ERR_FAILED/ });
  const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(await ground()).toBe('rgb(15, 18, 22)');
  await page.getByRole('button', { name: 'Theme' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Light' }).click();
  expect(await ground()).toBe('rgb(255, 255, 255)');
  // Before any of our code has come, the page already has its colour.
  await page.route('**/assets/main-*.js', (route) => route.abort());
  await page.reload({ waitUntil: 'domcontentloaded' }).catch(() => undefined);
  expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('light');
  await page.unrouteAll();
  await page.reload();
  await page.getByRole('button', { name: 'Theme' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'As the system' }).click();
  expect(await ground()).toBe('rgb(15, 18, 22)');
}, 60_000);

test('the sidebar stays collapsed after a reload', async () => {
  await using page = await openPage('/');
  await page.getByRole('button', { name: 'Collapse the sidebar' }).click();
  await page.reload();
  await page.getByRole('button', { name: 'Expand the sidebar' }).waitFor();
  const bar = await page.locator('.sidebar').boundingBox();
  expect(bar?.width).toBeLessThan(60);
  expect(await page.getByRole('link', { name: 'Models' }).isVisible()).toBe(true);
});

test('on a phone the sidebar is a drawer that takes the focus and gives it back', async () => {
  await using page = await openPage('/', { width: 390, height: 800 });
  await page.getByRole('grid').waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(await page.locator('nav.sidebar').getAttribute('inert')).not.toBeNull();
  const menu = page.getByRole('button', { name: 'Menu', exact: true });
  await menu.click();
  expect(await focused(page)).toContain('button Find…');
  await page.keyboard.press('Escape');
  expect(await focused(page)).toBe('button Menu');
  await menu.click();
  await page.getByRole('link', { name: 'Models' }).click();
  await page.waitForURL('**/models');
  await page.locator('nav.sidebar[inert]').waitFor({ state: 'attached' });
});

test.each([
  ['/#/experiments/5', '/experiments/5/runs'],
  ['/#/models', '/models'],
])('the old link %s opens %s', async (link, address) => {
  await using page = await openPage(link, { expected: /status of 404/ });
  await page.waitForURL(`**${address}`);
});

test('an old link that is followed on an open page turns into ours, and Back leads away from it', async () => {
  await using page = await openPage('/models');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.evaluate((id) => (location.hash = `#/experiments/${id}`), seeded.curves);
  await page.waitForURL(`**/experiments/${seeded.curves}/runs`);
  await page.goBack();
  await page.waitForURL('**/models');
});

test('an old link that leads nowhere says so, on a fresh page and on an open one', async () => {
  await using page = await openPage('/#/nonsense/5?x=1');
  const heading = page.getByRole('heading', { level: 1, name: 'Nothing stands at this address.' });
  await heading.waitFor();
  await page.getByText('/#/nonsense/5?x=1', { exact: true }).waitFor();
  expect(await axe(page)).toEqual([]);
  await page.getByRole('link', { name: 'All experiments' }).click();
  await page.getByRole('heading', { level: 1, name: 'Experiments' }).waitFor();
  await page.evaluate(() => (location.hash = '#//elsewhere.org/x'));
  await heading.waitFor();
  await page.getByText('/#//elsewhere.org/x', { exact: true }).waitFor();
  await page.reload();
  await heading.waitFor();
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: 'Experiments' }).waitFor();
});

test('an old link to what has no page here says so, and leads to the runs of its experiment or to its run', async () => {
  const { api } = seeded;
  const experiment = await api.createExperiment(`old-${crypto.randomUUID()}`);
  const run = await api.createRun({ experiment_id: experiment, run_name: 'only', start_time: 1 });
  await using page = await openPage(`/#/experiments/${experiment}/traces`);
  await page.getByRole('heading', { level: 1, name: 'Traces are not shown here yet.' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await page.getByRole('link', { name: 'Runs of this experiment' }).click();
  await page.waitForURL(`**/experiments/${experiment}/runs`);
  await page.goto(`/#/experiments/${experiment}/runs/${run}/traces`);
  await page.getByText('Traces are not shown here yet.').waitFor();
  await page.getByRole('link', { name: 'Overview of this run' }).click();
  await page.waitForURL(`**/experiments/${experiment}/runs/${run}`);
});

test('an old link of a logged model opens its files among those of its run', async () => {
  const { api } = seeded;
  const experiment = await api.createExperiment(`old-${crypto.randomUUID()}`);
  const run = await api.createRun({ experiment_id: experiment, run_name: 'maker', start_time: 1 });
  const made = { experiment_id: experiment, name: 'net', source_run_id: run };
  const { model } = await api.post<{ model: { info: { model_id: string } } }>('logged-models', made);
  const old = `/#/experiments/${experiment}/models`;
  await using page = await openPage(`${old}/${model.info.model_id}/artifacts`, { expected: /status of 404/ });
  await page.waitForURL(`**/runs/${run}/artifacts?path=models*${model.info.model_id}`);
  await page.goto(`${old}/m-absent`);
  await page.getByRole('heading', { level: 1, name: 'There is no logged model m-absent.' }).waitFor();
});

test('a change of page names the tab and moves the focus to the heading', async () => {
  await using page = await openPage('/');
  await page.getByRole('link', { name: 'Models' }).click();
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  expect(await page.title()).toBe('Models - Modelyard');
  await page.getByRole('link', { name: 'Experiments', exact: true }).click();
  await page.waitForFunction(
    () => document.title === 'Experiments - Modelyard' && document.activeElement?.tagName === 'H1',
  );
});

test('the skip link is the first stop and leads to the content', async () => {
  await using page = await openPage('/');
  await page.getByRole('grid').waitFor();
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('a Skip to content');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
  expect(page.url()).not.toContain('#');
});

test('every stop of the Tab key shows its focus', async () => {
  await using page = await openPage('/');
  await page.getByRole('grid').waitFor();
  expect(await stopsWithoutOutline(page)).toEqual([]);
});

test('the theme is changed by keyboard alone', async () => {
  await using page = await openPage('/');
  await page.getByRole('grid').waitFor();
  await tabTo(page, /^button Theme/);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.matches('[role=menuitemcheckbox]'));
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
  await page.keyboard.press('Escape');
  expect(await focused(page)).toContain('button Theme');
});

test('palette, sheet of keys and menu have no fault that axe sees', async () => {
  await using page = await openPage('/');
  await page.getByRole('grid').waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('tri');
  await page.getByRole('option', { name: 'trial-1' }).first().waitFor();
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Theme' }).click();
  expect(await axe(page)).toEqual([]);
});

test('the phone layout has no fault that axe sees', async () => {
  await using page = await openPage('/', { width: 320, height: 640 });
  await page.getByRole('grid').waitFor();
  expect(await axeNow(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  expect(await axeNow(page)).toEqual([]);
});

test('in a window as small as one at 400 % what a page shows below its tools has room', async () => {
  const { bulk, run, model } = seeded;
  const boxes: readonly (readonly [path: string, box: string])[] = [
    ['/', '.grid'],
    ['/models', '.grid'],
    [`/models/${model}`, '.grid'],
    [`/experiments/${bulk}/runs`, '.grid'],
    [`/experiments/${bulk}/charts`, '.cards-scroller'],
    [`/experiments/${bulk}/runs/${run}`, '.run-body'],
    [`/experiments/${bulk}/runs/${run}/metrics`, '.run-body'],
    [`/experiments/${bulk}/runs/${run}/artifacts?path=notes.txt`, '.artifact-preview'],
  ];
  await using page = await openPage('/', { width: 320, height: 256 });
  for (const [path, box] of boxes) {
    await page.goto(path);
    await page.waitForFunction((shown) => (document.querySelector(shown)?.clientHeight ?? 0) >= 100, box);
  }
});

test('in the colours of a contrast theme what is current, chosen or ticked is marked, and runs keep their colours', async () => {
  const { bulk, curves, run } = seeded;
  await using page = await openPage(`/experiments/${bulk}/runs/${run}/artifacts?path=notes.txt`);
  await page.emulateMedia({ forcedColors: 'active' });
  const marks = (selector: string): Promise<string[]> =>
    page
      .locator(selector)
      .evaluateAll((all) =>
        all.map(
          (element) => `${getComputedStyle(element).outlineStyle} ${getComputedStyle(element).borderBottomWidth}`,
        ),
      );
  await page.locator('.tree-row.active').waitFor();
  expect(await marks('.run-tabs a[aria-current=page]')).toEqual(['solid 0px']);
  expect(new Set(await marks('.run-tabs a:not([aria-current])'))).toEqual(new Set(['none 0px']));
  expect(await marks('.tree-row.active')).toEqual(['solid 0px']);
  expect(new Set(await marks('.tree-row:not(.active)'))).toEqual(new Set(['none 0px']));
  expect(await marks('.sidebar > a[aria-current]')).toEqual(['solid 1px']);
  const colour = (): Promise<string> =>
    page.locator('.run-header .dot').evaluate((dot) => getComputedStyle(dot).backgroundColor);
  const forced = await colour();
  await page.emulateMedia({ forcedColors: 'none' });
  expect(forced).toBe(await colour());
  await page.goto(`/experiments/${bulk}/runs`);
  await page.emulateMedia({ forcedColors: 'active' });
  await page.locator('[data-run-id]').getByRole('checkbox').first().click();
  await page.locator('.grid-row.selected').waitFor();
  expect(await marks('.grid-row.selected')).toEqual(['solid 1px']);
  const dots = await page
    .locator('[data-run-id] .dot')
    .evaluateAll((all) => all.map((dot) => getComputedStyle(dot).backgroundColor));
  expect(new Set(dots).size).toBeGreaterThan(3);
  await page.goto(`/experiments/${curves}/charts`);
  const chart = page.locator('canvas').first();
  await chart.waitFor();
  // Of the pixels of the lines; all else that is painted has the colours of the system.
  await page.waitForFunction(() => {
    const canvas = document.querySelector('canvas')!;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    const [blue, orange] = [
      [43, 131, 224],
      [221, 95, 12],
    ].map((wanted) =>
      data.some((red, i) => i % 4 === 0 && red === wanted[0] && data[i + 1] === wanted[1] && data[i + 2] === wanted[2]),
    );
    return blue === true && orange === true;
  });
});

test('Back returns to where the list was scrolled, also after a reload', async () => {
  await using page = await openPage(`/experiments/${seeded.bulk}/runs`);
  const grid = page.locator('.grid').first();
  await grid.getByText('trial-1').first().waitFor();
  await grid.evaluate((box) => box.scrollTo(0, 2000));
  await page.waitForFunction(() => (document.querySelector('.grid')?.scrollTop ?? 0) === 2000);
  await page.getByRole('link', { name: 'Models' }).click();
  await page.getByRole('heading', { name: 'Models' }).waitFor();
  await page.goBack();
  await page.waitForFunction(() => document.querySelector('.grid')?.scrollTop === 2000);
  await page.reload();
  await page.waitForFunction(() => document.querySelector('.grid')?.scrollTop === 2000);
});

test('an unknown address says so and leads home', async () => {
  await using page = await openPage('/experiments/1/runs/2/3/4/5', { expected: /404/ });
  await page.getByRole('heading', { name: 'Nothing stands at this address.' }).waitFor();
  await page.getByRole('link', { name: 'All experiments' }).click();
  await page.getByRole('grid').waitFor();
});

test('below a prefix everything stands below it', async () => {
  const server = await freshServer(['--static-prefix', '/ml']);
  try {
    await using page = await openPage('/ml/', { server: { url: new URL(server.url).origin } });
    await page.getByRole('heading', { name: 'Experiments' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Default');
    await page.getByRole('option', { name: 'Default', exact: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/ml/experiments/0/runs');
  } finally {
    await server.stop();
  }
});

test('a lost server shows one banner, keeps what was typed, and comes back by itself', async () => {
  await using page = await openPage('/', { expected: /ERR_|Failed to load/ });
  await page.getByRole('grid').waitFor();
  await page.route('**/ajax-api/**', (route) => route.abort());
  await page.route('**/version', (route) => route.abort());
  await page.getByRole('searchbox').fill('bul');
  const banner = page.getByText('The server cannot be reached. Trying again…');
  await banner.waitFor();
  expect(await banner.count()).toBe(1);
  expect(await page.getByRole('searchbox').inputValue()).toBe('bul');
  await page.unrouteAll();
  await banner.waitFor({ state: 'detached', timeout: 20_000 });
  await page.waitForFunction(() => document.querySelectorAll('.grid-row:not(.grid-header)').length === 1);
  expect(await page.getByRole('searchbox').inputValue()).toBe('bul');
}, 60_000);

test('a lost server is asked at once when told so, when something is answered, and when the tab is seen again', async () => {
  const ways: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
    'the button': (page) => page.getByRole('button', { name: 'Try now' }).click(),
    'an answer': (page) => page.getByRole('searchbox').fill('curv'),
    'the tab': (page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange'))),
  };
  for (const [way, comeBack] of Object.entries(ways)) {
    await using page = await openPage('/', { expected: /ERR_|Failed to load/ });
    await page.getByRole('grid').waitFor();
    await page.clock.install();
    await page.route('**/ajax-api/**', (route) => route.abort());
    await page.route('**/version', (route) => route.abort());
    await page.getByRole('searchbox').fill('bul');
    const banner = page.getByText('The server cannot be reached. Trying again…');
    await banner.waitFor();
    for (const pause of [1000, 2000, 4000, 8000]) {
      const asked = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/version'));
      await page.clock.fastForward(pause);
      await asked;
    }
    // Now it would be asked in fifteen seconds.
    await page.unrouteAll();
    await comeBack(page);
    await banner.waitFor({ state: 'detached', timeout: 5000 }).catch(() => {
      throw new Error(`${way} does not end the pause`);
    });
  }
}, 90_000);

test('a part whose code does not come says so in its place alone, and comes as soon as the server is back', async () => {
  const runs = await Promise.all([seeded.api.createRun(), seeded.api.createRun()]);
  await using page = await openPage(`/compare?runs=${runs.join()}`, { expected: /ERR_|Failed to load/ });
  await page.getByTestId('compare-grid').waitFor();
  const failure = page.getByRole('alert').filter({ hasText: 'This could not be loaded.' });
  await page.context().setOffline(true);
  await page.getByRole('link', { name: 'Curves' }).click();
  await failure.waitFor();
  expect(await page.getByRole('heading', { name: 'Compare 2 runs' }).count()).toBe(1);
  expect(await page.getByTestId('compare-grid').count()).toBe(0);
  await page.context().setOffline(false);
  await failure.waitFor({ state: 'detached', timeout: 20_000 });
  await page.locator('.compare-page .state').filter({ hasNotText: 'could not' }).waitFor();
  // Only the code is not there.
  const refused: string[] = [];
  await page.route('**/assets/*.js', (route) => {
    refused.push(route.request().url());
    return route.abort();
  });
  await page.getByRole('link', { name: 'Images and tables' }).click();
  await failure.waitFor();
  // It tries once more by itself, as the server is there; from then on it waits to be asked.
  await eventually(async () => new Set(refused).size < refused.length, true);
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Try again' }).click();
  await failure.waitFor({ state: 'detached' });
  await page.locator('.compare-page .state').waitFor();
}, 60_000);

test('nothing is loaded from elsewhere, and the page is small', async () => {
  await using page = await openPage('/');
  await page.getByRole('grid').waitFor();
  const hosts = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => new URL(name).host),
  );
  expect(new Set(hosts)).toEqual(new Set([new URL(seeded.server.url).host]));
});

test('the live feed makes old what changed, and only that', async () => {
  await using page = await openPage('/models', { expected: /ERR_ABORTED|events/ });
  await withoutSharedWorkers(page);
  await page.getByRole('heading', { level: 1 }).waitFor();
  const events = 'event: hello\ndata: {}\n\nevent: change\ndata: {"experiments":["1"]}\n\n';
  await page.route('**/events?*', (route) => route.fulfill({ contentType: 'text/event-stream', body: events }));
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const again = page.waitForRequest('**/modelyard/experiments/overview');
  await page.goto('/');
  await again;
  // The first answer, and the one that the change made necessary.
  await page.waitForRequest('**/modelyard/experiments/overview');
  expect(asked.some((path) => path.includes('/models/'))).toBe(false);
});

test('a server without a live feed is left alone', async () => {
  await using page = await openPage('/models', { expected: /404/ });
  await page.getByRole('heading', { level: 1 }).waitFor();
  await withoutSharedWorkers(page);
  await page.route('**/modelyard/events*', (route) => route.fulfill({ status: 404, body: '' }));
  let asked = 0;
  page.on('request', (request) => {
    if (new URL(request.url()).pathname.endsWith('/events')) asked += 1;
  });
  await page.clock.install();
  await page.goto('/');
  await page.getByRole('grid').waitFor();
  await page.clock.runFor(60_000);
  // The event source, and one question for the status, which it does not tell.
  expect(asked).toBe(2);
});
