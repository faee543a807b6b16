import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Experiment, Run } from '../../src/sdk/index.ts';
import { Client } from '../../src/sdk/index.ts';
import { kinds, serverOf } from '../sdk/support/servers.ts';
import { startServer } from '../support/start-server.ts';
import { cliOf, onTerminal, withoutColours } from './support/cli.ts';

describe.each(kinds)('experiments against %s', (kind) => {
  beforeAll(() => serverOf(kind), 250_000);

  test('are made, found, renamed, deleted and restored', async () => {
    const cli = cliOf(await serverOf(kind));
    const name = `cli ${crypto.randomUUID()}`;
    expect(await cli.out('experiments', 'create', '-n', name, '-t', 'team=growth=1')).toMatch(
      new RegExp(`^Created experiment '${name}' with id \\d+\n$`),
    );
    const made = await cli.json<Experiment>('experiments', 'get', '-n', name);
    expect(made).toEqual({
      experimentId: expect.stringMatching(/^\d+$/) as string,
      name,
      artifactLocation: expect.stringContaining(made.experimentId) as string,
      lifecycleStage: 'active',
      creationTime: expect.any(Number) as number,
      lastUpdateTime: expect.any(Number) as number,
      tags: { team: 'growth=1' },
    });
    const id = made.experimentId;
    expect(JSON.parse(await cli.out('experiments', 'get', '-x', id, '--output', 'json'))).toEqual(made);
    expect(await cli.json<Experiment>('experiments', 'rename', '-x', id, '--new-name', `${name} b`)).toMatchObject({
      name: `${name} b`,
    });
    const found = await cli.json<Experiment[]>('experiments', 'search', '--filter', `name = '${name} b'`);
    expect(found.map(({ experimentId }) => experimentId)).toEqual([id]);

    expect(await cli.out('experiments', 'delete', '-x', id)).toContain(`modelyard experiments restore -x ${id}`);
    const deleted = await cli.out('experiments', 'search', '--view', 'deleted_only');
    expect(deleted.split('\n')[0]).toBe('ID\tNAME\tSTAGE\tCREATED\tUPDATED\tARTIFACTS');
    expect(deleted).toContain(`${id}\t${name} b\tdeleted\t`);
    expect(await cli.out('experiments', 'search', '-v', 'active_only')).not.toContain(`${name} b`);
    expect(await cli.out('experiments', 'restore', '-x', id)).toBe(`Experiment with id ${id} has been restored.\n`);
    expect((await cli.json<Experiment>('experiments', 'get', '-x', id)).lifecycleStage).toBe('active');
  });

  test('are written as CSV with a column for each metric, param and tag', async () => {
    const url = await serverOf(kind);
    const cli = cliOf(url);
    const client = new Client({ trackingUri: url });
    const { experiment_id = '' } = await client.createExperiment({ name: crypto.randomUUID() });
    const { run } = await client.createRun({ experiment_id, run_name: 'a', start_time: 1_700_000_000_123 });
    const run_id = run?.info?.run_id ?? '';
    await client.logBatch({
      run_id,
      metrics: [
        { key: 'loss', value: Number.POSITIVE_INFINITY, timestamp: 1, step: 0 },
        { key: 'val', value: 0.125, timestamp: 1, step: 0 },
      ],
      params: [{ key: 'text', value: 'one, "two"\nthree' }],
    });
    const text = await cli.out('experiments', 'csv', '-x', experiment_id);
    const [head = '', ...lines] = text.split('\n');
    const columns = head.split(',');
    expect(columns.slice(0, 6)).toEqual([
      'run_id',
      'experiment_id',
      'status',
      'artifact_uri',
      'start_time',
      'end_time',
    ]);
    expect(head).toContain('metrics.val');
    expect(head).toContain('params.text');
    expect(head).toContain('tags.mlflow.runName');
    expect(lines[0]).toStartWith(`${run_id},${experiment_id},RUNNING,`);
    expect(lines[0]).toContain(',2023-11-14 22:13:20.123000+00:00,,');
    expect(lines.join('\n')).toContain('"one, ""two""\nthree"');

    await cli.out('experiments', 'csv', '-x', experiment_id, '-o', 'runs.csv');
    expect(readFileSync(join(cli.dir, 'runs.csv'), 'utf8')).toBe(text);
    const runs = await cli.json<Run[]>('experiments', 'csv', '-x', experiment_id);
    expect(runs.map(({ info }) => info.runId)).toEqual([run_id]);
  });

  test('that are missing or wrongly named fail with advice', async () => {
    const cli = cliOf(await serverOf(kind));
    const missing = await cli.run('experiments', 'get', '-x', '987654321');
    expect(missing).toMatchObject({ code: 1, out: '' });
    expect(missing.error).toMatch(/987654321.*What there is: modelyard experiments search --view all\n$/);
    const unknown = await cli.run('experiments', 'delete', '-n', 'no such one');
    expect(unknown).toMatchObject({ code: 1, out: '' });
    expect(unknown.error).toContain("there is no experiment 'no such one'");
    const filter = await cli.run('experiments', 'search', '--filter', 'nonsense <');
    expect(filter.code).toBe(1);
    expect(filter.error).toMatch(/See: modelyard experiments search --help\n$/);
    expect((await cli.run('experiments', 'create', '-n', 'Default')).error).toMatch(/^modelyard: .*already exists/);
    expect((await cli.run('experiments', 'restore', '-x', '0')).code).toBe(1);
  });
});

test.each<[string[], RegExp]>([
  [['experiments'], /takes an action\. Actions: create, search, get/],
  [['experiments', 'make'], /has no action 'make'/],
  [
    ['experiments', 'create'],
    /experiments create needs --experiment-name NAME\. See: modelyard experiments create --help/,
  ],
  [['experiments', 'get'], /either --experiment-id ID or --experiment-name NAME/],
  [['experiments', 'get', '-x', '1', '-n', 'a'], /either --experiment-id ID or --experiment-name NAME/],
  [['experiments', 'get', '-x', '1', '--output', 'xml'], /--output takes table or json/],
  [['experiments', 'search', '--view', 'some'], /--view takes active_only, deleted_only or all/],
  [['experiments', 'search', '--max-results', '0'], /--max-results takes a number/],
  [['experiments', 'create', '-n', 'a', '-t', 'b'], /--tags takes KEY=VALUE, not 'b'/],
  [['experiments', 'search', '--nope'], /Unknown option '--nope'/],
  [['experiments', 'search', '--tracking-uri', 'sqlite:///mlflow.db'], /is not an http address/],
])('%j is wrong usage', async (args, message) => {
  const { code, out, error } = await cliOf('http://127.0.0.1:1').run(...args);
  expect(error).toMatch(message);
  expect(error.split('\n')).toHaveLength(2);
  expect({ code, out }).toEqual({ code: 2, out: '' });
});

test('a server that is gone is told of in one line', async () => {
  const { code, error } = await cliOf('http://127.0.0.1:1').run('experiments', 'search');
  expect(code).toBe(1);
  expect(error).toBe(
    'modelyard: no server answers at http://127.0.0.1:1. Start one with modelyard server, or say where it is: --tracking-uri or MLFLOW_TRACKING_URI.\n',
  );
});

describe('on a terminal', () => {
  const server = startServer();
  afterAll(async () => void (await server).stop());

  test('a table fits the width, colours end where NO_COLOR or a pipe begins', async () => {
    const { url } = await server;
    const cli = cliOf(url);
    const long = `vision/${'a long name '.repeat(12)}`;
    await cli.out('experiments', 'create', '-n', long);
    await cli.out('experiments', 'create', '-n', 'wide 漢字 \u001b[31mred');
    const search = ['experiments', 'search', '--tracking-uri', url];
    for (const columns of [60, 80, 140]) {
      const text = await onTerminal(search, { dir: cli.dir, columns });
      expect(text).toContain('\u001b[1mNAME\u001b[0m');
      const lines = withoutColours(text).trimEnd().split('\n');
      expect(Math.max(...lines.map((line) => Bun.stringWidth(line)))).toBeLessThanOrEqual(columns);
      expect(lines.find((line) => line.includes('vision/'))).toContain('…');
      expect(text).toMatch(/just now|\d+ s ago/);
      // What others named cannot paint on it.
      expect(text).not.toContain('\u001b[31m');
    }
    const plain = await onTerminal(search, { dir: cli.dir, env: { NO_COLOR: '1' } });
    expect(plain).toBe(withoutColours(plain));
    const piped = await cli.out('experiments', 'search');
    expect(piped).toContain(`\t${long}\t`);
    expect(piped).toMatch(/\t\d{4}-\d\d-\d\dT/);
    expect(piped).not.toContain('\u001b');
  });
});

test('each action has a help with an example', async () => {
  const cli = cliOf('http://127.0.0.1:1');
  for (const name of ['experiments', 'runs', 'artifacts', 'models', 'registered-models']) {
    const overview = await cli.out(name, '--help');
    const actions = [...overview.slice(overview.indexOf('\nActions\n')).matchAll(/^ {2}([a-z-]+) {2,}/gm)];
    expect(actions.length).toBeGreaterThan(3);
    await Promise.all(
      actions.map(async ([, action = '']) => {
        const help = await cli.out(name, action, '--help');
        expect(help).toContain(`Usage: modelyard ${name} ${action} [options]`);
        expect(help).toMatch(new RegExp(`\nExample\n  modelyard ${name} ${action} ?`));
        expect(help).toContain('--json');
      }),
    );
  }
});
