import { beforeAll, describe, expect, test } from 'bun:test';
import type { ModelVersion, RegisteredModel } from '../../src/sdk/index.ts';
import { kinds, serverOf } from '../sdk/support/servers.ts';
import { cliOf, type Cli } from './support/cli.ts';

async function modelFile(cli: Cli): Promise<string> {
  const { info } = await cli.json<{ info: { runId: string } }>('runs', 'create', '-x', '0');
  await Bun.write(`${cli.dir}/MLmodel`, 'flavors: {}\n');
  await cli.out('artifacts', 'log-artifact', '-l', 'MLmodel', '-r', info.runId, '-a', 'model');
  return info.runId;
}

describe.each(kinds)('the registry against %s', (kind) => {
  beforeAll(() => serverOf(kind), 250_000);

  test('models are registered, named by aliases, tagged, staged and deleted', async () => {
    const cli = cliOf(await serverOf(kind));
    const name = `m ${crypto.randomUUID()}'s`;
    const model = ['-n', name];
    const created = await cli.json<RegisteredModel>(
      'registered-models',
      'create',
      ...model,
      '--description',
      'who',
      '-t',
      'a=1',
    );
    expect(created).toMatchObject({ name, description: 'who', tags: { a: '1' }, aliases: {}, latestVersions: [] });

    const runId = await modelFile(cli);
    const uri = `runs:/${runId}/model`;
    expect(await cli.out('models', 'register', '-m', uri, ...model)).toBe(
      `Created version 1 of model '${name}': models:/${name}/1\n`,
    );
    const second = await cli.json<ModelVersion>('models', 'register', '--model-uri', uri, ...model, '-t', 'k=v');
    expect(second).toMatchObject({ name, version: '2', runId, currentStage: 'None', tags: { k: 'v' }, aliases: [] });

    const alias = ['registered-models', 'set-alias', ...model, '--alias', 'champion', '--version', '2'];
    expect((await cli.json<RegisteredModel>(...alias)).aliases).toEqual({ champion: '2' });
    expect(await cli.json<ModelVersion>('models', 'get', ...model, '--alias', 'champion')).toMatchObject({
      version: '2',
      aliases: ['champion'],
    });
    const listed = await cli.json<ModelVersion[]>('models', 'list', ...model);
    expect(listed.map(({ version }) => version)).toEqual(['2', '1']);
    expect(await cli.out('models', 'list', ...model, '--filter', `run_id = '${runId}'`)).toContain(
      `${name}\t2\t@champion\t`,
    );
    expect(await cli.out('registered-models', 'get', ...model)).toContain(`${name}\t1\t\t`);
    expect(await cli.out('registered-models', 'list', '--filter', `name LIKE '${name.slice(0, 30)}%'`)).toContain(
      `${name}\t2\t@champion → 2\t`,
    );

    const staged = await cli.json<ModelVersion>('models', 'stage', ...model, '--version', '1', '--stage', 'Production');
    expect(staged.currentStage).toBe('Production');
    const version = ['--version', '1'];
    const tagged = await cli.json<ModelVersion>(
      'models',
      'set-tag',
      ...model,
      ...version,
      '--key',
      'x',
      '--value',
      'y z',
    );
    expect(tagged.tags).toEqual({ x: 'y z' });
    expect((await cli.json<ModelVersion>('models', 'delete-tag', ...model, ...version, '--key', 'x')).tags).toEqual({});
    await cli.out('registered-models', 'set-tag', ...model, '--key', 'team', '--value', 'growth');
    const untagged = await cli.json<RegisteredModel>('registered-models', 'delete-tag', ...model, '--key', 'a');
    expect(untagged.tags).toEqual({ team: 'growth' });
    const bare = await cli.json<RegisteredModel>('registered-models', 'delete-alias', ...model, '--alias', 'champion');
    expect(bare.aliases).toEqual({});

    // What nobody can undo is asked for in so many words.
    const careful = await cli.run('models', 'delete', ...model, ...version);
    expect(careful.code).toBe(2);
    expect(careful.error).toContain('Add --yes to do it');
    await cli.out('models', 'delete', ...model, ...version, '--yes');
    expect(await cli.json<ModelVersion[]>('models', 'list', ...model)).toHaveLength(1);
    const renamed = `${name} b`;
    expect((await cli.json<RegisteredModel>('registered-models', 'rename', ...model, '--new-name', renamed)).name).toBe(
      renamed,
    );
    const noVersion = await cli.run('registered-models', 'set-alias', '-n', renamed, '--alias', 'a', '--version', '77');
    expect(noVersion.error).toContain('What there is: modelyard models list');
    expect((await cli.run('registered-models', 'delete', '-n', renamed)).code).toBe(2);
    await cli.out('registered-models', 'delete', '-n', renamed, '--yes');
    const gone = await cli.run('registered-models', 'get', '-n', renamed);
    expect(gone).toMatchObject({ code: 1, out: '' });
    expect(gone.error).toContain('What there is: modelyard registered-models list');
  });
});

test('a version is named by its number or an alias, not by both', async () => {
  const cli = cliOf('http://127.0.0.1:1');
  expect(await cli.run('models', 'get', '-n', 'a')).toMatchObject({ code: 2 });
  expect(await cli.run('models', 'get', '-n', 'a', '--version', '1', '--alias', 'b')).toMatchObject({ code: 2 });
});
