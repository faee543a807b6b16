/** What a page shows stays true, from the moment on at which the server sent it. */
import { beforeAll, expect, test } from 'bun:test';
import { openPage } from './support/browser.ts';
import { seededServer, type SeededServer } from './support/server.ts';

let seeded: SeededServer;

beforeAll(async () => {
  seeded = await seededServer();
});

const apiRequest = /\/ajax-api\/2\.0\/(modelyard|mlflow)\/(?!events)/;

test('a change between the first answer and the opening of the feed is shown', async () => {
  const name = `between ${crypto.randomUUID()}`;
  await using page = await openPage('/models', { expected: /ERR_ABORTED/ });
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
