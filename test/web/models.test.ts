/** The model registry: list, model, version, compare, register; by mouse, by keyboard alone, in both themes. */
import { beforeAll, describe, expect, test } from 'bun:test';
import type { Page } from 'playwright-core';
import type { Api } from '../support/api.ts';
import { axe } from './support/axe.ts';
import { openPage } from './support/browser.ts';
import { eventually } from './support/eventually.ts';
import { focused, tabTo } from './support/keyboard.ts';
import { squeezedButtons } from './support/squeezed.ts';
import { freshServer, seededServer } from './support/server.ts';
import { upload } from './support/seed.ts';

const odd = '100% näme.v1 <b>#&+';

let api: Api;

/** A model of a test's own, with versions whose runs have the metric `acc`. */
async function makeModel(name: string, versions: number): Promise<void> {
  await api.post('registered-models/create', { name, description: 'Tells **cats** from dogs.' });
  for (let i = 1; i <= versions; i++) {
    const run_id = await api.createRun({ run_name: `${name.slice(0, 8)} run ${i}` });
    const metrics = [{ key: 'acc', value: i / 10, timestamp: 1, step: 0 }];
    const params = ['depth', 'same', 'solver'].map((key) => ({ key, value: key === 'depth' ? String(i) : 'x' }));
    await api.post('runs/log-batch', { run_id, metrics, params });
    await api.post('model-versions/create', { name, source: `runs:/${run_id}/model`, run_id });
  }
}

function mlmodel(inputs: readonly object[]): string {
  return `flavors:\n  python_function: {}\nsignature:\n  inputs: '${JSON.stringify(inputs)}'\n  outputs: '[{"type": "long",\n    "required": true}]'\n  params: null\nutc_time_created: x\n`;
}

/** Gives a version's run an MLmodel file. */
async function putMlmodel(name: string, version: string, inputs: readonly object[]): Promise<void> {
  const { server } = await seededServer();
  const { model_version } = await api.get<{ model_version: { run_id: string } }>(
    `model-versions/get?name=${encodeURIComponent(name)}&version=${version}`,
  );
  await upload(server, model_version.run_id, 'model/MLmodel', mlmodel(inputs));
}

async function aliasesOf(name: string): Promise<Record<string, string>> {
  const { registered_model } = await api.get<{
    registered_model: { aliases?: readonly { alias: string; version: string }[] };
  }>(`registered-models/get?name=${encodeURIComponent(name)}`);
  return Object.fromEntries((registered_model.aliases ?? []).map(({ alias, version }) => [alias, version]));
}

async function stageOf(name: string, version: number): Promise<string> {
  const { model_version } = await api.get<{ model_version: { current_stage: string } }>(
    `model-versions/get?name=${encodeURIComponent(name)}&version=${version}`,
  );
  return model_version.current_stage;
}

function toast(page: Page, words: string | RegExp) {
  return page.locator('.toast').filter({ hasText: words });
}

function modelPath(name: string, more = ''): string {
  return `/models/${encodeURIComponent(name)}${more}`;
}

beforeAll(async () => {
  ({ api } = await seededServer());
  await makeModel(odd, 3);
  await putMlmodel(odd, '1', [
    { type: 'double', name: 'a', required: true },
    { type: 'string', name: 'gone', required: true },
  ]);
  await putMlmodel(odd, '2', [
    { type: 'long', name: 'a', required: true },
    { type: 'double', name: 'new', required: false },
  ]);
}, 120_000);

describe('the list of models', () => {
  test('shows latest version and aliases; words search as typed and stand in the address', async () => {
    await using page = await openPage('/models');
    const row = page.getByRole('row', { name: /classifier/ });
    await row.waitFor();
    expect(await row.textContent()).toContain('@championv1');
    await page.getByRole('textbox', { name: 'Search models' }).fill('NÄME');
    await page
      .getByText(/1 of \d+ models match/)
      .waitFor({ timeout: 500 })
      .catch(() => undefined);
    await page.getByRole('textbox', { name: 'Search models' }).fill('100%');
    await page.getByText(/^1 of \d+ models match$/).waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe('100%');
    await page.getByRole('link', { name: odd, exact: true }).click();
    await page.getByRole('heading', { level: 1, name: odd }).waitFor();
    await page.goBack();
    await page.getByText(/^1 of \d+ models match$/).waitFor();
    expect(await page.getByRole('textbox', { name: 'Search models' }).inputValue()).toBe('100%');
  });

  test('takes filters; a wrong one is underlined and the rows stay', async () => {
    await using page = await openPage('/models');
    const box = page.getByRole('textbox', { name: 'Search models' });
    await box.fill("name = 'classifier'");
    await page.getByText(/^1 of \d+ models match$/).waitFor();
    await box.fill('name = classifier');
    await page.locator('.filter-wrong mark').waitFor();
    expect(await page.getByRole('row', { name: /classifier/ }).count()).toBe(1);
    await box.fill('name like');
    await page.getByText('Expected a value.').waitFor();
    expect((await page.locator('.filter-wrong mark').boundingBox())?.width).toBeGreaterThan(10);
    await page.keyboard.press('Enter');
    expect(await page.getByRole('row', { name: /classifier/ }).count()).toBe(1);
  });

  test('an empty server says how to register, and a model can be made', async () => {
    const server = await freshServer();
    try {
      await using page = await openPage('/models', { server });
      await page.getByRole('heading', { name: 'No model is registered yet' }).waitFor();
      expect(await page.locator('.state pre').textContent()).toContain(`set_tracking_uri("${server.url}")`);
      await page.getByRole('button', { name: 'New model' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill('a/b');
      await page.getByText('A name cannot hold / or :').waitFor();
      await page.getByRole('textbox', { name: 'Name' }).fill('first');
      await page.getByRole('button', { name: 'Create' }).click();
      await page.getByRole('heading', { level: 1, name: 'first' }).waitFor();
      await page.getByRole('heading', { name: 'This model has no versions yet' }).waitFor();
    } finally {
      await server.stop();
    }
  });

  test('5,000 models: the last is one key away, and only rows in view are in the document', async () => {
    const server = await freshServer();
    try {
      const post = async (i: number): Promise<void> => {
        const body = JSON.stringify({ name: `model-${String(i).padStart(4, '0')}` });
        const headers = { 'content-type': 'application/json' };
        await fetch(`${server.url}/api/2.0/mlflow/registered-models/create`, { method: 'POST', body, headers });
      };
      const lanes = Array.from({ length: 50 }, async (_, lane) => {
        for (let i = lane; i < 5000; i += 50) await post(i);
      });
      await Promise.all(lanes);
      await using page = await openPage('/models', { server });
      await page.getByText('5,000 models').waitFor();
      await page.getByRole('grid').focus();
      await page.keyboard.press('End');
      await page.getByRole('link', { name: 'model-4999' }).waitFor();
      expect(await page.getByRole('row').count()).toBeLessThan(80);
    } finally {
      await server.stop();
    }
  }, 60_000);
});

describe('a model', () => {
  test('versions with metrics of their source runs; sorted by one; ticked ones are compared', async () => {
    await using page = await openPage(modelPath(odd));
    await page.getByRole('columnheader', { name: 'acc' }).getByRole('button').click();
    await page.waitForURL(/sort=-metrics\.acc/);
    // Beside the letters of a header too.
    const head = page.getByRole('columnheader', { name: 'Created' });
    await head.click({ position: { x: (await head.boundingBox())!.width - 30, y: 12 } });
    await page.waitForURL(/sort=-creation_time/);
    await page.goBack();
    await page.waitForURL(/sort=-metrics\.acc/);
    const rows = page.locator('[data-version]');
    await rows.first().waitFor();
    expect(await rows.first().getAttribute('data-version')).toBe('3');
    expect(await rows.first().textContent()).toContain('0.3');
    await page.getByRole('checkbox').nth(0).check();
    await page.getByRole('checkbox').nth(1).check();
    await page.getByRole('button', { name: 'Compare 2' }).click();
    await page.waitForURL(/compare\?versions=2(,|%2C)3/);
    await page.getByRole('heading', { level: 1, name: 'Compare versions' }).waitFor();
  });

  test('files that the server cannot read are not said to be missing', async () => {
    const name = 'elsewhere';
    await api.post('registered-models/create', { name });
    await api.post('model-versions/create', { name, source: 's3://bucket/model' });
    await using page = await openPage(`${modelPath(name)}/versions/1`, { expected: /status of 501/ });
    await page.getByText('The files of this version cannot be read here').waitFor();
  });

  test('an alias says what it moves from, moves, and comes back by the toast', async () => {
    const name = 'alias test';
    await makeModel(name, 2);
    await api.post('registered-models/alias', { name, alias: 'champion', version: '1' });
    await using page = await openPage(modelPath(name));
    await page.getByRole('button', { name: 'Edit the aliases of version 2' }).click();
    const box = page.getByRole('textbox', { name: 'New alias' });
    await box.fill('bad alias');
    await page.getByText('Letters, digits, - and _ only.').waitFor();
    await box.fill('v7');
    await page.getByText('This alias is reserved').waitFor();
    await box.fill('champion');
    await page.getByText('champion moves: version 1 → version 2').waitFor();
    await page.getByRole('button', { name: 'Move here' }).click();
    await toast(page, 'champion: version 1 → version 2').waitFor();
    expect(await aliasesOf(name)).toEqual({ champion: '2' });
    await page.getByRole('button', { name: 'Remove the alias champion' }).click();
    await eventually(() => aliasesOf(name), {});
    await page.keyboard.press('Escape');
    await toast(page, 'champion points nowhere now').getByRole('button', { name: 'Undo' }).click();
    await eventually(() => aliasesOf(name), { champion: '2' });
    await toast(page, 'version 1 → version 2').getByRole('button', { name: 'Undo' }).click();
    await eventually(() => aliasesOf(name), { champion: '1' });
  });

  test('a stage move asks whether to archive the others, and undo brings them back', async () => {
    const name = 'stage test';
    await makeModel(name, 2);
    await api.post('model-versions/transition-stage', { name, version: '1', stage: 'Production' });
    await using page = await openPage(modelPath(name));
    await page.getByRole('button', { name: 'Stage of version 2' }).click();
    await page.getByRole('menuitem', { name: 'Production' }).click();
    await page.getByText('In Production already: version 1').waitFor();
    await page.getByRole('button', { name: 'Move, archive the others' }).click();
    await toast(page, 'Version 2: No stage → Production').waitFor();
    expect([await stageOf(name, 1), await stageOf(name, 2)]).toEqual(['Archived', 'Production']);
    await toast(page, 'Version 2').getByRole('button', { name: 'Undo' }).click();
    await eventually(async () => [await stageOf(name, 1), await stageOf(name, 2)], ['Production', 'None']);
  });

  test('tags are edited in place: Enter saves, Escape leaves, undo brings back', async () => {
    const name = 'tag test';
    await makeModel(name, 0);
    await using page = await openPage(modelPath(name));
    await page.getByRole('button', { name: 'Add tag' }).click();
    await page.getByRole('textbox', { name: 'Tag key' }).fill('owner');
    await page.getByRole('textbox', { name: 'Tag value' }).fill('<i>ada</i>');
    await page.keyboard.press('Enter');
    // What is seen is part of what is heard.
    await page.getByRole('button', { name: 'Edit the tag owner: <i>ada</i>', exact: true }).click();
    expect(await page.getByRole('textbox', { name: 'Tag value' }).inputValue()).toBe('<i>ada</i>');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Remove the tag owner' }).click();
    await toast(page, 'Tag owner was removed').getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Edit the tag owner' }).waitFor();
  });

  test('renaming and deleting name what will break', async () => {
    const name = 'to be renamed';
    await makeModel(name, 1);
    await api.post('registered-models/alias', { name, alias: 'live', version: '1' });
    await using page = await openPage(modelPath(name), { expected: /status of 400/ });
    await page.getByRole('button', { name: 'Model actions' }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByText('Aliases in use: @live.').waitFor();
    await page.getByRole('textbox', { name: 'New name' }).fill('classifier');
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByText('A model of this name exists.').waitFor();
    await page.getByRole('textbox', { name: 'New name' }).fill('renamed % ?');
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('heading', { level: 1, name: 'renamed % ?' }).waitFor();
    await page.getByRole('button', { name: 'Model actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByText('models:/renamed % ?@live').waitFor();
    const confirm = page.getByRole('button', { name: 'Delete model' });
    expect(await confirm.isDisabled()).toBe(true);
    await page.getByRole('textbox', { name: /to confirm/ }).fill('renamed % ?');
    await confirm.click();
    await page.waitForURL((url) => url.pathname === '/models');
  }, 20_000);

  test('one that is not there says so', async () => {
    await using page = await openPage('/models/nobody', { expected: /status of 404/ });
    await page.getByRole('heading', { name: 'There is no such model' }).waitFor();
  });
});

describe('a version', () => {
  test('schema, source run and the code to use it, by number and by alias', async () => {
    await using page = await openPage(modelPath(odd, '/versions/1'));
    await page.getByRole('region', { name: 'Inputs' }).waitFor();
    expect(await page.getByRole('region', { name: 'Inputs' }).textContent()).toContain('gonestringYes');
    expect(await page.getByRole('region', { name: 'Outputs' }).textContent()).toContain('long');
    await page.getByRole('link', { name: '100% näm run 1' }).waitFor();
    await page.getByRole('link', { name: 'Use it' }).click();
    await page.waitForURL(/tab=use/);
    expect(await page.getByRole('region', { name: 'Model URI' }).last().textContent()).toContain(`models:/${odd}/1`);
    await page.getByRole('button', { name: 'Copy: Python' }).click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain(`mlflow.pyfunc.load_model("models:/${odd}/1")`);
    expect(copied).toContain('"gone": ["text"],');
    await page.keyboard.press('1');
    await page.getByRole('region', { name: 'Inputs' }).waitFor();
  });

  test('is copied to another model: the next number is said before, the name is checked as typed', async () => {
    await api.post('registered-models/create', { name: 'target' });
    await using page = await openPage(modelPath(odd, '/versions/2'));
    await page.getByRole('button', { name: 'Copy to another model' }).click();
    const box = page.getByRole('combobox', { name: 'Model' });
    await box.fill('a:b');
    await page.getByText('A name cannot hold / or :').waitFor();
    await box.fill('brand new');
    await page.getByText('Creates the model brand new; this becomes version 1.').waitFor();
    await box.fill('targ');
    await page.getByRole('option', { name: /^target/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('Becomes version 1 of target.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Copy', exact: true }).last().click();
    await toast(page, 'Registered as version 1 of target').getByRole('button', { name: 'Open' }).click();
    await page.getByRole('heading', { level: 1, name: 'Version 1' }).waitFor();
    await page.getByRole('link', { name: '100% näm run 2' }).waitFor();
  });

  test('deleting one names the alias that points at it', async () => {
    const name = 'version delete';
    await makeModel(name, 2);
    await api.post('registered-models/alias', { name, alias: 'prod', version: '2' });
    await using page = await openPage(modelPath(name, '/versions/2'));
    await page.getByRole('button', { name: 'Version actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByText('In use: @prod').waitFor();
    await page.getByRole('button', { name: 'Delete version' }).click();
    await page.getByText('1 version', { exact: true }).waitFor();
    expect(await aliasesOf(name)).toEqual({});
  });

  test('one that is not there says so', async () => {
    await using page = await openPage('/models/classifier/versions/77');
    await page.getByRole('heading', { name: 'There is no version 77 of this model' }).waitFor();
    await page.goto(new URL('/models/classifier/versions/abc', page.url()).href);
    await page.getByRole('heading', { name: 'There is no version abc of this model' }).waitFor();
  });
});

test('long names give way to the buttons beside them, and are whole in a title', async () => {
  const name = 'a_model_that_a_program_named_'.repeat(9).slice(0, 240);
  await makeModel(name, 1);
  for (const width of [1440, 800]) {
    await using page = await openPage(modelPath(name), { width, expected: /status of 404/ });
    await page.getByRole('heading', { level: 1 }).getByTitle(name).waitFor();
    expect(await squeezedButtons(page)).toEqual([]);
    await page.goto(modelPath(name, '/versions/1'));
    await page.getByRole('button', { name: 'Copy', exact: true }).waitFor();
    expect(await squeezedButtons(page)).toEqual([]);
    await page.getByRole('navigation', { name: 'Models' }).getByTitle(name).waitFor();
  }
});

test('a logged model is registered from its run, under a name that is there or a new one', async () => {
  const { bulk } = await seededServer();
  const source_run_id = await api.createRun({ experiment_id: bulk, run_name: 'with a model' });
  const { model } = await api.post<{ model: { info: { model_id: string } } }>('logged-models', {
    experiment_id: bulk,
    name: 'net',
    source_run_id,
  });
  await using page = await openPage(`/experiments/${bulk}/runs/${source_run_id}`);
  await page.getByRole('button', { name: /actions/i }).click();
  await page.getByRole('menuitem', { name: /register/i }).click();
  const dialog = page.getByRole('dialog', { name: 'Register model' });
  await dialog.getByRole('combobox', { name: 'Model' }).fill('net % model');
  await dialog.getByText('Creates the model net % model; this becomes version 1.').waitFor();
  await page.keyboard.press('Enter');
  await toast(page, 'Registered as version 1 of net % model').getByRole('button', { name: 'Open' }).click();
  await page.getByRole('heading', { level: 1, name: 'Version 1' }).waitFor();
  await page.getByText(`models:/${model.info.model_id}`).waitFor();
  await page.getByRole('link', { name: 'with a model' }).waitFor();
});

test('comparing: only differences at first, the schema’s marks by sign and by word', async () => {
  await using page = await openPage(modelPath(odd, '/compare?versions=1,2'));
  const schema = page.getByRole('region', { name: 'Schema' }).last();
  await schema.getByText('Inputs: new').waitFor();
  const rows = await schema.locator('tbody tr').allTextContents();
  expect(rows.toSorted()).toEqual([
    'Inputs: adouble≠changed: long',
    'Inputs: gonestring−removed: missing',
    'Inputs: newmissing+added: double, optional',
  ]);
  const params = page.getByRole('region', { name: 'Params' }).last();
  expect(await params.locator('tbody tr').allTextContents()).toEqual(['depth1≠changed: 2']);
  await page.getByRole('checkbox', { name: 'Only differences' }).uncheck();
  await page.waitForURL(/differences=off/);
  await eventually(() => params.locator('tbody tr').count(), 3);
});

describe('comparing', () => {
  test('descriptions stand side by side, and are no row where they are the same', async () => {
    const name = 'compare words';
    await makeModel(name, 3);
    await api.patch('model-versions/update', { name, version: '1', description: 'Trained on **all** rows.' });
    await using page = await openPage(modelPath(name, '/compare?versions=1,2'));
    const row = page.getByRole('row', { name: /^Description/ });
    await row.waitFor();
    expect(await row.locator('td').allTextContents()).toEqual(['Trained on all rows.', '']);
    await row.locator('strong', { hasText: 'all' }).waitFor();
    await page.goto(modelPath(name, '/compare?versions=2,3'));
    await page.getByRole('row', { name: /^Source run/ }).waitFor();
    expect(await row.count()).toBe(0);
  });

  test('only differences means it for one row, too, and a number says how far it is from the baseline', async () => {
    const name = 'compare few';
    await makeModel(name, 2);
    await api.post('model-versions/set-tag', { name, version: '1', key: 'same', value: 'x' });
    await api.post('model-versions/set-tag', { name, version: '2', key: 'same', value: 'x' });
    await using page = await openPage(modelPath(name, '/compare?versions=1,2'));
    const part = (title: string) => page.getByRole('region', { name: title, exact: true });
    await part('Metrics').last().waitFor();
    expect(await part('Metrics').last().locator('tbody tr').allTextContents()).toEqual([
      'acc0.1≠changed: 0.2 +0.1 +100%',
    ]);
    await part('Tags').getByText('No differences.').waitFor();
    expect(await part('Versions').last().locator('tbody th').allTextContents()).not.toContain('Stage');
    await page.getByRole('searchbox', { name: 'Filter rows' }).fill('nothing is called so');
    await part('Metrics').getByText('No row matches.').waitFor();
    await page.getByRole('searchbox', { name: 'Filter rows' }).fill('');
    await page.getByRole('checkbox', { name: 'Only differences' }).uncheck();
    await part('Tags').last().locator('tbody tr').waitFor();
    expect(await part('Versions').last().locator('tbody th').allTextContents()).toContain('Stage');
  });
});

describe('the history', () => {
  test('of a model and of a version, in words, with links, live', async () => {
    const name = 'history % of';
    await makeModel(name, 3);
    await api.post('registered-models/alias', { name, alias: 'champion', version: '1' });
    await api.post('registered-models/alias', { name, alias: 'champion', version: '2' });
    await api.send('DELETE', 'model-versions/delete', { name, version: '3' });
    await using page = await openPage(modelPath(name));
    await page.getByRole('link', { name: 'History', exact: true }).click();
    await page.waitForURL(/tab=history/);
    const rows = page.getByRole('list', { name: `Changes of ${name}`, exact: true }).getByRole('listitem');
    await rows.getByText('Alias champion moved here from version 1').waitFor();
    expect(await rows.first().textContent()).toContain('Version 3Deleted');
    expect(await rows.first().getByRole('link').count()).toBe(0);
    expect(await rows.last().textContent()).toContain('ModelCreated');
    await api.post('model-versions/set-tag', { name, version: '2', key: 'checked', value: '<b>no</b>' });
    await rows.getByText('Tag checked set').waitFor();
    await api.post('model-versions/set-tag', {
      name,
      version: '2',
      key: 'checked',
      value: `yes\n${'long '.repeat(300)}`,
    });
    await rows.getByText('Tag checked changed').waitFor();
    await rows.first().getByText('Show the change').click();
    expect(await rows.first().locator('del').textContent()).toBe('before: <b>no</b>');
    expect(await rows.first().locator('ins').textContent()).toEndWith('…');
    await rows.getByRole('link', { name: 'Version 1' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Version 1' }).waitFor();
    await page.getByRole('heading', { name: 'Schema' }).waitFor();
    await page.keyboard.press('3');
    await page.waitForURL(/tab=history/);
    await page.getByText('Alias champion moved to version 2').waitFor();
  }, 20_000);

  test('older changes are read when asked for; the words of the search stay', async () => {
    const name = 'long history';
    await makeModel(name, 1);
    for (let i = 0; i < 150; i++) await api.post('registered-models/set-tag', { name, key: 'k', value: String(i) });
    await using page = await openPage(modelPath(name, '?q=1&tab=history'));
    const rows = page.getByRole('list', { name: `Changes of ${name}` }).getByRole('listitem');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(100);
    await page.getByRole('button', { name: 'Show older' }).click();
    await rows.getByText('Created').waitFor();
    expect(await rows.count()).toBe(152);
    expect(await page.getByRole('button', { name: 'Show older' }).count()).toBe(0);
    await page.keyboard.press('1');
    await page.waitForURL(/\?q=1$/);
  });

  test('one that cannot be read says so and can be tried again', async () => {
    await using page = await openPage(modelPath('classifier', '/versions/1'), {
      expected: /status of 500/,
    });
    await page.getByRole('heading', { name: 'Schema' }).waitFor();
    const address = '**/modelyard/model-versions/history*';
    const body = JSON.stringify({ error_code: 'INTERNAL_ERROR', message: 'It broke.' });
    await page.route(address, (route) => route.fulfill({ status: 500, contentType: 'application/json', body }));
    await page.getByRole('link', { name: 'History' }).click();
    await page.getByRole('heading', { name: 'It broke.' }).waitFor();
    await page.unroute(address);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Alias champion set').waitFor();
  });
});

test('the keyboard alone: from the list to a version, an alias set on the way', async () => {
  const name = 'keyboard model';
  await makeModel(name, 2);
  await using page = await openPage('/models?q=keyboard');
  await page.getByRole('link', { name, exact: true }).waitFor();
  await tabTo(page, /^grid/);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await page.locator('[data-version="1"]').waitFor();
  await tabTo(page, /^grid/);
  await page.keyboard.press('j');
  await page.keyboard.press('a');
  await page.getByRole('dialog', { name: 'Aliases of version 1' }).waitFor();
  await page.keyboard.type('shadow');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Remove the alias shadow' }).waitFor();
  await page.keyboard.press('Escape');
  expect(await focused(page)).toContain('grid');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Version 1' }).waitFor();
  await page.getByRole('heading', { name: 'Schema' }).waitFor();
  await page.keyboard.press('2');
  await page.waitForURL(/tab=use/);
  expect(await aliasesOf(name)).toEqual({ shadow: '1' });
});

describe('axe finds nothing in light and dark', () => {
  const pages: [string, string, RegExp][] = [
    ['the list', '/models', /models$/],
    ['a model', modelPath(odd), /versions/],
    ['a version', modelPath(odd, '/versions/1'), /Inputs/],
    ['its code', modelPath(odd, '/versions/1?tab=use'), /Model URI/],
    ['the comparison', modelPath(odd, '/compare?versions=1,2'), /Inputs: new/],
    ['the history', modelPath(odd, '?tab=history'), /Registered from/],
    ['the history of a version', modelPath(odd, '/versions/1?tab=history'), /Registered from/],
  ];
  test.each(pages)('%s', async (_, path, shown) => {
    await using page = await openPage(path);
    await page.getByText(shown).first().waitFor();
    expect(await axe(page)).toEqual([]);
  });

  test('the dialogs', async () => {
    await using page = await openPage(modelPath(odd, '/versions/1'));
    for (const opener of ['Edit the aliases of version 1', 'Copy to another model']) {
      await page.getByRole('button', { name: opener }).click();
      await page.getByRole('dialog').waitFor();
      expect(await axe(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
  });
});

test('a comparison of which one version is left says so in one place, with the way to the others', async () => {
  await using page = await openPage(modelPath(odd, '/compare?versions=1,9'));
  await page.getByRole('heading', { name: 'Not found any more: 9' }).waitFor();
  expect(await page.getByText('No differences').count()).toBe(0);
  await page.getByRole('link', { name: `All versions of ${odd}` }).click();
  await page.waitForURL((url) => url.pathname === modelPath(odd));
});

test.each([390, 320])(
  'at %d px nothing scrolls both ways',
  async (width) => {
    for (const path of [
      '/models',
      modelPath(odd),
      modelPath(odd, '/versions/1'),
      modelPath(odd, '/compare?versions=1,2'),
      modelPath(odd, '?tab=history'),
    ]) {
      await using page = await openPage(path, { width, height: 800 });
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page
        .getByText(/models|versions|Inputs|Registered from/)
        .first()
        .waitFor();
      const [inner, outer] = await page.evaluate(() => {
        const main = document.querySelector('main');
        return [main?.scrollWidth ?? 0, main?.clientWidth ?? 0];
      });
      expect(inner).toBeLessThanOrEqual(outer);
    }
  },
  20_000,
);

test('another order of a list begins at its top, Back returns to the place', async () => {
  const word = `begun${crypto.randomUUID().slice(0, 8)}`;
  for (let i = 10; i < 70; i++) await api.post('registered-models/create', { name: `${word}-${i}` });
  await using page = await openPage(`/models?q=${word}`);
  const row = (i: number) => page.getByRole('link', { name: `${word}-${i}`, exact: true });
  const top = (wanted: number) =>
    page.waitForFunction((at) => document.querySelector('.grid')?.scrollTop === at, wanted);
  await row(10).waitFor();
  await page.getByRole('grid').evaluate((box) => box.scrollTo(0, 700));
  await row(50).waitFor();
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button', { name: 'Name' }).click();
  await row(69).waitFor();
  await top(0);
  await page.goBack();
  await row(10).waitFor({ state: 'detached' });
  await top(700);
});

test('a logged model whose run is none has a page that says so', async () => {
  const made = { experiment_id: '0', name: 'orphan', source_run_id: 'f'.repeat(32) };
  const madeModel = await api.post<{ model: { info: { model_id: string } } }>('logged-models', made);
  const { model } = madeModel;
  await using page = await openPage(`/experiments/0/models/${model.info.model_id}`);
  await page.setViewportSize({ width: 390, height: 800 });
  const heading = page.getByRole('heading', { level: 1, name: /^There is no run that made the logged model m-/ });
  await heading.waitFor();
  expect((await heading.boundingBox())?.x).toBeGreaterThanOrEqual(0);
  // One of another experiment is found.
  const elsewhere = await api.createRun({ experiment_id: '0' });
  const { bulk } = await seededServer();
  const { model: other } = await api.post<typeof madeModel>('logged-models', {
    experiment_id: bulk,
    name: 'elsewhere',
    source_run_id: elsewhere,
  });
  await page.goto(new URL(`/experiments/${bulk}/models/${other.info.model_id}`, page.url()).href);
  await page.waitForURL(new RegExp(`/experiments/0/runs/${elsewhere}/artifacts`));
});
