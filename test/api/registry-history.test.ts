/** The history of models and versions: what it tells of each change, what it keeps and what it leaves out. */
import { describe, expect, test } from 'bun:test';
import { testedServer } from '../support/tested-server.ts';

interface Event {
  readonly id: number;
  readonly time: number;
  readonly actor?: string;
  readonly kind: string;
  readonly name: string;
  readonly version?: string;
  readonly body: Readonly<Record<string, unknown>>;
}

interface History {
  readonly events: readonly Event[];
  readonly next_page_token?: string;
}

const { api, views } = testedServer();

function history(name: string, version?: string, more = ''): Promise<History> {
  const family = version === undefined ? 'registered-models' : 'model-versions';
  const query = new URLSearchParams({ name, ...(version === undefined ? {} : { version }) });
  return views.get(`${family}/history?${query.toString()}${more}`);
}

/** Oldest first, in short: `version kind body`. */
async function told(name: string, version?: string): Promise<string[]> {
  const { events } = await history(name, version);
  return events
    .toReversed()
    .map((event) => `${event.version ?? '-'} ${event.kind.replace(/^.*\./, '')} ${JSON.stringify(event.body)}`);
}

async function makeModel(name: string, versions = 0): Promise<void> {
  await api.post('registered-models/create', { name });
  for (let i = 1; i <= versions; i++) await api.post('model-versions/create', { name, source: `s3://bucket/${i}` });
}

async function deleteTag(family: string, body: object): Promise<void> {
  expect((await api.send('DELETE', `${family}/delete-tag`, body)).status).toBe(200);
}

describe('what is told', () => {
  test('of a model: every kind of change with old and new values', async () => {
    const tags = [{ key: 'team', value: 'risk' }];
    await api.post('registered-models/create', { name: 'first', description: 'one', tags });
    await api.patch('registered-models/update', { name: 'first', description: 'two' });
    await api.post('registered-models/set-tag', { name: 'first', key: 'team', value: 'ads' });
    await api.post('registered-models/set-tag', { name: 'first', key: 'new', value: '' });
    await deleteTag('registered-models', { name: 'first', key: 'team' });
    await api.post('registered-models/rename', { name: 'first', new_name: 'second' });
    expect(await told('second')).toEqual([
      '- created {"description":"one","tags":{"team":"risk"}}',
      '- description_changed {"old":"one","new":"two"}',
      '- tag_set {"key":"team","old":"risk","new":"ads"}',
      '- tag_set {"key":"new","new":""}',
      '- tag_deleted {"key":"team","old":"ads"}',
      '- renamed {"old":"first","new":"second"}',
    ]);
    const { events } = await history('second');
    expect(events.map(({ name }) => name)).toEqual(['second', ...Array.from({ length: 5 }, () => 'first')]);
    expect(events.every(({ time, actor }) => time <= Date.now() && actor === undefined)).toBe(true);
    expect((await views.refused('GET', 'registered-models/history?name=first')).status).toBe(404);
  });

  test('of a version: every kind of change, in its own history and in that of its model', async () => {
    const name = 'versions';
    await makeModel(name);
    const run_id = await api.createRun();
    await api.post('model-versions/create', { name, source: `runs:/${run_id}/model`, run_id, description: 'a' });
    const version = '1';
    await api.patch('model-versions/update', { name, version, description: 'b' });
    await api.post('model-versions/set-tag', { name, version, key: 'k', value: 'v' });
    await deleteTag('model-versions', { name, version, key: 'k' });
    await api.post('model-versions/transition-stage', { name, version, stage: 'staging' });
    await api.post('registered-models/alias', { name, alias: 'best', version });
    await api.send('DELETE', 'registered-models/alias', { name, alias: 'best' });
    await api.post('registered-models/alias', { name, alias: 'prod', version });
    await api.send('DELETE', 'model-versions/delete', { name, version });
    const expected = [
      `1 created {"source":"runs:/${run_id}/model","run_id":"${run_id}","description":"a"}`,
      '1 description_changed {"old":"a","new":"b"}',
      '1 tag_set {"key":"k","new":"v"}',
      '1 tag_deleted {"key":"k","old":"v"}',
      '1 stage_changed {"old":"None","new":"Staging"}',
      '1 alias_set {"alias":"best","new":"1"}',
      '1 alias_deleted {"alias":"best"}',
      '1 alias_set {"alias":"prod","new":"1"}',
      `1 deleted {"stage":"Staging","description":"b","source":"runs:/${run_id}/model","aliases":{"prod":"1"}}`,
    ];
    expect(await told(name, version)).toEqual(expected);
    expect(await told(name)).toEqual(['- created {}', ...expected]);
  });

  test('an alias that moves says from where, in the history of both versions', async () => {
    await makeModel('moving', 3);
    await api.post('registered-models/alias', { name: 'moving', alias: 'champion', version: '1' });
    await api.post('registered-models/alias', { name: 'moving', alias: 'champion', version: '2' });
    const move = '2 alias_set {"alias":"champion","old":"1","new":"2"}';
    expect((await told('moving', '1')).slice(1)).toEqual(['1 alias_set {"alias":"champion","new":"1"}', move]);
    expect((await told('moving', '2')).slice(1)).toEqual([move]);
    expect((await told('moving', '3')).slice(1)).toEqual([]);
    expect((await told('moving')).filter((line) => line === move)).toHaveLength(1);
  });

  test('versions archived by a stage move are told of one by one', async () => {
    const name = 'archive';
    await makeModel(name, 4);
    for (const version of ['1', '2', '4']) {
      await api.post('model-versions/transition-stage', { name, version, stage: 'Production' });
    }
    await api.post('model-versions/transition-stage', {
      name,
      version: '4',
      stage: 'Production',
      archive_existing_versions: true,
    });
    const archived = 'stage_changed {"old":"Production","new":"Archived","replaced_by":"4"}';
    expect((await told(name)).slice(-2)).toEqual([`1 ${archived}`, `2 ${archived}`]);
    expect((await told(name, '3')).slice(1)).toEqual([]);
  });

  test('a copy says which version it is a copy of', async () => {
    await makeModel('origin', 1);
    await makeModel('copy');
    await api.post('model-versions/create', { name: 'copy', source: 'models:/origin/1' });
    const { events } = await history('copy', '1');
    expect(events[0]?.body).toMatchObject({ source: 'models:/origin/1' });
  });

  test('a long value is cut and says so; hostile names come back as they are', async () => {
    const name = '100% <b> é \u2028 "quoted"';
    await makeModel(name);
    const value = `${'é'.repeat(600)}end`;
    await api.post('registered-models/set-tag', { name, key: '__proto__', value });
    await api.post('registered-models/set-tag', { name, key: '__proto__', value: 'short' });
    const { events } = await history(name);
    expect(events.slice(0, 2).map(({ body }) => body)).toEqual([
      { key: '__proto__', old: 'é'.repeat(512), new: 'short', cut: ['old'] },
      { key: '__proto__', new: 'é'.repeat(512), cut: ['new'] },
    ]);
    const tags = Array.from({ length: 25 }, (_, i) => ({ key: `k${i}`, value: 'x'.repeat(2000) }));
    await api.post('registered-models/create', { name: 'many tags', tags });
    const { body } = (await history('many tags')).events[0] ?? {};
    expect(Object.keys(body?.['tags'] ?? {})).toHaveLength(20);
    expect(body?.['cut']).toEqual(['tags']);
  });
});

describe('what is not told', () => {
  test('a change that changes nothing', async () => {
    const name = 'same';
    await makeModel(name, 1);
    const twice = async (): Promise<void> => {
      await api.patch('registered-models/update', { name, description: 'd' });
      await api.post('registered-models/set-tag', { name, key: 'k', value: 'v' });
      await api.post('registered-models/alias', { name, alias: 'a', version: '1' });
      await api.patch('model-versions/update', { name, version: '1', description: 'd' });
      await api.post('model-versions/set-tag', { name, version: '1', key: 'k', value: 'v' });
      await api.post('model-versions/transition-stage', { name, version: '1', stage: 'Staging' });
    };
    await twice();
    const before = await told(name);
    await twice();
    await deleteTag('registered-models', { name, key: 'missing' });
    await deleteTag('model-versions', { name, version: '1', key: 'missing' });
    await api.send('DELETE', 'registered-models/alias', { name, alias: 'missing' });
    await api.post('registered-models/rename', { name, new_name: name });
    expect(await told(name)).toEqual(before);
  });

  test('a change that was refused', async () => {
    await makeModel('refused', 1);
    const before = await told('refused');
    await api.refused('POST', 'registered-models/rename', { name: 'refused', new_name: 'same' });
    await api.refused('POST', 'registered-models/alias', { name: 'refused', alias: 'a', version: '7' });
    await api.refused('POST', 'model-versions/create', { name: 'refused', source: 'models:/nobody/1' });
    expect(await told('refused')).toEqual(before);
  });

  test('a new model of the name of a deleted one begins anew', async () => {
    await makeModel('again', 2);
    await api.send('DELETE', 'registered-models/delete', { name: 'again' });
    expect((await views.refused('GET', 'registered-models/history?name=again')).status).toBe(404);
    await makeModel('again', 1);
    expect(await told('again')).toEqual(['- created {}', '1 created {"source":"s3://bucket/1"}']);
    expect(await told('again', '1')).toHaveLength(1);
  });
});

describe('pages', () => {
  test('newest first, none twice and none left out, though changes come in between', async () => {
    const name = 'pages';
    await makeModel(name);
    for (let i = 0; i < 25; i++) await api.post('registered-models/set-tag', { name, key: 'k', value: String(i) });
    const seen: unknown[] = [];
    let token: string | undefined;
    let pages = 0;
    do {
      const page = await history(
        name,
        undefined,
        `&max_results=10${token === undefined ? '' : `&page_token=${token}`}`,
      );
      seen.push(...page.events.map(({ body }) => body['new']));
      token = page.next_page_token;
      await api.post('registered-models/set-tag', { name, key: 'between', value: String(pages++) });
    } while (token !== undefined && pages < 10);
    expect(seen).toEqual([...Array.from({ length: 25 }, (_, i) => String(24 - i)), undefined]);
    expect(pages).toBe(3);
  });

  test('what cannot be asked is refused', async () => {
    await makeModel('asked', 1);
    const refused = (path: string) => views.refused('GET', path);
    for (const more of ['max_results=0', 'max_results=501', 'page_token=-1', 'page_token=x', 'page_token=1e3']) {
      expect((await refused(`registered-models/history?name=asked&${more}`)).error_code).toBe(
        'INVALID_PARAMETER_VALUE',
      );
    }
    for (const version of ['0', '2', '-1']) {
      const answer = await refused(`model-versions/history?name=asked&version=${version}`);
      expect(answer.error_code).toBe('RESOURCE_DOES_NOT_EXIST');
    }
    expect((await refused('model-versions/history?name=asked')).status).toBe(400);
    expect((await refused('model-versions/history?name=asked&version=x')).status).toBe(400);
  });
});
