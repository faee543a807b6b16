import { beforeAll, describe, expect, test } from 'bun:test';
import { Client, type Experiment, type Run } from '../../src/sdk/index.ts';
import { kinds, serverOf } from '../sdk/support/servers.ts';
import { cliOf, onTerminal, withoutColours } from './support/cli.ts';

/** An experiment with two runs that have a metric each, one param that differs and one that does not. */
async function twoRuns(url: string): Promise<{ experiment: string; first: string; second: string }> {
  const client = new Client({ trackingUri: url });
  const { experiment_id = '' } = await client.createExperiment({ name: crypto.randomUUID() });
  const ids: string[] = [];
  for (const [i, name] of ['alpha', 'beta'].entries()) {
    const start_time = 1_700_000_000_000 + i * 60_000;
    const { run } = await client.createRun({ experiment_id, run_name: name, start_time });
    const run_id = run?.info?.run_id ?? '';
    await client.logBatch({
      run_id,
      metrics: [
        { key: 'loss', value: i === 0 ? 0.123456789 : Number.NaN, timestamp: 1, step: 0 },
        { key: 'epoch', value: 3, timestamp: 1, step: 0 },
      ],
      params: [
        { key: 'rate', value: String(10 ** -i) },
        { key: 'optimizer', value: 'adam' },
      ],
    });
    await client.updateRun({ run_id, status: i === 0 ? 'FINISHED' : 'FAILED', end_time: start_time + 90_000 });
    ids.push(run_id);
  }
  const [first = '', second = ''] = ids;
  return { experiment: experiment_id, first, second };
}

describe.each(kinds)('runs against %s', (kind) => {
  beforeAll(() => serverOf(kind), 250_000);

  test('are listed, described and compared', async () => {
    const url = await serverOf(kind);
    const cli = cliOf(url);
    const { experiment, first, second } = await twoRuns(url);
    const lines = (await cli.out('runs', 'list', '--experiment-id', experiment)).split('\n');
    expect(lines[0]).toBe('NAME\tID\tSTATUS\tSTARTED\tDURATION\tepoch\tloss\toptimizer\trate');
    expect(lines[1]).toBe(`beta\t${second}\tFAILED\t2023-11-14T22:14:20.000Z\t90\t3\tNaN\tadam\t0.1`);
    expect(lines[2]).toBe(`alpha\t${first}\tFINISHED\t2023-11-14T22:13:20.000Z\t90\t3\t0.123457\tadam\t1`);

    const filter = ['--filter', "metrics.loss < 1 and params.optimizer = 'adam'", '--order-by', 'metrics.loss ASC'];
    const found = await cli.json<Run[]>('runs', 'list', '-x', experiment, ...filter);
    expect(found.map(({ info }) => info.runId)).toEqual([first]);
    expect(await cli.json<Run[]>('runs', 'list', '-x', experiment, '--max-results', '1')).toHaveLength(1);

    const run = await cli.json<Run>('runs', 'describe', '--run-id', first);
    expect(run).toMatchObject({
      info: {
        runId: first,
        runName: 'alpha',
        status: 'FINISHED',
        startTime: 1_700_000_000_000,
        endTime: 1_700_000_090_000,
      },
      data: { metrics: { loss: 0.123456789, epoch: 3 }, params: { rate: '1', optimizer: 'adam' } },
      inputs: { datasetInputs: [], modelInputs: [] },
      outputs: { modelOutputs: [] },
    });
    const text = await cli.out('runs', 'describe', '-r', first);
    expect(text).toContain(`ID\t${first}\n`);
    expect(text).toContain('\nMETRIC\tLATEST\nepoch\t3\nloss\t0.123457\n');
    expect(text).toContain('\nPARAM\tVALUE\noptimizer\tadam\nrate\t1\n');

    const compared = await cli.json('runs', 'compare', '--run-ids', `${first},${second}`, '--differing');
    expect(compared).toEqual({
      runs: [expect.objectContaining({ runId: first }), expect.objectContaining({ runId: second })],
      metrics: [{ key: 'loss', values: [0.123456789, 'NaN'], differs: true }],
      params: [{ key: 'rate', values: ['1', '0.1'], differs: true }],
    });
    expect(await cli.out('runs', 'compare', '--run-ids', `${first}, ${second}`)).toContain(
      'param\toptimizer\tadam\tadam\n',
    );
  });

  test('are made, deleted and restored', async () => {
    const cli = cliOf(await serverOf(kind));
    const { experimentId } = await cli.json<{ experimentId: string }>(
      'experiments',
      'create',
      '-n',
      crypto.randomUUID(),
    );
    const parent = await cli.json<Run>('runs', 'create', '--experiment-id', experimentId, '--run-name', 'parent');
    const id = parent.info.runId;
    expect(parent.info).toMatchObject({ runName: 'parent', status: 'FINISHED', lifecycleStage: 'active' });
    const options = ['--status', 'killed', '--parent-run-id', id, '--description', 'a *b*', '-t', 'a=1', '-t', 'b=2'];
    const child = await cli.json<Run>('runs', 'create', '-x', experimentId, ...options);
    expect(child.info.status).toBe('KILLED');
    expect(child.data.tags).toMatchObject({ a: '1', b: '2', 'mlflow.parentRunId': id, 'mlflow.note.content': 'a *b*' });

    expect(await cli.out('runs', 'delete', '--run-id', id)).toContain(`modelyard runs restore --run-id ${id}`);
    const deleted = await cli.json<Run[]>('runs', 'list', '-x', experimentId, '-v', 'deleted_only');
    expect(deleted.map(({ info }) => info.runId)).toEqual([id]);
    expect(await cli.json<Run[]>('runs', 'list', '-x', experimentId, '-v', 'all')).toHaveLength(2);
    expect(await cli.out('runs', 'restore', '--run-id', id)).toBe(`Run with id ${id} has been restored.\n`);
    expect(await cli.json<Run[]>('runs', 'list', '-x', experimentId)).toHaveLength(2);
  });

  test("are made and listed in the experiment of MLflow's variables", async () => {
    const url = await serverOf(kind);
    const name = crypto.randomUUID();
    const { experimentId } = await cliOf(url).json<Experiment>('experiments', 'create', '-n', name);
    const named = cliOf(url, { MLFLOW_EXPERIMENT_NAME: name });
    const { info } = await named.json<Run>('runs', 'create');
    expect(info.experimentId).toBe(experimentId);
    expect(await named.json<Run[]>('runs', 'list')).toHaveLength(1);
    const byId = cliOf(url, { MLFLOW_EXPERIMENT_ID: experimentId, MLFLOW_EXPERIMENT_NAME: 'none of this name' });
    expect(await byId.json<Run[]>('runs', 'list', '--view', 'all')).toHaveLength(1);
    // A flag goes before them, and they never say what is deleted.
    expect(await byId.run('runs', 'list', '-n', 'no such')).toMatchObject({ code: 1 });
    expect(await byId.run('experiments', 'delete')).toMatchObject({ code: 2 });
  });

  test('that are missing or searched for wrongly fail with advice', async () => {
    const cli = cliOf(await serverOf(kind));
    const missing = await cli.run('runs', 'describe', '-r', '0123456789abcdef0123456789abcdef');
    expect(missing).toMatchObject({ code: 1, out: '' });
    expect(missing.error).toMatch(/not found\. What there is: modelyard experiments search, then modelyard runs list/);
    const filter = await cli.run('runs', 'list', '-x', '0', '--filter', 'metrics.loss <');
    expect(filter.code).toBe(1);
    expect(filter.error).toMatch(/See: modelyard runs list --help\n$/);
  });
});

test('on a terminal numbers stand on the right and as many columns as fit', async () => {
  const url = await serverOf('modelyard');
  const { experiment, first, second } = await twoRuns(url);
  const { dir } = cliOf(url);
  const list = ['runs', 'list', '-x', experiment, '--tracking-uri', url];
  const wide = withoutColours(await onTerminal(list, { dir, columns: 140 })).split('\n');
  const end = (wide[0]?.indexOf('loss') ?? 0) + 'loss'.length;
  expect(wide[1]?.slice(0, end)).toMatch(/ NaN$/);
  expect(wide[2]?.slice(0, end)).toMatch(/ 0\.123457$/);
  const narrow = await onTerminal(list, { dir, columns: 80 });
  expect(withoutColours(narrow)).not.toContain('optimizer');
  expect(narrow).toContain(second);
  expect(narrow).toContain('in a wider window, or with --json');
  expect(narrow).toContain('\u001b[31mFAILED\u001b[0m');
  const compared = await onTerminal(['runs', 'compare', '--run-ids', `${first},${second}`, '--tracking-uri', url], {
    dir,
  });
  expect(compared).toContain('\u001b[1mrate\u001b[0m');
  expect(compared).not.toContain('\u001b[1moptimizer');
});

test('a reader that has seen enough ends the command without an error', async () => {
  const url = await serverOf('modelyard');
  const client = new Client({ trackingUri: url });
  const { experiment_id = '' } = await client.createExperiment({ name: crypto.randomUUID() });
  const params = Array.from({ length: 100 }, (_, i) => ({ key: `p${i}`, value: 'x'.repeat(500) }));
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      const { run } = await client.createRun({ experiment_id });
      await client.logBatch({ run_id: run?.info?.run_id ?? '', params });
    }),
  );
  const { dir } = cliOf(url);
  const program = `${import.meta.dir}/../../bin/modelyard`;
  const command = `set -o pipefail; ${program} runs list -x ${experiment_id} --json --tracking-uri ${url} | head -n 1`;
  const { stdout, stderr, exitCode } = Bun.spawnSync(['bash', '-c', command], { cwd: dir });
  expect({ out: stdout.toString(), error: stderr.toString() }).toEqual({ out: '[\n', error: '' });
  expect(exitCode).toBe(0);
});

test.each<[string[], RegExp]>([
  [['runs', 'list'], /either --experiment-id ID or --experiment-name NAME/],
  [['runs', 'describe'], /needs --run-id ID/],
  [['runs', 'compare', '--run-ids', 'a'], /takes two runs or more/],
  [['runs', 'create', '-x', '0', '--status', 'running'], /--status takes finished, failed or killed/],
])('%j is wrong usage', async (args, message) => {
  const { code, out, error } = await cliOf('http://127.0.0.1:1').run(...args);
  expect(error).toMatch(message);
  expect({ code, out }).toEqual({ code: 2, out: '' });
});
