/** `modelyard endpoints`, and the guide that shows it. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { join } from 'node:path';
import { cliOf, type Cli } from '../../cli/support/cli.ts';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { cleanEnvironment, type TestServer } from '../../support/start-server.ts';
import { within } from '../../support/within.ts';
import { registerModel, setAlias } from './support/models.ts';
import { startServing, type Endpoint } from './support/serving.ts';

const root = join(import.meta.dir, '../../..');
const dir = freshFolder();
const patience = 200_000;
let server: TestServer;
let cli: Cli;

beforeAll(async () => {
  server = await startServing(dir);
  // A command waits for the process that it has started.
  cli = cliOf(server.url, {}, 60_000);
  await registerModel(server.url, 'churn', 'Identity');
  await registerModel(server.url, 'churn', 'Neg');
  await registerModel(server.url, 'churn', 'broken');
  await setAlias(server.url, 'churn', 'champion', '1');
});
afterAll(async () => {
  await server.stop();
  removeFolder(dir);
}, patience);

test(
  'an endpoint is made, shown, asked, changed, stopped, started and deleted',
  async () => {
    const created = await cli.run('endpoints', 'create', '-n', 'a', '-m', 'models:/churn@champion');
    expect(created).toMatchObject({
      code: 0,
      out: `Created endpoint 'a': ready, ${server.url}/endpoints/a/invocations\n`,
    });
    const asked = await cli.run('endpoints', 'query', '-n', 'a', '-d', '{"inputs": [[1, -2]]}');
    expect(asked).toEqual({
      code: 0,
      out: '{"predictions": {"y": [[1.0, -2.0]]}}\n',
      error: 'answered by models:/churn/1\n',
    });
    await Bun.write(join(cli.dir, 'rows.json'), '{"instances": [[3, 4]]}');
    expect(await cli.out('endpoints', 'query', '-n', 'a', '-i', 'rows.json')).toContain('[[3.0, 4.0]]');

    const listed = await cli.out('endpoints', 'list', '--model', 'churn');
    const [head, row] = listed.split('\n').map((line) => line.split('\t'));
    expect(head?.slice(0, 3)).toEqual(['NAME', 'STATE', 'SERVES']);
    expect(row?.slice(0, 3)).toEqual(['a', 'ready', 'models:/churn@champion → 1']);

    const split = ['-m', 'models:/churn/1', '-m', 'models:/churn/2', '--traffic', '50,50'];
    const updated = await cli.json<Endpoint>('endpoints', 'update', '-n', 'a', ...split, '--capture', '0.25');
    expect(updated).toMatchObject({
      state: 'ready',
      capture_sample_rate: 0.25,
      serving: [
        { model_uri: 'models:/churn/1', traffic_percentage: 50 },
        { model_uri: 'models:/churn/2', traffic_percentage: 50 },
      ],
    });
    const shown = await cli.out('endpoints', 'get', '-n', 'a');
    expect(shown).toContain('Serves\tmodels:/churn/1 (50 %), models:/churn/2 (50 %)\n');
    expect(shown).toContain(`Address\t${server.url}/endpoints/a/invocations\n`);
    expect(shown).toContain('Captures\t25 % of the requests\n');

    const log = await cli.out('endpoints', 'logs', '-n', 'a', '--since', '1h', '--lines', '100');
    expect(log).toMatch(/^\S+Z endpoint: models:\/churn\/2 is ready$/m);
    expect(await cli.json<unknown[]>('endpoints', 'logs', '-n', 'a', '--lines', '2')).toHaveLength(2);

    expect(await cli.out('endpoints', 'stop', '-n', 'a')).toBe("Stopped endpoint 'a'\n");
    const refused = await cli.run('endpoints', 'query', '-n', 'a', '-d', '{}');
    expect(refused).toMatchObject({
      code: 1,
      error: "modelyard: The endpoint 'a' is stopped. Start it: modelyard endpoints start -n a\n",
    });
    expect(await cli.out('endpoints', 'start', '-n', 'a')).toStartWith("Started endpoint 'a': ready");
    expect(await cli.json<Endpoint>('endpoints', 'delete', '-n', 'a')).toMatchObject({ name: 'a' });
    expect(await cli.out('endpoints', 'list', '--model', 'churn')).toBe('');
  },
  patience,
);

test(
  'what does not start is told of with the reason, by the exit code too',
  async () => {
    const failed = await cli.run('endpoints', 'create', '-n', 'bad', '-m', 'models:/churn/3');
    expect(failed.code).toBe(1);
    expect(failed.error).toContain("modelyard: endpoint 'bad': models:/churn/3 cannot be started");
    expect(failed.error).toEndWith('See: modelyard endpoints logs -n bad\n');
    expect((await cli.run('endpoints', 'create', '-n', 'later', '-m', 'models:/churn/3', '--no-wait')).code).toBe(0);
    // The old one goes on, and yet this is no success.
    await cli.out('endpoints', 'create', '-n', 'good', '-m', 'models:/churn/1');
    const update = await cli.run('endpoints', 'update', '-n', 'good', '-m', 'models:/churn/3');
    expect(update.code).toBe(1);
    expect(update.error).toContain('models:/churn/1 goes on answering.');
  },
  patience,
);

test(
  'a wrong call says what is right',
  async () => {
    for (const [args, words] of [
      [['create', '-n', 'x'], 'endpoints create needs --model-uri URI'],
      [['create', '-m', 'models:/churn/1'], 'endpoints create needs --name NAME'],
      [['create', '-n', 'x', '-m', 'models:/churn/1', '--traffic', '90,10'], 'one number for each --model-uri'],
      [['create', '-n', 'x', '-m', 'models:/churn/1', '--workers', 'many'], "--workers takes a number, not 'many'"],
      [['create', '-n', 'x', '-m', 'models:/churn/1', '--env-manager', 'docker'], "not 'docker'"],
      [['create', '-n', 'x', '-m', 'models:/churn/77'], 'What there is: modelyard models list'],
      [['get', '-n', 'nowhere'], "There is no endpoint 'nowhere'. What there is: modelyard endpoints list"],
      [['logs', '-n', 'nowhere', '--since', 'noon'], "--since takes 30s, 10min, 2h, 1d or an ISO time, not 'noon'"],
      [['query', '-n', 'x', '-d', '{}', '-t', 'xml'], "--content-type takes json or csv, not 'xml'"],
      [['query', '-n', 'x', '-i', 'none.json'], 'there is no file or folder of that name'],
    ] as const) {
      const { code, error } = await cli.run('endpoints', ...args);
      expect(code).toBeGreaterThan(0);
      expect(error).toContain(words);
      expect(error.trimEnd().split('\n')).toHaveLength(1);
    }
  },
  patience,
);

test(
  'each example of the guide runs as it stands there',
  async () => {
    const guide = await Bun.file(join(root, 'docs/endpoints.md')).text();
    const blocks = [...guide.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block);
    expect(blocks.length).toBeGreaterThan(4);
    const shell = Bun.spawn(['bash', '-eux', '-o', 'pipefail', '-c', blocks.join('')], {
      cwd: cli.dir,
      env: { ...cleanEnvironment(), PATH: `${root}/bin:${process.env['PATH']}`, MLFLOW_TRACKING_URI: server.url },
      stdout: 'pipe',
      stderr: 'pipe',
    });
    const output = Promise.all([shell.exited, new Response(shell.stdout).text(), new Response(shell.stderr).text()]);
    const [code, out, error] = await within(150_000, output).finally(() => shell.kill('SIGKILL'));
    expect({ code, error: code === 0 ? '' : error }).toEqual({ code: 0, error: '' });
    expect(out).toContain("Deleted endpoint 'churn'");
  },
  patience,
);
