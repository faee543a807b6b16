/** Runs side by side, in a real browser, with what the real client logged. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Locator, Page } from 'playwright-core';
import { Api } from '../support/api.ts';
import type { TestServer } from '../support/start-server.ts';
import { axe } from './support/axe.ts';
import { openPage as openPageOf, type PageOptions } from './support/browser.ts';
import { tabTo } from './support/keyboard.ts';
import { pixel, upload } from './support/seed.ts';
import { freshServer, python } from './support/server.ts';

let server: TestServer;
let api: Api;
/** `slow`, `fast` and `other`, the last one of another experiment. */
let runs: string[];

/** Three trainings as people log them: params, curves, a data set, a model, code, images and a table. */
const training = `
import json, sys
import mlflow, numpy as np, pandas as pd
from mlflow.models import infer_signature
from sklearn.linear_model import LinearRegression

names = ['slow', 'fast', 'other']
ids = []
for i, name in enumerate(names):
    mlflow.set_experiment('compared' if i < 2 else 'compared elsewhere')
    with mlflow.start_run(run_name=name) as run:
        ids.append(run.info.run_id)
        mlflow.log_params({'lr': [0.1, 0.25, 0.1][i], 'depth': 3, 'seed': 42, 'layers': json.dumps({'sizes': [8, 16 + i], 'drop': 0.5})})
        mlflow.set_tags({'team': 'vision', 'note': ['a', 'b', 'a'][i], 'mlflow.source.git.commit': ['aaa111', 'bbb222', 'aaa111'][i]})
        for step in range(20):
            mlflow.log_metrics({'train/loss': 2 / (1 + step * (i + 1)), 'val/acc': 0.5 + step / 50 + i / 100}, step=step)
        frame = pd.DataFrame({'alcohol': np.arange(10.0), **({'sugar': np.arange(10)} if i else {})})
        mlflow.log_input(mlflow.data.from_pandas(frame, name='wine'), context='training')
        model = LinearRegression().fit(frame, np.arange(10.0))
        mlflow.sklearn.log_model(model, name='model', signature=infer_signature(frame, np.arange(10.0)), pip_requirements=['scikit-learn', ['numpy==1.26', 'numpy==2.0', 'numpy==1.26'][i]])
        mlflow.log_text('\\n'.join([f'line {n}' for n in range(30)] + [f'rate = {[0.1, 0.25, 0.1][i]} # of the optimiser', 'end']), 'code/train.py')
        mlflow.log_text(f'--- a/train.py\\n+++ b/train.py\\n-x = 1\\n+x = {i}\\n', 'git.patch')
        for step in (0, 5, 10):
            pixels = np.full((8, 8, 3), step * 10 + i * 50, dtype=np.uint8)
            mlflow.log_image(pixels, key='samples', step=step)
        mlflow.log_dict({'folds': 5}, 'about.json')
        mlflow.log_table({'question': ['a?', 'b?'], 'answer': ['yes', ['no', 'maybe', 'no'][i]], 'score': [1, i]}, 'answers.json')
        # After the model: with one, the client logs what there is once more.
        mlflow.log_metric('size_bytes', [100, 50, 200][i])
print(json.dumps(ids))
`;

beforeAll(async () => {
  server = await freshServer();
  api = new Api(server);
  runs = JSON.parse((await python(server, training)).trim().split('\n').at(-1) ?? '[]') as string[];
}, 120_000);
afterAll(() => server.stop());

const openPage = (path: string, options: PageOptions = {}): Promise<Page> => openPageOf(path, { server, ...options });
const address = (more = '', ids: readonly string[] = runs): string => `/compare?runs=${ids.join()}${more}`;
const searchOf = (page: Page): Record<string, string> => Object.fromEntries(new URL(page.url()).searchParams);
const rowOf = (page: Page, id: string): Locator => page.locator(`[data-row="${id}"]`);
const cellOf = (page: Page, id: string, place: number): Locator =>
  rowOf(page, id)
    .locator('[role=gridcell]')
    .nth(place + 1);
const heads = (page: Page): Promise<string[]> => page.locator('.compare-head a').allTextContents();

test('columns are headed by name, colour and state, and rows that do not differ are left out', async () => {
  await using page = await openPage(address());
  await page.getByRole('heading', { name: 'Compare 3 runs' }).waitFor();
  await rowOf(page, 'params.lr').waitFor();
  expect(await page.title()).toStartWith('slow, fast, other compared');
  expect(await heads(page)).toEqual(['slow', 'fast', 'other']);
  const head = page.getByRole('columnheader').nth(1);
  expect(await head.getByRole('link').locator('[title]').getAttribute('title')).toContain(runs[0] ?? '?');
  await head.getByText('Finished').waitFor({ state: 'attached' });
  await head.getByText('baseline').waitFor();
  // Equal ones are left out by themselves, and come back by one press, which the address says.
  expect(await rowOf(page, 'params.seed').count()).toBe(0);
  await page.getByRole('checkbox', { name: 'Only differences: Parameters' }).click();
  await rowOf(page, 'params.seed').waitFor();
  expect(searchOf(page)['turned']).toBe('params');
  await page.reload();
  await rowOf(page, 'params.seed').waitFor();
});

test('cells tell by a sign and a word how they differ from the baseline, numbers also by how much and which is best', async () => {
  await using page = await openPage(address());
  await rowOf(page, 'params.lr').waitFor();
  expect(await cellOf(page, 'params.lr', 0).textContent()).toBe('0.1');
  expect(await cellOf(page, 'params.lr', 1).textContent()).toBe('≠changed: 0.25');
  expect(await cellOf(page, 'params.lr', 2).textContent()).toBe('0.1');
  // Half the size, and the least of a metric that is better when lower.
  expect(await cellOf(page, 'metrics.size_bytes', 1).textContent()).toContain('−50 −50%');
  await cellOf(page, 'metrics.size_bytes', 1).getByText('best').waitFor({ state: 'attached' });
  await cellOf(page, 'metrics.size_bytes', 2).getByText('worst').waitFor({ state: 'attached' });
  await cellOf(page, 'metrics.val/acc', 2).getByText('best').waitFor({ state: 'attached' });
  // The reader knows better.
  await rowOf(page, 'metrics.size_bytes').getByRole('button', { name: 'which is better' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Higher is better' }).click();
  await cellOf(page, 'metrics.size_bytes', 2).getByText('best').waitFor({ state: 'attached' });
  expect(searchOf(page)['better']).toBe('^metrics.size_bytes');
});

test('another baseline, another order, fewer and more runs, all in the address', async () => {
  await using page = await openPage(address());
  await rowOf(page, 'params.lr').waitFor();
  const menu = (name: string) => page.getByRole('button', { name: `${name}: order and baseline` });
  await menu('fast').click();
  await page.getByRole('menuitem', { name: 'Compare with this run' }).click();
  await cellOf(page, 'params.lr', 0).getByText('changed').waitFor({ state: 'attached' });
  expect(searchOf(page)['baseline']).toBe(runs[1] ?? '');
  await menu('other').click();
  await page.getByRole('menuitem', { name: 'Move to the front' }).click();
  await page.waitForFunction(() => document.querySelector('.compare-head a')?.textContent === 'other');
  expect(await heads(page)).toEqual(['other', 'slow', 'fast']);
  // The baseline is the same one still.
  expect(await page.getByRole('columnheader').nth(3).textContent()).toContain('baseline');
  const [from, to] = [page.getByRole('columnheader').nth(3), page.getByRole('columnheader').nth(1)];
  await from.dragTo(to, { targetPosition: { x: 5, y: 10 } });
  await page.waitForFunction(() => document.querySelector('.compare-head a')?.textContent === 'fast');
  expect(searchOf(page)['runs']).toBe([runs[1], runs[2], runs[0]].join());
  await menu('other').click();
  await page.getByRole('menuitem', { name: 'Take it out' }).click();
  await page.getByRole('heading', { name: 'Compare 2 runs' }).waitFor();
  await page.getByRole('button', { name: 'Add runs' }).click();
  await page.getByRole('combobox', { name: 'Find runs by name or id' }).fill('oth');
  await page.getByRole('dialog').getByRole('option', { name: 'other' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'Compare 3 runs' }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: 'Compare 2 runs' }).waitFor();
});

test('a run has the colour here that somebody gave it in the table', async () => {
  const run_id = await api.createRun({ run_name: 'painted' });
  await api.post('runs/set-tag', { run_id, key: 'mlflow.runColor', value: '#1b6a7e' });
  await using page = await openPage(address('', [run_id, runs[0] ?? '']));
  const colour = (): Promise<string> =>
    page
      .getByRole('columnheader')
      .nth(1)
      .locator('.compare-dot')
      .evaluate((dot) => dot.style.background);
  await page.getByRole('columnheader').nth(1).getByText('painted').waitFor();
  expect(await colour()).toBe('var(--series-4)');
  await api.post('runs/set-tag', { run_id, key: 'mlflow.runColor', value: '#123456' });
  await page.waitForFunction(() =>
    document.querySelector<HTMLElement>('.compare-dot')?.style.background.startsWith('rgb'),
  );
  expect(await colour()).toBe('rgb(18, 52, 86)');
});

test('the search narrows the rows of all sections, and says when there are none', async () => {
  await using page = await openPage(address());
  await rowOf(page, 'params.lr').waitFor();
  const search = page.getByRole('searchbox', { name: 'Find rows by name or value' });
  await search.fill('0.25');
  await rowOf(page, 'tags.note').waitFor({ state: 'detached' });
  await rowOf(page, 'params.lr').waitFor();
  await page.locator('[data-section="params"]').getByText('1 of 4').waitFor();
  await search.fill('nothing of the kind');
  await page.getByText('No row matches.').waitFor();
  await page.getByRole('button', { name: 'Show all rows' }).click();
  await rowOf(page, 'tags.note').waitFor();
  await page.getByRole('button', { name: /^Metrics/ }).click();
  await rowOf(page, 'metrics.val/acc').waitFor({ state: 'detached' });
  expect(searchOf(page)['fold']).toBe('metrics');
});

test('long values open whole, with what tells one from the other', async () => {
  await using page = await openPage(address());
  await rowOf(page, 'params.layers').getByRole('button', { name: 'layers', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Values of layers' });
  await dialog.getByText('{"sizes": [8, 17], "drop": 0.5}').waitFor();
  // JSON is laid out, so that a line of it differs.
  const changed = dialog.locator('[data-kind="changed"]');
  expect(await changed.locator('mark').allTextContents()).toEqual(['16', '17']);
  await dialog.getByRole('combobox', { name: 'Compared with' }).selectOption({ label: 'other' });
  expect(await changed.locator('mark').allTextContents()).toEqual(['16', '18']);
  expect(searchOf(page)['row']).toBe('params.layers');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
});

test('code, environment and text files stand side by side, and equal lines are folded', async () => {
  await using page = await openPage(address('&view=files'));
  // Commits, and what was not committed.
  const code = page.getByRole('region', { name: 'Code', exact: true });
  await code.getByText('bbb222').waitFor();
  await page.getByRole('region', { name: 'git.patch' }).getByText('1 changed').waitFor();
  const list = page.getByRole('list', { name: 'Text files' });
  // The environment of the model, whatever the model's id.
  await list.getByRole('button', { name: /^requirements.txt/ }).click();
  const requirements = page.getByRole('region', { name: 'model model/requirements.txt' });
  await requirements.waitFor();
  expect(await requirements.locator('[data-kind="changed"] mark').allTextContents()).toEqual(['1', '26', '2', '0']);
  await list.getByRole('button', { name: /^train.py/ }).click();
  const train = page.getByRole('region', { name: 'code/train.py' });
  await train.getByText('0 added, 0 removed, 1 changed').waitFor();
  expect(await train.getByText('line 3', { exact: true }).count()).toBe(0);
  await train.getByRole('button', { name: '27 equal lines' }).click();
  await train.getByText('line 3', { exact: true }).first().waitFor();
  expect(searchOf(page)['file']).toBe('code/train.py');
  // Another run on the right has the same file.
  await page.getByRole('combobox', { name: 'Right' }).selectOption({ label: 'other' });
  await page.getByRole('region', { name: 'code/train.py' }).getByText('No differences.').waitFor();
});

test('datasets are told apart by digest and schema, models by their signature', async () => {
  await using page = await openPage(address('&view=data'));
  const digests = page.getByRole('region', { name: 'Datasets' }).getByRole('table');
  await digests.getByText('changed').first().waitFor({ state: 'attached' });
  const schema = page.getByRole('region', { name: 'Schema of wine, training' }).getByRole('table');
  expect(await schema.getByRole('rowheader').allTextContents()).toEqual(['sugar']);
  const signature = page.getByRole('region', { name: 'Signature of model' }).getByRole('table');
  await signature.getByRole('rowheader', { name: 'input: sugar' }).waitFor();
  // A signature comes with its model's file.
  await signature.getByText('added').nth(1).waitFor({ state: 'attached' });
  await page.getByRole('checkbox', { name: 'Only differences' }).click();
  await signature.getByRole('rowheader', { name: 'input: alcohol' }).waitFor();
});

test('images of one key stand side by side at one step, tables row by row', async () => {
  await using page = await openPage(address('&view=media'));
  const row = page.getByRole('region', { name: 'samples', exact: true }).first();
  await row.getByRole('img', { name: 'samples, fast, step 10' }).waitFor();
  expect(await row.getByRole('img').count()).toBe(3);
  await page.getByRole('slider', { name: /Step/ }).focus();
  await page.keyboard.press('ArrowLeft');
  await row.getByRole('img', { name: 'samples, other, step 5' }).waitFor();
  expect(searchOf(page)['step']).toBe('5');
  const tables = page.getByRole('region', { name: 'Tables' });
  await tables.getByRole('cell', { name: 'b?' }).waitFor();
  expect(await tables.getByText('changed').count()).toBe(1);
  await tables.getByRole('combobox', { name: 'Compared column' }).selectOption('score');
  await tables.getByText('changed').nth(1).waitFor({ state: 'attached' });
  await tables.getByRole('checkbox', { name: /Only differences/ }).click();
  expect(await tables.getByRole('row').count()).toBe(2);
});

test('more runs than fit beside each other are shown when they are asked for', async () => {
  const many: string[] = [];
  for (let i = 0; i < 14; i++) {
    const run = await api.createRun({ run_name: `drawn ${i}` });
    await upload(server, run, 'dot.png', pixel);
    many.push(run);
  }
  await using page = await openPage(address('&view=media', many));
  const row = page.getByRole('region', { name: 'dot.png', exact: true }).first();
  await row.getByRole('img', { name: 'dot.png, drawn 11' }).waitFor();
  await page.getByText('The first 12 of 14 runs are shown.').waitFor();
  expect(await row.getByRole('img').count()).toBe(12);
  await page.getByRole('button', { name: 'Show 2 more' }).click();
  await row.getByRole('img', { name: 'dot.png, drawn 13' }).waitFor();
  expect(await page.getByText('runs are shown').count()).toBe(0);
  await page.reload();
  await row.getByRole('img', { name: 'dot.png, drawn 13' }).waitFor();
});

test('the curves of all runs lie over each other, one chart for each metric', async () => {
  await using page = await openPage(address('&view=curves'));
  await page.locator('[data-kind="line"] [data-drawn="true"]').nth(1).waitFor();
  const drawn = await page.evaluate(() => (window as { __charts?: () => { lines: number }[] }).__charts?.());
  expect(drawn?.map(({ lines }) => lines)).toEqual([3, 3]);
  expect(
    await page.locator('[data-card]').evaluateAll((cards) => cards.map((card) => card.getAttribute('data-card'))),
  ).toEqual(['line:train/loss', 'line:val/acc']);
});

test('charts of params against a metric are there at once, none of them blank', async () => {
  await using page = await openPage(address('&view=charts'));
  for (const kind of ['parallel', 'scatter', 'box'])
    await page.locator(`[data-kind="${kind}"] [data-drawn="true"]`).first().waitFor();
});

test('what is shown is exported as Markdown, CSV and LaTeX', async () => {
  await using page = await openPage(address());
  await rowOf(page, 'params.lr').waitFor();
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Copy as Markdown' }).click();
  await page.getByText('The tables are copied as Markdown.').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('### Parameters\n\n| Name | slow \\(baseline\\) | fast | other |\n');
  expect(copied).toContain('| lr | 0.1 | 0.25 | 0.1 |');
  expect(copied).not.toContain('seed');
  for (const [name, file, part] of [
    ['Download CSV', 'comparison.csv', 'Metrics,size_bytes,100,50,200,-50,-50,100,100\r\n'],
    [
      'Download LaTeX',
      'comparison.tex',
      '\\raggedleft \\textbf{50} ($-$50 $-$50\\%) & \\raggedleft 200 (+100 +100\\%)',
    ],
  ] as const) {
    await page.getByRole('button', { name: 'Export' }).click();
    const saved = page.waitForEvent('download');
    await page.getByRole('menuitem', { name }).click();
    const download = await saved;
    expect(download.suggestedFilename()).toBe(file);
    expect(await Bun.file(await download.path()).text()).toContain(part);
  }
});

test('a comparison grows with its runs, without a reload', async () => {
  const run_id = await api.createRun({ run_name: 'live' });
  await api.post('runs/log-batch', { run_id, metrics: [{ key: 'val/acc', value: 0.1, timestamp: 1, step: 0 }] });
  await using page = await openPage(address('', [run_id, runs[0] ?? '']));
  await cellOf(page, 'metrics.val/acc', 0).getByText('0.1', { exact: true }).waitFor();
  await api.post('runs/log-batch', { run_id, metrics: [{ key: 'val/acc', value: 0.7, timestamp: 2, step: 1 }] });
  await cellOf(page, 'metrics.val/acc', 0).getByText('0.7', { exact: true }).waitFor();
  await api.post('runs/update', { run_id, status: 'FAILED' });
  await page.getByRole('columnheader').nth(1).getByText('Failed').waitFor({ state: 'attached' });
});

test('ticked runs are compared by the button and by a key, old links lead here', async () => {
  const { experiment_id } = (await api.run(runs[0] ?? '')).info;
  await using page = await openPage(`/experiments/${experiment_id}/runs`);
  const box = (name: string) => page.locator('[role=row][data-run-id]', { hasText: name }).getByRole('checkbox');
  await box('slow').click();
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await page.getByText('Tick two or more runs to compare them').waitFor();
  await box('fast').click();
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await page.getByRole('heading', { name: 'Compare 2 runs' }).waitFor();
  // They are still ticked on the way back.
  await page.goBack();
  await page.getByRole('toolbar', { name: '2 selected' }).waitFor();
  await page.keyboard.press('c');
  await page.getByRole('heading', { name: 'Compare 2 runs' }).waitFor();
  await page.goto(`/#/compare-runs?runs=${encodeURIComponent(JSON.stringify(runs))}&experiments=["1"]`);
  await page.getByRole('heading', { name: 'Compare 3 runs' }).waitFor();
});

test('runs are kept on the way through pages, told by a chip, and compared by it', async () => {
  await using page = await openPage('/experiments');
  // From the menu of the run, and from that of a chart.
  for (const [i, [path, menu]] of (
    [
      ['', 'Actions'],
      ['/metrics', 'train/loss: view and download'],
    ] as const
  ).entries()) {
    await page.goto(`/experiments/1/runs/${runs[i]}${path}`);
    await page.getByRole('button', { name: menu }).click();
    await page.getByRole('menuitem', { name: 'Add to compare' }).click();
    await page.getByRole('region', { name: `${i + 1} to compare` }).waitFor();
  }
  await page.getByRole('button', { name: '2 to compare', exact: true }).click();
  await page.getByRole('heading', { name: 'Compare 2 runs' }).waitFor();
  expect(searchOf(page)['runs']).toBe(runs.slice(0, 2).join());
  // The palette leads there, too.
  await page.goto('/models');
  await page.getByRole('heading', { name: 'Models' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.type('compare runs');
  await page.getByRole('option', { name: 'Compare runs' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Compare 2 runs' }).waitFor();
  await page.getByRole('button', { name: 'Keep none to compare' }).click();
  await page.getByRole('region', { name: '2 to compare' }).waitFor({ state: 'detached' });
});

test('too few, too many and lost runs are told, with a way on', async () => {
  await using page = await openPage('/compare', { expected: /status of 4/ });
  await page.getByRole('heading', { name: 'Choose two or more runs to compare' }).waitFor();
  await page.goto(address('', [...runs, 'no-such-run']));
  await page.getByText('Not found: no-such-run').waitFor();
  await page.getByRole('button', { name: 'Take them out' }).click();
  await page.getByText('Not found').waitFor({ state: 'detached' });
  await page.goto(
    address(
      '',
      Array.from({ length: 101 }, (_, i) => `run-${i}`),
    ),
  );
  await page.getByText('At most 100 runs are compared at once; this address names 101.').waitFor();
  await page.getByRole('button', { name: 'Compare the first 100' }).waitFor();
});

test('a hundred runs of fifty params and metrics are there within a second, and only what is in view is drawn', async () => {
  const many: string[] = [];
  for (let i = 0; i < 100; i++) {
    const run_id = await api.createRun({ run_name: `run ${i}` });
    const keys = Array.from({ length: 50 }, (_, k) => k);
    await api.post('runs/log-batch', {
      run_id,
      params: keys.map((k) => ({ key: `p${k}`, value: String((i * k) % 7) })),
      metrics: keys.map((k) => ({ key: `m${k}`, value: i * k, timestamp: 1, step: 0 })),
    });
    many.push(run_id);
  }
  await using page = await openPage(address());
  await rowOf(page, 'params.lr').waitFor();
  await page.evaluate(
    (path) => {
      history.pushState(null, '', path);
      performance.mark('asked');
      dispatchEvent(new PopStateEvent('popstate'));
    },
    address('&fold=facts', many),
  );
  await rowOf(page, 'params.p1').waitFor();
  const took = await page.evaluate(() => performance.now() - performance.getEntriesByName('asked')[0]!.startTime);
  expect(took).toBeLessThan(1000);
  expect(await page.locator('[role=gridcell]').count()).toBeLessThan(1500);
  // Every run is there: the last one by the keyboard.
  await page.getByRole('grid').focus();
  await page.keyboard.press('End');
  for (let i = 0; i < 100; i++) await page.keyboard.press('ArrowRight');
  await page.getByRole('columnheader', { name: 'run 99' }).waitFor();
}, 60_000);

test('by keyboard alone: to the grid, a baseline, the values of a row, another part', async () => {
  await using page = await openPage(address());
  await rowOf(page, 'params.lr').waitFor();
  await tabTo(page, /^grid Compare/);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Alt+ArrowDown');
  await page.waitForFunction(() => document.activeElement?.textContent === 'Compare with this run');
  await page.keyboard.press('Enter');
  await page.waitForURL(/baseline=/);
  await page.getByRole('grid').focus();
  // Below the sections’ heads the first rows are facts.
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('5');
  await page.getByRole('list', { name: 'Text files' }).waitFor();
  expect(searchOf(page)['view']).toBe('files');
});

test('axe finds nothing in any part, in both themes', async () => {
  for (const [view, seen] of [
    ['table', '[data-row="params.lr"]'],
    ['data', '.page-table td'],
    ['files', '.diff-table'],
    ['media', '.compare-joined'],
    ['curves', '[data-kind="line"] [data-drawn="true"]'],
    ['charts', '[data-kind="scatter"] [data-drawn="true"]'],
  ] as const) {
    await using page = await openPage(address(view === 'table' ? '' : `&view=${view}`));
    await page.locator(seen).first().waitFor();
    expect(await axe(page)).toEqual([]);
  }
  await using page = await openPage(address('&row=params.layers'));
  await page.getByRole('dialog').locator('.diff-table').waitFor();
  expect(await axe(page)).toEqual([]);
}, 120_000);

test('a phone shows every part without a sideways scroll of the page', async () => {
  for (const view of ['table', 'data', 'files', 'media', 'curves', 'charts']) {
    await using page = await openPage(address(`&view=${view}`), { width: 390, height: 800 });
    await page.locator('.compare-page > :nth-child(2)').waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect([view, wide]).toEqual([view, 0]);
  }
}, 60_000);
