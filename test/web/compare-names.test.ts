/** Runs whose names are long and differ at their ends alone, side by side. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Page } from 'playwright-core';
import { Api } from '../support/api.ts';
import type { TestServer } from '../support/start-server.ts';
import { openPage } from './support/browser.ts';
import { upload } from './support/seed.ts';
import { freshServer } from './support/server.ts';

let server: TestServer;
let runs: string[];

const start = 'resnet50_lr0.001_bs256_wd1e-4_aug-randaug_sched-cosine_2024-06-01_12-30-45';
const names = [0, 1, 2].map((i) => `${start}_fold${i}`);
/** A grey dot. */
const image = Uint8Array.fromBase64(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
);

beforeAll(async () => {
  server = await freshServer();
  const api = new Api(server);
  runs = await Promise.all(
    names.map(async (run_name, i) => {
      const run_id = await api.createRun({ run_name });
      const metrics = [0, 1].map((step) => ({ key: 'loss', value: i + step, timestamp: 1, step }));
      const params = [
        { key: 'config', value: JSON.stringify({ fold: i }) },
        { key: 'steps', value: `first\nthen ${i}` },
        { key: 'notes', value: `${'and '.repeat(30)}${i}` },
        { key: 'an optimiser of a name that fills a head', value: ['adam', 'sgd', 'lion'][i] ?? '' },
        { key: 'lr', value: `0.${i}` },
      ];
      const tags = [{ key: 'mlflow.source.git.commit', value: `abc${i}` }];
      await api.post('runs/log-batch', { run_id, metrics, params, tags });
      const dataset = { name: 'wine', digest: `d${i}`, source_type: 'local', source: '{}', schema: '{}' };
      await api.post('runs/log-inputs', { run_id, datasets: [{ dataset }] });
      const files = {
        'notes.txt': `fold ${i}`,
        'sample.png': image,
        'answers.csv': `id,${'question'.repeat(4)},answer\n1,${'why'.repeat(30)},yes\n2,b?,${i}\n`,
      };
      for (const [name, content] of Object.entries(files)) {
        await upload(server, run_id, name, content);
      }
      return run_id;
    }),
  );
}, 60_000);
afterAll(() => server.stop());

/** What each part shows when it is there. */
const parts = {
  table: '[data-row="params.config"]',
  curves: '.line-chart[data-drawn]',
  charts: '.relation-chart[data-drawn]',
  data: '.compare-data th .cut-name',
  files: '.diff-table th .cut-name',
  media: '.compare-joined tbody tr',
} as const;

async function openPart(part: keyof typeof parts, width: number): Promise<Page> {
  const page = await openPage(`/compare?runs=${runs.join()}&view=${part}`, { server, width, height: 900 });
  await page.locator(parts[part]).first().waitFor();
  return page;
}

/** The letters of a name that can be seen: within the boxes that cut it, and not below another name. */
function seenEnds(heads: Element[]): (string | undefined)[] {
  return heads.map((head) => {
    const box = head.getBoundingClientRect();
    const end = [...head.children].at(-1);
    const right = end?.getBoundingClientRect().right ?? Infinity;
    const others = heads.filter((one) => one !== head).map((one) => one.getBoundingClientRect());
    const below = others.some((one) => one.left < box.right - 1 && box.left < one.right - 1 && one.top === box.top);
    return !below && right <= box.right + 1 ? (end?.textContent ?? undefined) : undefined;
  });
}

test('the heads of each part keep the ends of names, and none lies over another', async () => {
  const heads = {
    table: '.grid-header .cut-name',
    data: '.compare-data thead .cut-name',
    files: '.diff-table thead .cut-name',
    media: '.compare-joined thead .cut-name',
  } as const;
  for (const [part, place] of Object.entries(heads)) {
    await using page = await openPart(part as keyof typeof heads, 1440);
    const seen = await page.locator(place).evaluateAll(seenEnds);
    expect([part, seen.length >= 2, new Set(seen).size === seen.length]).toEqual([part, true, true]);
    for (const [i, end] of seen.entries()) expect([part, end]).toEqual([part, names[i]?.slice(-12)]);
    expect(await page.locator(place).first().getAttribute('title')).toContain(names[0] ?? '');
  }
  await using page = await openPart('media', 1440);
  expect(await page.locator('figcaption .cut-name').evaluateAll(seenEnds)).toEqual(
    names.map((name) => name.slice(-12)),
  );
}, 60_000);

test('parallel coordinates begin with params that an axis can show, and no head leaves the card', async () => {
  for (const width of [1440, 1024, 390]) {
    await using page = await openPart('charts', width);
    const card = page.locator('[data-kind="parallel"]');
    const heads = card.locator('.parallel-head');
    const titles = await card
      .getByRole('group')
      .filter({ has: page.locator('.parallel-head') })
      .evaluateAll((axes) => axes.map((axis) => axis.getAttribute('aria-label')));
    expect(titles.filter((title) => ['config', 'steps', 'notes'].includes(title ?? ''))).toEqual([]);
    expect(titles.slice(-3)).toEqual(['lr', 'an optimiser of a name that fills a head', 'loss']);
    const outside = await heads.evaluateAll((all) => {
      const { left = 0, right = 0 } = all[0]?.closest('figure')?.getBoundingClientRect() ?? {};
      return all.filter((one) => one.getBoundingClientRect().left < left || one.getBoundingClientRect().right > right)
        .length;
    });
    expect([width, outside]).toEqual([width, 0]);
  }
}, 60_000);

test('no part scrolls the page sideways on a phone', async () => {
  for (const width of [390, 320]) {
    for (const part of Object.keys(parts) as (keyof typeof parts)[]) {
      await using page = await openPart(part, width);
      // Whatever is wider scrolls in a box of its own.
      const wide = await page.evaluate(() =>
        [
          document.documentElement,
          document.body,
          document.querySelector('main'),
          document.querySelector('.compare-page'),
        ]
          .map((box) => (box ? box.scrollWidth - box.clientWidth : 0))
          .filter((more) => more > 0),
      );
      expect([width, part, wide]).toEqual([width, part, []]);
    }
  }
}, 120_000);
