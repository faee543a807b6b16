/** The artifacts of a run in a real browser: the tree, every previewer, and files that mean no good. */
import { beforeAll, describe, expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { axe } from './support/axe.ts';
import { openPage } from './support/browser.ts';
import { focused, tabTo } from './support/keyboard.ts';
import { upload } from './support/seed.ts';
import { seededServer, type SeededServer } from './support/server.ts';

let seeded: SeededServer;
let runId: string;

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

function deep(levels: number): string {
  return `${'[{"d":'.repeat(levels / 2)}1${'}]'.repeat(levels / 2)}`;
}

const spy = `<p id="o"></p><script>
const say = (word) => document.getElementById('o').append(word + '; ');
try { say('cookie ' + document.cookie) } catch { say('no cookie') }
try { say(parent.document.title) } catch { say('no parent') }
fetch('/ajax-api/2.0/mlflow/experiments/search?max_results=1').then(() => say('API'), () => say('no API'));
</script>`;

const mlmodel = `flavors:
  python_function:
    loader_module: mlflow.sklearn
signature:
  inputs: '[{"type": "double", "name": "alcohol", "required": true}]'
  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "int64", "shape": [-1]}}]'
`;

function npy(descr: string, fortran: 'True' | 'False', data: ArrayBufferView): Uint8Array<ArrayBuffer> {
  const header = `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': (2, 3), }`.padEnd(117) + '\n';
  const values = new Uint8Array(data.buffer);
  return Uint8Array.from([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length, 0, ...Buffer.from(header), ...values]);
}

/** A ZIP file of entries that are named and nothing more: a list of so many, which lies about all else. */
function listOfZip(names: readonly string[], count = names.length): Uint8Array<ArrayBuffer> {
  const entries = names.map((name) => {
    const head = Buffer.alloc(46 + Buffer.byteLength(name));
    head.writeUInt32LE(0x02014b50, 0);
    head.writeUInt32LE(0xfffffffe, 20);
    head.writeUInt32LE(0xfffffffe, 24);
    head.writeUInt16LE(Buffer.byteLength(name), 28);
    head.writeUInt32LE(0xfffffffe, 42);
    head.write(name, 46);
    return head;
  });
  const list = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(count, 0xffff), 10);
  end.writeUInt32LE(list.length, 12);
  return Uint8Array.from(Buffer.concat([list, end]));
}

const files: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>> = {
  'big/ten.json': JSON.stringify(
    Array.from({ length: 150_000 }, (_, i) => ({ id: i, name: `item ${i}`, values: [i, i / 3] })),
  ),
  // The first million of bytes ends between the two lines of a cell, and within a line.
  'big/part.csv': `id,ab\n${Array.from({ length: 260_000 }, (_, i) => `${String(i).padStart(7, '0')},"two\nlines"\n`).join('')}`,
  'big/part.jsonl': Array.from({ length: 340_000 }, (_, i) => `{"i": ${i + 1_000_000}}\n`).join(''),
  'big/line.txt': 'abcdefghij'.repeat(450_000),
  'odd/broken.json': '{"a": [1, 2',
  'odd/deep.json': deep(200),
  'odd/numbers.json': '{"id": 12345678901234567890, "loss": NaN, "word": "NaN"}',
  'odd/nul.txt': Uint8Array.from([111, 110, 101, 0, 116, 119, 111, 10, 0xff, 10]),
  'odd/bytes.xyz': Uint8Array.from({ length: 256 }, (_, i) => i),
  'odd/spy.html': spy,
  // As mlflow.log_figure writes a figure of plotly.
  'odd/plotly.html':
    '<html><head><meta charset="utf-8" /></head><body><div><script>window.PlotlyConfig = {};</script><script charset="utf-8" src="https://cdn.plot.ly/plotly-3.0.1.min.js" integrity="sha256-x=" crossorigin="anonymous"></script><div id="f"></div></div></body></html>',
  'odd/image.svg':
    '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><script>top.document.title="x"</script></svg>',
  'odd/<b>&.txt': '<script>document.title = "taken over"</script>',
  'model/MLmodel': mlmodel,
  'eval/table.json': '{"columns": ["question", "answer"], "data": [["a?", "yes"], ["b?", "no"]]}',
  'eval/drawn.json': JSON.stringify({
    columns: ['said', 'drawn'],
    data: [['a cat', { type: 'image', filepath: 'plots/a.png', compressed_filepath: 'plots/a.webp' }]],
  }),
  'data/rows.jsonl': '{"id": 1, "text": "one"}\n{"id": 2, "text": "two"}\n',
  'data/arr.npy': npy('<f4', 'False', Float32Array.from([1, 2, 3, 4, 5, 6.5])),
  'data/fortran.npy': npy('<i4', 'True', Int32Array.from([0, 3, 1, 4, 2, 5])),
  'data/objects.npy': npy('|O', 'False', new Uint8Array(12)),
  'data/complex.npy': npy('<c16', 'False', new Float64Array(12)),
  'data/readme.md': '# Hello\n\nSome *text*, [rows](rows.jsonl), ![a dot](../plots/a.png).\n',
  'data/conf.yaml': 'lr: 0.1\nlayers: [1, 2]\n',
  'data/seed.yaml': 'seed: 12345678901234567890\n',
  'data/map.geojson': '{"type": "Polygon", "coordinates": [[[0, 0], [10, 0], [10, 5], [0, 0]]]}',
  'data/nb.ipynb':
    '{"cells": [{"cell_type": "code", "source": "print(1)", "outputs": [{"output_type": "stream", "text": ["one"]}]}]}',
  // Written by pandas: columns `id` and `word`, 2,000 rows, Zstandard.
  'data/rows.parquet': Uint8Array.from(readFileSync(join(import.meta.dir, 'fixtures/rows-zstd.parquet'))),
  // The same rows, written by pyarrow: GZIP with pages of version 2 and several row groups, LZ4, Brotli.
  ...Object.fromEntries(
    ['gzip', 'lz4', 'brotli'].map((codec) => [
      `data/${codec}.parquet`,
      Uint8Array.from(readFileSync(join(import.meta.dir, `fixtures/rows-${codec}.parquet`))),
    ]),
  ),
  // Written by numpy: savez, and savez_compressed of 200,000 integers and an array of Fortran order.
  'data/arrays.npz': Uint8Array.from(readFileSync(join(import.meta.dir, 'fixtures/arrays.npz'))),
  'data/packed.npz': Uint8Array.from(readFileSync(join(import.meta.dir, 'fixtures/packed.npz'))),
  'odd/list.zip': listOfZip(['<img src=x onerror="document.title=1">', '../../etc/passwd', 'lost.npy'], 5),
  'odd/many.zip': listOfZip(Array.from({ length: 100_000 }, (_, i) => `folder/${i}.npy`)),
  'odd/wrong.zip': 'PK no archive at all, '.repeat(20_000),
  // Written by pyarrow: decimals, times of every unit, and some of them in lists, structs and maps.
  'data/types.parquet': Uint8Array.from(readFileSync(join(import.meta.dir, 'fixtures/types.parquet'))),
  // Decimals of bytes, INTERVAL, ENUM, JSON that is none, BSON, and bytes that are text or not.
  'data/bytes.parquet': Uint8Array.from(readFileSync(join(import.meta.dir, 'fixtures/bytes.parquet'))),
  'plots/a.png': Uint8Array.from(pixel),
  'plots/b.png': Uint8Array.from(pixel),
  'images/in~mask+step+0+timestamp+1+aaaa.png': Uint8Array.from(pixel),
  'images/in~mask+step+10+timestamp+2+bbbb.png': Uint8Array.from(pixel),
};

function address(path: string, run = runId, experiment = seeded.bulk): string {
  const query = path === '' ? '' : `?${new URLSearchParams({ path }).toString()}`;
  return `/experiments/${experiment}/runs/${run}/artifacts${query}`;
}

beforeAll(async () => {
  seeded = await seededServer();
  runId = await seeded.api.createRun({ experiment_id: seeded.bulk, run_name: 'with files' });
  for (const [path, content] of Object.entries(files)) await upload(seeded.server, runId, encodeURI(path), content);
  await seeded.api.post('runs/update', { run_id: runId, status: 'FINISHED', end_time: Date.now() });
}, 60_000);

const pathOf = (page: Page): string => new URL(page.url()).searchParams.get('path') ?? '';
const tree = (page: Page) => page.getByRole('tree', { name: 'Artifacts' });

describe('the tree', () => {
  test('Back returns to the file that was clicked, however far arrows went from it', async () => {
    await using page = await openPage(address('', seeded.run));
    const chosen = (name: string): Promise<void> =>
      tree(page).getByRole('treeitem', { name, selected: true }).waitFor();
    await tree(page).getByRole('treeitem', { name: 'table.csv' }).click();
    await chosen('table.csv');
    await tree(page).getByRole('treeitem').first().click();
    const clicked = pathOf(page);
    for (let step = 0; step < 2; step++) {
      const before = pathOf(page);
      await page.keyboard.press('ArrowDown');
      await page.waitForURL((url) => url.searchParams.get('path') !== before);
    }
    await page.goBack();
    await page.waitForURL((url) => url.searchParams.get('path') === clicked);
    await page.goBack();
    await chosen('table.csv');
  });

  test('a click opens a file, the address names it, Back returns', async () => {
    await using page = await openPage(address('', seeded.run));
    await tree(page).getByRole('treeitem', { name: 'table.csv' }).click();
    await page.getByRole('grid', { name: 'table.csv' }).waitFor();
    expect(pathOf(page)).toBe('table.csv');
    await tree(page).getByRole('treeitem', { name: 'notes.txt' }).click();
    await page.getByText('second line').waitFor();
    await page.goBack();
    await page.getByRole('grid', { name: 'table.csv' }).waitFor();
    expect(pathOf(page)).toBe('table.csv');
  }, 30_000);

  test('a link to a file deep down opens the folders above it', async () => {
    await using page = await openPage(address('config/settings.json', seeded.run));
    await tree(page).getByRole('treeitem', { name: 'settings.json', selected: true }).waitFor();
    await page.getByRole('tree', { name: 'settings.json' }).getByText('layers').waitFor();
  }, 30_000);

  test('the filter looks into folders that are closed', async () => {
    await using page = await openPage(address(''));
    await tree(page).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('readme');
    await tree(page).getByRole('treeitem', { name: 'readme.md' }).waitFor();
    expect(await tree(page).getByRole('treeitem').count()).toBe(2);
  }, 30_000);

  test('the keyboard alone: filter, folders, files', async () => {
    await using page = await openPage(address(''));
    await tree(page).waitFor();
    await tabTo(page, /^tree Artifacts/);
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    await tree(page).getByRole('treeitem', { name: 'big', selected: true }).waitFor();
    await page.keyboard.press('ArrowDown');
    await tree(page).getByRole('treeitem', { name: 'data', selected: true }).waitFor();
    await page.keyboard.press('ArrowRight');
    await tree(page).getByRole('treeitem', { name: 'arr.npy' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await tree(page).getByRole('treeitem', { name: 'arr.npy', selected: true }).waitFor();
    await page.getByRole('grid', { name: 'arr.npy' }).waitFor();
    expect(await focused(page)).toStartWith('tree Artifacts');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await tree(page).getByRole('treeitem', { name: 'data', expanded: false }).waitFor();
  }, 30_000);

  test('a folder downloads as a ZIP file', async () => {
    await using page = await openPage(address('data'));
    const link = page.getByRole('region', { name: 'Preview' }).getByRole('link', { name: 'Download folder as ZIP' });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toBe('data.zip');
  }, 30_000);

  test('a file that is not there says so', async () => {
    await using page = await openPage(address('no/such.txt'));
    await page.getByRole('heading', { name: 'This artifact is not there' }).waitFor();
    await page.getByRole('button', { name: 'Show all artifacts' }).click();
    await page.getByRole('heading', { name: 'Choose a file to see it here.' }).waitFor();
  }, 30_000);
});

describe('previews', () => {
  test('all rows of a table, sorted and filtered in the address', async () => {
    await using page = await openPage(address('table.csv', seeded.run));
    const grid = page.getByRole('grid', { name: 'table.csv' });
    await page.getByText('2,000 rows').waitFor();
    await grid.focus();
    await page.keyboard.press('End');
    await grid.getByText('row 1999').waitFor();
    await page.getByRole('searchbox', { name: 'Filter rows' }).fill('a>=1990');
    await page.getByText('10 of 2,000 rows').waitFor();
    await grid.getByRole('button', { name: 'b', exact: true }).click();
    await grid.getByRole('button', { name: 'b', exact: true }).click();
    await page.waitForURL(/order=-1/);
    await page.reload();
    await page.getByText('10 of 2,000 rows').waitFor();
    expect(await grid.getByRole('row').nth(1).textContent()).toContain('row 1999');
  }, 30_000);

  test('of a part of a file, the rows that were read are called the first ones', async () => {
    await using page = await openPage(address('big/part.csv'));
    await page.getByRole('button', { name: 'Preview anyway' }).click();
    await page.getByText('First 49,999 rows of a file of 5.2 MB').waitFor();
    await page.getByRole('searchbox', { name: 'Filter rows' }).fill('id>=49990');
    await page.getByText('9 of the first 49,999 rows of a file of 5.2 MB').waitFor();
    await page.getByRole('searchbox', { name: 'Filter rows' }).fill('');
    await page.getByRole('button', { name: 'Load all' }).click();
    await page.getByText('260,000 rows', { exact: true }).waitFor();
    await page.goto(address('big/part.jsonl'));
    await page.getByRole('button', { name: 'Preview anyway' }).click();
    await page.getByText('First 66,666 rows of a file of 5.1 MB').waitFor();
    await page.getByRole('grid', { name: 'part.jsonl' }).press('End');
    await page.getByRole('gridcell', { name: '1066665' }).waitFor();
  }, 30_000);

  test.each([
    ['model/MLmodel', 'alcohol'],
    ['model/MLmodel', 'mlflow.pyfunc.load_model'],
    ['data/nb.ipynb', 'print(1)'],
    ['data/readme.md', 'Hello'],
    ['data/conf.yaml', 'layers'],
    ['odd/bytes.xyz', '00 01 02 03'],
    ['odd/<b>&.txt', '<script>'],
    ['odd/nul.txt', 'one\u2400two'],
    ['odd/nul.txt', 'Some bytes are not valid UTF-8'],
    ['odd/broken.json', 'This is not valid JSON'],
  ])(
    '%s shows %s',
    async (path, shown) => {
      await using page = await openPage(address(path));
      await page.getByText(shown).first().waitFor();
      expect(await page.title()).not.toContain('taken');
    },
    30_000,
  );

  test.each([
    ['eval/table.json', 'question'],
    ['data/rows.jsonl', 'text'],
    ['data/arr.npy', '2'],
  ])(
    '%s is a table',
    async (path, column) => {
      await using page = await openPage(address(path));
      await page.getByRole('grid').getByRole('columnheader', { name: column }).first().waitFor();
    },
    30_000,
  );

  test('an array of Fortran order shows in its shape, one of complex numbers as well, one of objects says why it does not', async () => {
    await using page = await openPage(address('data/fortran.npy'));
    const grid = page.getByRole('grid', { name: 'fortran.npy' });
    await grid.getByRole('gridcell').first().waitFor();
    const cells = await grid.getByRole('gridcell').allTextContents();
    expect(cells).toEqual(['1', '0', '1', '2', '2', '3', '4', '5']);
    await page.goto(address('data/complex.npy'));
    await page.getByRole('grid', { name: 'complex.npy' }).getByText('0+0j').first().waitFor();
    await page.goto(address('data/objects.npy'));
    await page.getByText('Values of this type are not shown.').waitFor();
  }, 30_000);

  test.each(['rows', 'gzip', 'lz4', 'brotli'])(
    'all rows of a parquet file: %s',
    async (name) => {
      await using page = await openPage(address(`data/${name}.parquet`));
      await page.getByText('2,000 rows').waitFor();
      const grid = page.getByRole('grid', { name: `${name}.parquet` });
      await grid.focus();
      await page.keyboard.press('End');
      await grid.getByRole('gridcell', { name: '1999', exact: true }).nth(1).waitFor();
    },
    30_000,
  );

  test('decimals, times and nested values of a parquet file show as they were written', async () => {
    await using page = await openPage(address('data/types.parquet'), { width: 2400, height: 800 });
    const grid = page.getByRole('grid', { name: 'types.parquet' });
    await grid.getByRole('gridcell').first().waitFor();
    const heads = await grid.getByRole('columnheader').allTextContents();
    expect(heads.slice(2, 6)).toEqual(['pointstruct', 'listlist', 'timeslist', 'mapmap']);
    const cells = await grid.getByRole('row').nth(1).getByRole('gridcell').allTextContents();
    expect(cells).toEqual([
      '1',
      '-99999999999999.99',
      '{"x":1,"price":1.50}',
      '[1,2]',
      '[["01:02:03"]]',
      '{"a":"2020-01-01"}',
      '2020-01-01',
      '2020-01-01T00:00:00.123456789',
      '2020-01-01T00:00:00.123456Z',
      '01:02:03',
      '01:02:03',
    ]);
  }, 30_000);

  test('what a parquet file holds as bytes shows as decimals, durations, text, or in hexadecimal, in one form for a column', async () => {
    await using page = await openPage(address('data/bytes.parquet'), { width: 2000, height: 800 });
    const rows = page.getByRole('grid', { name: 'bytes.parquet' }).getByRole('row');
    await rows.nth(1).waitFor();
    const cells = (row: number) => rows.nth(row).getByRole('gridcell').allTextContents();
    await page.getByRole('columnheader', { name: 'four bytes' }).waitFor();
    const document = '{"a": 12345678901234567890}';
    expect(await cells(1)).toEqual([
      '1',
      '2.56',
      'P14M3DT1.5S',
      'one',
      document,
      '0x0500000000',
      '0xff0061',
      '0xff006162',
    ]);
    expect(await cells(2)).toEqual([
      '2',
      '-1.50',
      'PT0S',
      'two',
      '{broken',
      '0x0500000000',
      '0x706c61696e',
      '0x666f7572',
    ]);
    expect((await cells(3)).slice(1, 5)).toEqual(['47223664828696452136.95', 'P4294967295DT0.001S', 'one', '[NaN]']);
  }, 30_000);

  test('an .npz file lists its arrays, with shape and type, and shows their values', async () => {
    await using page = await openPage(address('data/arrays.npz'), { width: 1600, height: 800 });
    const rows = page.getByRole('grid', { name: 'arrays.npz' }).getByRole('row');
    await rows.nth(1).waitFor();
    const cells = (row: number) => rows.nth(row).getByRole('gridcell').allTextContents();
    expect(await cells(1)).toEqual(['1', 'weights.npy', '(2, 3)', '<f4', '152', '152', '1980-01-01 00:00:00']);
    expect(await cells(2)).toEqual(['2', 'names.npy', '(2)', '<U1', '136', '136', '1980-01-01 00:00:00']);
    await page.getByRole('combobox', { name: 'Show' }).selectOption('weights.npy');
    await page.waitForURL(/entry=weights/);
    const values = page.getByRole('grid', { name: 'weights.npy' });
    await values.getByRole('gridcell').first().waitFor();
    expect(await values.getByRole('gridcell').allTextContents()).toEqual(['1', '0', '1', '2', '2', '3', '4', '5']);
  }, 30_000);

  test('arrays that are compressed show as well, of a large one the first values', async () => {
    await using page = await openPage(`${address('data/packed.npz')}&entry=fortran.npy`);
    const values = page.getByRole('grid', { name: 'fortran.npy' });
    await values.getByRole('gridcell').first().waitFor();
    expect(await values.getByRole('gridcell').allTextContents()).toEqual(['1', '0', '1', '2', '2', '3', '4', '5']);
    await page.getByRole('combobox', { name: 'Show' }).selectOption('big.npy');
    await page.getByText('First 100,000 of 200,000 values').waitFor();
    await page.getByText('First 50,000 rows of 100,000').waitFor();
    await page.getByRole('combobox', { name: 'Show' }).selectOption('All entries');
    await page.getByRole('grid', { name: 'packed.npz' }).getByText('(100000, 2)').waitFor();
  }, 30_000);

  test('a ZIP file that lies shows what it lists, as text', async () => {
    await using page = await openPage(address('odd/list.zip'));
    const grid = page.getByRole('grid', { name: 'list.zip' });
    await page.getByText('First 3 rows of 5').waitFor();
    await grid.getByText('<img src=x onerror="document.title=1">').waitFor();
    await grid.getByText('../../etc/passwd').waitFor();
    expect(await grid.getByText('4294967294').count()).toBe(6);
    await page.goto(address('odd/many.zip'));
    await page.getByText('100,000', { exact: false }).waitFor();
    await page.getByRole('grid', { name: 'many.zip' }).press('End');
    await page.getByText('folder/99999.npy').waitFor();
    await page.goto(address('odd/wrong.zip'));
    await page.getByText('The list at the end of this archive is missing or damaged.').waitFor();
    await page.getByText('50 4b 20 6e').waitFor();
    expect(await page.title()).not.toBe('1');
  }, 30_000);

  test('shapes are drawn', async () => {
    await using page = await openPage(address('data/map.geojson'));
    await page.getByRole('img', { name: 'Outline of the shapes' }).waitFor();
  }, 30_000);

  test('200 levels of JSON unfold; the path of a value can be copied', async () => {
    await using page = await openPage(address('odd/deep.json'));
    await page.getByRole('button', { name: 'Unfold all' }).click();
    const json = page.getByRole('tree', { name: 'deep.json' });
    await json.focus();
    await page.keyboard.press('End');
    await page.getByRole('button', { name: 'Copy path' }).last().click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(`$${'[0].d'.repeat(100)}`);
  }, 30_000);

  test('numbers of JSON show as they are written, and are found and copied so', async () => {
    await using page = await openPage(`${address('odd/numbers.json')}&find=34567890`);
    const json = page.getByRole('tree', { name: 'numbers.json' });
    await json.getByRole('treeitem', { name: 'id: 12345678901234567890', exact: true, selected: true }).waitFor();
    await json.getByRole('treeitem', { name: 'loss: NaN', exact: true }).waitFor();
    await json.getByRole('treeitem', { name: 'word: "NaN"', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Copy value' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('12345678901234567890');
  }, 30_000);

  test('links and images of Markdown lead to the files beside it', async () => {
    await using page = await openPage(address('data/readme.md'));
    await page.getByRole('img', { name: 'a dot' }).waitFor();
    await page.waitForFunction("document.querySelector('.markdown img')?.naturalWidth === 1");
    await page.getByRole('link', { name: 'rows' }).click();
    await page.getByRole('gridcell', { name: 'two' }).waitFor();
    expect(pathOf(page)).toBe('data/rows.jsonl');
  }, 30_000);

  test('names with percent signs open, and characters that turn a name around are shown', async () => {
    const own = await seeded.api.createRun({ experiment_id: seeded.bulk, run_name: 'with names' });
    const names = { '%41/50%/a%20b.txt': 'of percents', 'A/x.txt': 'another', 'report\u202etxt.sh': 'turned' };
    for (const [path, content] of Object.entries(names)) await upload(seeded.server, own, encodeURI(path), content);
    await using page = await openPage(address('', own));
    await tree(page).getByRole('treeitem', { name: 'report<U+202E>txt.sh' }).click();
    await page.getByText('turned').waitFor();
    expect(await page.getByRole('heading', { name: 'report<U+202E>txt.sh' }).count()).toBe(1);
    expect(pathOf(page)).toBe('report\u202etxt.sh');
    await tree(page).getByRole('treeitem', { name: '%41' }).click();
    await page.getByRole('button', { name: '50%' }).click();
    await page.getByRole('button', { name: 'a%20b.txt' }).click();
    await page.getByText('of percents').waitFor();
    expect(pathOf(page)).toBe('%41/50%/a%20b.txt');
    await page.reload();
    await page.getByText('of percents').waitFor();
  }, 30_000);

  test('a text whose lines end with a carriage return is shown in lines, a progress bar of a log at its end', async () => {
    const own = await seeded.api.createRun({ experiment_id: seeded.bulk, run_name: 'with returns' });
    const bar = 'start\n10%\r20%\r30%\ndone\n';
    for (const name of ['train.log', 'old.properties']) await upload(seeded.server, own, name, bar);
    await using page = await openPage(address('train.log', own));
    await page.getByText('30%', { exact: true }).waitFor();
    expect(await page.getByText('10%').count()).toBe(0);
    await page.goto(address('old.properties', own));
    for (const line of ['10%', '20%', '30%']) await page.getByText(line, { exact: true }).waitFor();
  }, 30_000);

  test('images of a logged table are shown in their cells', async () => {
    await using page = await openPage(address('eval/drawn.json'));
    await page.getByRole('gridcell', { name: 'a cat' }).waitFor();
    await page.getByRole('gridcell').getByRole('link').getByRole('img', { name: 'drawn 1' }).waitFor();
    await page.waitForFunction("document.querySelector('.table-image img')?.naturalWidth === 1");
  }, 30_000);

  test('numbers of YAML show as they are written', async () => {
    await using page = await openPage(`${address('data/seed.yaml')}&as=tree`);
    const tree = page.getByRole('tree', { name: 'seed.yaml' });
    await tree.getByRole('treeitem', { name: 'seed: 12345678901234567890', exact: true }).waitFor();
  }, 30_000);

  test('10 MB of JSON are not fetched on a click, then open within two seconds', async () => {
    await using page = await openPage(address(''));
    const fetched: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('get-artifact')) fetched.push(request.url());
    });
    await page.goto(address('big/ten.json'));
    const button = page.getByRole('button', { name: 'Preview anyway' });
    await button.waitFor();
    expect(fetched).toEqual([]);
    await button.click();
    const entries = page.getByRole('tree', { name: 'ten.json' }).getByText('150,000 entries');
    await entries.waitFor();
    // What was asked for stands in the address: a reload shows it again, another file asks anew.
    await page.reload();
    await entries.waitFor();
    await page.goBack();
    await button.waitFor();
    await page.goForward();
    await entries.waitFor();
    await page.getByRole('searchbox', { name: 'Find in the file' }).fill('item 149999');
    await page.getByRole('treeitem', { name: /item 149999/ }).waitFor();
    await page.getByRole('treeitem', { name: 'line.txt' }).click();
    await page.getByRole('region', { name: 'line.txt' }).waitFor();
    expect(new URL(page.url()).searchParams.get('load')).toBeNull();
  }, 30_000);

  test('one line of 4.5 MB is drawn piece by piece, wrapped or not, and searched', async () => {
    await using page = await openPage(address('big/line.txt'));
    const text = page.getByRole('region', { name: 'line.txt' });
    await text.getByText('abcdefghij').first().waitFor();
    await page.getByRole('button', { name: 'Wrap lines' }).click();
    await page.waitForURL(/wrap=1/);
    await page.getByRole('searchbox', { name: 'Find in the file' }).fill('JABC');
    await page.getByText('1 of 10,000').waitFor();
    expect(await text.evaluate((element) => element.querySelectorAll('.code-row').length)).toBeLessThan(120);
  }, 30_000);

  test('a page runs without rights', async () => {
    await using page = await openPage(address('odd/spy.html'), {
      expected: /Content Security Policy|Refused to connect/,
    });
    const frame = page.frameLocator('iframe[title="spy.html"]');
    await frame.getByText('no cookie; no parent; no API').waitFor();
    // Opened on its own it has no rights either: the answer itself takes them.
    const source = await page.locator('iframe[title="spy.html"]').getAttribute('src');
    await page.goto(source ?? '');
    await page.getByText('no API').waitFor();
    expect(await page.getByText('no cookie').count()).toBe(1);
  }, 30_000);

  test('a page that asks for scripts of elsewhere says of where, and what to do', async () => {
    await using page = await openPage(address('odd/plotly.html'), { expected: /Content Security Policy|violates/ });
    const note = page.getByRole('status').filter({ hasText: 'scripts or styles of cdn.plot.ly.' });
    await note.waitFor();
    expect(await note.textContent()).toContain('include_plotlyjs=True');
    await page.locator('iframe[title="plotly.html"]').waitFor();
    await page.getByRole('treeitem', { name: /^spy\.html/ }).click();
    await page.locator('iframe[title="spy.html"]').waitFor();
    await note.waitFor({ state: 'detached' });
  }, 30_000);

  test('images: keys zoom and change the image', async () => {
    await using page = await openPage(address('plots/a.png'));
    await page.getByText('1 × 1').waitFor();
    const box = page.getByRole('group', { name: /^Image/ });
    await box.focus();
    await page.keyboard.press('1');
    expect(await page.getByRole('button', { name: '1:1' }).getAttribute('aria-pressed')).toBe('true');
    await page.keyboard.press('0');
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(/b\.png/);
    await page.getByRole('img', { name: 'b.png' }).hover();
    await page.getByText(/^0, 0: /).waitFor();
  }, 30_000);

  test('stepped images: one slider, moved by arrows', async () => {
    await using page = await openPage(address('images'));
    const slider = page.getByRole('slider', { name: 'Step' });
    await page.getByRole('img', { name: 'in/mask, Step 10' }).waitFor();
    await slider.focus();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('img', { name: 'in/mask, Step 0' }).waitFor();
    expect(new URL(page.url()).searchParams.get('step')).toBe('0');
    await page.getByRole('button', { name: 'Difference' }).click();
    await page.getByRole('slider', { name: 'Against step' }).waitFor();
  }, 30_000);

  test('the log of a running run grows under the reader', async () => {
    const run = await seeded.api.createRun({ experiment_id: seeded.bulk, run_name: 'live' });
    const lines = Array.from({ length: 300 }, (_, i) => `epoch ${i}\n`).join('');
    await upload(seeded.server, run, 'train.log', lines);
    // A file that became shorter has nothing where the reading went on.
    await using page = await openPage(address('train.log', run), { expected: /status of 416/ });
    await page.getByText('epoch 299').waitFor();
    await upload(seeded.server, run, 'train.log', `${lines}epoch 300: found a way\n`);
    await page.getByText('found a way').waitFor();
    await upload(seeded.server, run, 'train.log', 'begun anew\n');
    await page.getByText('begun anew').waitFor();
    expect(await page.getByText('found a way').count()).toBe(0);
  }, 40_000);
});

describe('for everyone', () => {
  test.each([
    '',
    'data',
    'data/conf.yaml',
    'odd/deep.json',
    'eval/table.json',
    'plots/a.png',
    'images',
    'model/MLmodel',
    'data/nb.ipynb',
    'data/arrays.npz',
    'big/ten.json',
  ])(
    'axe finds nothing: %s',
    async (path) => {
      await using page = await openPage(address(path));
      await tree(page).waitFor();
      await page.locator('.artifact-preview > :not(.loading):last-child').waitFor();
      expect(await axe(page)).toEqual([]);
    },
    60_000,
  );

  test.each([390, 320])(
    '%d pixels wide: nothing scrolls sideways',
    async (width) => {
      await using page = await openPage(address('eval/table.json'), { width, height: 780 });
      await page.getByRole('grid', { name: 'table.json' }).waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    },
    30_000,
  );
});
