/** A Python model behind an endpoint: what is in hand when its version is replaced is answered by it. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import type { TestServer } from '../../support/start-server.ts';
import { makeModels, python } from '../workers/support/models.ts';
import { registerFolder, setAlias } from './support/models.ts';
import { EndpointApi, startServing } from './support/serving.ts';

const dir = freshFolder();
const patience = 300_000;
let server: TestServer;
let endpoints: EndpointApi;

beforeAll(async () => {
  server = await startServing(dir, [], { env: { PATH: `${python}:${process.env['PATH']}` } });
  endpoints = new EndpointApi(server.url);
  await makeModels(dir, 'obedient');
  for (const version of ['1', '2']) {
    expect(await registerFolder(server.url, 'obedient', join(dir, 'obedient'))).toBe(version);
  }
  await setAlias(server.url, 'obedient', 'champion', '1');
}, patience);
afterAll(async () => {
  await server.stop();
  removeFolder(dir);
});

function told(...words: string[]): string {
  return JSON.stringify({ dataframe_split: { columns: ['do'], data: words.map((word) => [word]) } });
}

test(
  'a request that takes long is answered by the version that began it, while the next one answers the others',
  async () => {
    await endpoints.create('obedient', 'models:/obedient@champion', { env_manager: 'local', timeout_seconds: 240 });
    await endpoints.ready('obedient');
    expect(await endpoints.predict('obedient', told('hello', 'there'))).toMatchObject({
      status: 200,
      model: 'models:/obedient/1',
      predictions: ['hello', 'there'],
    });
    const gate = join(dir, 'gate');
    const long = endpoints.predict('obedient', told(`wait ${gate}`));
    await endpoints.until('obedient', ({ serving: [one] }) => one?.in_hand === 1);
    await setAlias(server.url, 'obedient', 'champion', '2');
    await endpoints.until('obedient', ({ serving: [one] }) => one?.version === '2');
    expect(await endpoints.predict('obedient', told('again'))).toMatchObject({ model: 'models:/obedient/2' });
    expect((await endpoints.log('obedient')).join('\n')).not.toContain('for models:/obedient/1 ended');
    writeFileSync(gate, '');
    expect(await long).toMatchObject({ status: 200, model: 'models:/obedient/1', predictions: [`wait ${gate}`] });
    for (const end = Date.now() + 60_000; Date.now() < end; await Bun.sleep(50)) {
      if ((await endpoints.log('obedient')).join('\n').includes('for models:/obedient/1 ended with code 0')) break;
    }
    expect((await endpoints.log('obedient')).join('\n')).toContain('for models:/obedient/1 ended with code 0');

    // What the model does wrong is told in its own words.
    const wrong = await endpoints.predict('obedient', told('raise'));
    expect(wrong.status).toBe(400);
    expect(wrong.text).toContain('this row is not taken');
  },
  patience,
);

test(
  'what a Python lacks is told with what to do about it, all of its lines',
  async () => {
    const folder = join(dir, 'lacking');
    mkdirSync(folder);
    const flavor = 'python_function:\n    loader_module: no_such_library\n    python_version: 3.11.0';
    writeFileSync(join(folder, 'MLmodel'), `flavors:\n  ${flavor}\nmlflow_version: 3.0.0\n`);
    await registerFolder(server.url, 'lacking', folder);
    await endpoints.create('lacking', 'models:/lacking/1', { env_manager: 'local' });
    const { message } = await endpoints.until('lacking', 'failed');
    expect(message).toMatch(
      /Its last words: The Python of this machine, \S+, has no no_such_library\. Install what the model needs: \S+ -m pip install no_such_library or use --env-manager uv, /,
    );
  },
  patience,
);
