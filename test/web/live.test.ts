/** What a page shows stays true, from the moment on at which the server sent it. */
import { beforeAll, expect, test } from 'bun:test';
import type { Page } from 'playwright-core';
import { Api } from '../support/api.ts';
import { openPage, openTab, withoutSharedWorkers } from './support/browser.ts';
import { eventually } from './support/eventually.ts';
import { relayTo } from './support/relay.ts';
import { freshServer, seededServer, type SeededServer } from './support/server.ts';

let seeded: SeededServer;

beforeAll(async () => {
  seeded = await seededServer();
});

const apiRequest = /\/ajax-api\/2\.0\/(modelyard|mlflow)\/(?!events)/;

test('a change between the first answer and the opening of the feed is shown', async () => {
  const name = `between ${crypto.randomUUID()}`;
  await using page = await openPage('/models', { expected: /ERR_ABORTED/ });
  await withoutSharedWorkers(page);
  let open = (): void => undefined;
  const held = new Promise<void>((resolve) => (open = resolve));
  await page.route('**/modelyard/events?*', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/');
  await page.getByRole('grid').getByRole('link').first().waitFor();
  await seeded.api.createExperiment(name);
  open();
  await page.getByRole('grid').getByText(name).waitFor();
});

test('a page that missed nothing asks nothing again', async () => {
  await using page = await openPage('/models', { expected: /ERR_ABORTED/ });
  await withoutSharedWorkers(page);
  const asked: string[] = [];
  page.on('request', (request) => {
    if (apiRequest.test(request.url())) asked.push(request.url());
  });
  const feed = page.waitForResponse('**/modelyard/events?*');
  await page.goto('/');
  await page.getByRole('grid').getByRole('link').first().waitFor();
  await feed;
  const before = asked.filter((url) => url.includes('/experiments/overview')).length;
  // A change of something else shows that the feed has been heard.
  const name = `heard ${crypto.randomUUID()}`;
  await seeded.api.createExperiment(name);
  await page.getByRole('grid').getByText(name).waitFor();
  expect([before, asked.filter((url) => url.includes('/experiments/overview')).length]).toEqual([1, 2]);
});

test('a feed that broke goes on where it was: only what changed meanwhile is read again', async () => {
  await using page = await openPage('/models', { expected: /ERR_ABORTED|ERR_FAILED|events/ });
  await withoutSharedWorkers(page);
  let broken = true;
  await page.route('**/modelyard/events?*', (route) => {
    const since = new URL(route.request().url()).searchParams.get('since');
    if (!broken) return route.continue();
    broken = false;
    return route.fulfill({ contentType: 'text/event-stream', body: `event: hello\nid: ${since}\ndata: {}\n\n` });
  });
  await page.goto('/');
  await page.getByRole('grid').getByRole('link').first().waitFor();
  const name = `meanwhile ${crypto.randomUUID()}`;
  await seeded.api.createExperiment(name);
  await page.getByRole('grid').getByText(name).waitFor();
});

test('a file that a client uploads appears in the open artifact tree', async () => {
  const run = await seeded.api.createRun();
  const put = (path: string): Promise<Response> =>
    fetch(`${seeded.server.url}/api/2.0/mlflow-artifacts/artifacts/0/${run}/artifacts/${path}`, {
      method: 'PUT',
      body: 'content',
      signal: AbortSignal.timeout(20_000),
    });
  await put('first.txt');
  await using page = await openPage(`/experiments/0/runs/${run}/artifacts`);
  await page.getByText('first.txt').first().waitFor();
  await put('second.txt');
  await page.getByText('second.txt').first().waitFor();
});

test('eight tabs share one stream: all load, and all are told what changes', async () => {
  await using relay = await relayTo(seeded.server.url);
  const experiment = await seeded.api.createExperiment(`eight tabs ${crypto.randomUUID()}`);
  await seeded.api.createRun({ experiment_id: experiment, run_name: 'there before' });
  await using first = await openPage(`/experiments/${experiment}`, { server: relay });
  const tabs = [first];
  while (tabs.length < 8) tabs.push(await tabBeside(first, `/experiments/${experiment}`));
  for (const tab of tabs) await tab.getByRole('grid').getByText('there before').waitFor();
  await eventually(async () => relay.openStreams(), 1);
  await seeded.api.createRun({ experiment_id: experiment, run_name: 'told to all' });
  for (const tab of tabs) await tab.getByRole('grid').getByText('told to all').waitFor();
  expect(relay.openStreams()).toBe(1);
}, 60_000);

test('a tab that starts hidden connects when it is shown, lets go when hidden, and misses nothing', async () => {
  await using relay = await relayTo(seeded.server.url);
  await using page = await openTab('/health', { server: relay });
  await page.addInitScript(() => {
    Object.defineProperty(document, 'hidden', { configurable: true, value: true });
  });
  await page.goto('/');
  await page.getByRole('grid').getByRole('link').first().waitFor();
  const [early, late] = [`while hidden ${crypto.randomUUID()}`, `while hidden again ${crypto.randomUUID()}`];
  await seeded.api.createExperiment(early);
  expect(relay.askedStreams()).toBe(0);
  await show(page, true);
  await page.getByRole('grid').getByText(early).waitFor();
  expect(relay.openStreams()).toBe(1);
  await show(page, false);
  await eventually(async () => relay.openStreams(), 0);
  await seeded.api.createExperiment(late);
  await show(page, true);
  await page.getByRole('grid').getByText(late).waitFor();
}, 60_000);

test('a tab that comes back to a stream that went on without it is told what it missed', async () => {
  await using relay = await relayTo(seeded.server.url);
  await using first = await openPage('/', { server: relay });
  const second = await tabBeside(first, '/');
  await second.getByRole('grid').getByRole('link').first().waitFor();
  // As a page that goes to the back/forward cache, and comes back from it.
  const turn = (kind: string): Promise<boolean> =>
    second.evaluate((name) => dispatchEvent(new PageTransitionEvent(name, { persisted: true })), kind);
  await turn('pagehide');
  const name = `without it ${crypto.randomUUID()}`;
  await seeded.api.createExperiment(name);
  await first.getByRole('grid').getByText(name).waitFor();
  expect(await second.getByRole('grid').getByText(name).count()).toBe(0);
  await turn('pageshow');
  await second.getByRole('grid').getByText(name).waitFor();
  await eventually(async () => relay.openStreams(), 1);
}, 60_000);

test.each(['leaves', 'is closed'])(
  'the stream ends when the last tab lets go, also after one that %s',
  async (how) => {
    await using relay = await relayTo(seeded.server.url);
    await using first = await openPage('/', { server: relay });
    const second = await tabBeside(first, '/');
    await eventually(async () => relay.openStreams(), 1);
    await show(first, false);
    if (how === 'leaves') await second.goto('/health');
    else await second.close();
    await eventually(async () => relay.openStreams(), 0);
  },
  60_000,
);

test('a stream that broke is opened again once for all tabs, which miss nothing', async () => {
  await using relay = await relayTo(seeded.server.url);
  await using first = await openPage('/', { server: relay, expected: /ERR_/ });
  const second = await tabBeside(first, '/');
  for (const tab of [first, second]) await tab.getByRole('grid').getByRole('link').first().waitFor();
  await eventually(async () => relay.openStreams(), 1);
  const name = `broken ${crypto.randomUUID()}`;
  relay.cut();
  await seeded.api.createExperiment(name);
  for (const tab of [first, second]) await tab.getByRole('grid').getByText(name).waitFor();
  await eventually(async () => relay.openStreams(), 1);
}, 60_000);

test('each tab says by itself that the server is gone', async () => {
  const relay = await relayTo(seeded.server.url);
  await using first = await openPage('/', { server: relay, expected: /ERR_/ });
  const second = await tabBeside(first, '/');
  for (const tab of [first, second]) await tab.getByRole('grid').getByRole('link').first().waitFor();
  await eventually(async () => relay.openStreams(), 1);
  await relay[Symbol.asyncDispose]();
  for (const tab of [first, second]) await tab.locator('.banner').waitFor();
}, 60_000);

test('tabs below a prefix share their stream, too', async () => {
  const server = await freshServer(['--static-prefix', '/ml']);
  try {
    await using relay = await relayTo(server.url);
    await using first = await openPage('/ml/', { server: relay });
    await tabBeside(first, '/ml/');
    const third = await tabBeside(first, '/ml/');
    await eventually(async () => relay.openStreams(), 1);
    const name = `prefixed ${crypto.randomUUID()}`;
    await new Api(server).createExperiment(name);
    for (const tab of [first, third]) await tab.getByRole('grid').getByText(name).waitFor();
    expect(relay.openStreams()).toBe(1);
  } finally {
    await server.stop();
  }
}, 60_000);

test('without shared workers each tab has a stream of its own', async () => {
  await using relay = await relayTo(seeded.server.url);
  await using first = await openTab('/health', { server: relay });
  await withoutSharedWorkers(first);
  await first.goto('/');
  await tabBeside(first, '/');
  await eventually(async () => relay.openStreams(), 2);
}, 60_000);

test('a tab for whose worker there is no script any more has a stream of its own', async () => {
  await using relay = await relayTo(seeded.server.url);
  await using page = await openTab('/health', { server: relay, expected: /ERR_|404/ });
  await page.route('**/', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace('/live-worker-', '/removed-') });
  });
  await page.goto('/');
  const name = `no script ${crypto.randomUUID()}`;
  await page.getByRole('grid').getByRole('link').first().waitFor();
  await seeded.api.createExperiment(name);
  await page.getByRole('grid').getByText(name).waitFor();
  expect(relay.openStreams()).toBe(1);
}, 60_000);

/** Another tab of the same browser. */
async function tabBeside(page: Page, path: string): Promise<Page> {
  const tab = await page.context().newPage();
  await tab.goto(path, { waitUntil: 'domcontentloaded' });
  await tab.locator('[data-palette]').first().waitFor({ state: 'attached' });
  return tab;
}

/** A browser without windows shows all of its tabs: what a real one says of them is said here. */
async function show(page: Page, shown: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
    document.dispatchEvent(new Event('visibilitychange'));
  }, !shown);
}
