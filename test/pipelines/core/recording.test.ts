/** What a build leaves with a server: a run, a child for each task, and the record that pages are drawn from. */
import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'bun:test';
import type { PipelineRecord } from '../../../src/protocol/pipeline-record.ts';
import { downloadArtifact, loadDict, loadText } from '../../../src/sdk/fluent-artifacts.ts';
import type { Run } from '../../../src/sdk/entities.ts';
import { searchRuns } from '../../../src/sdk/fluent-search.ts';
import { createExperiment, getExperimentByName, getRun, setTrackingUri, startRun } from '../../../src/sdk/index.ts';
import { serverOf } from '../../sdk/support/servers.ts';
import { startServer } from '../../support/start-server.ts';
import { pipelineFolder, shellTask, until, type PipelineFolder } from './pipeline-folder.ts';

const files = {
  'pipeline.yaml': `tasks:
  - source: load.sh
    product: {data: out/data.txt, folder: out/parts/}
    params: {rows: 3, model: {kind: tree, depth: [1, 2]}}
  - source: fit.sh
    product: out/fit.txt
  - source: last.sh
    product: out/last.txt
`,
  'load.sh': `# {{rows}} {{model}}
echo of {{ rows }} rows
echo data > {{ product["data"] }}
mkdir -p {{ product["folder"] }}/below && echo part > {{ product["folder"] }}/below/part.txt
`,
  'fit.sh': `cat {{ upstream["load"]["data"] }} > {{ product }}
echo "$MLFLOW_TRACKING_URI $MLFLOW_RUN_ID $MLFLOW_EXPERIMENT_ID" >> {{ product }}
`,
  'last.sh': shellTask('last', 'fit'),
};

async function runsOf(name: string): Promise<{ build: Run[]; tasks: Record<string, Run> }> {
  const experiment = await getExperimentByName(name);
  const runs = await searchRuns({ experimentIds: [experiment?.experimentId ?? ''] });
  const role = ({ data }: Run): string | undefined => data.tags['modelyard.pipeline.role'];
  const tasks = runs.filter((run) => role(run) === 'task').toReversed();
  return {
    build: runs.filter((run) => role(run) === 'build'),
    tasks: Object.fromEntries(tasks.map((run): [string, Run] => [run.data.tags['modelyard.pipeline.task'] ?? '', run])),
  };
}

describe('builds that are recorded', () => {
  let url: string;
  const name = `pipeline-${crypto.randomUUID()}`;
  let folder: PipelineFolder;

  beforeAll(async () => {
    url = await serverOf('modelyard');
    setTrackingUri(url);
    folder = pipelineFolder(files, { MLFLOW_TRACKING_URI: url, MLFLOW_EXPERIMENT_NAME: name });
    Bun.spawnSync(['git', 'init', '-q', '-b', 'work'], { cwd: folder.dir });
    const who = ['-c', 'user.name=a', '-c', 'user.email=a@b'];
    Bun.spawnSync(['git', ...who, 'commit', '-q', '--allow-empty', '-m', 'x'], { cwd: folder.dir });
  }, 250_000);

  test('have a child run for each task, with params, products and record', async () => {
    const { error } = await folder.run('build');
    const { build, tasks } = await runsOf(name);
    const [run] = build;
    expect(build).toHaveLength(1);
    expect(error).toContain(`Recorded as run ${run?.info.runId}`);
    expect(run?.info.status).toBe('FINISHED');
    expect(run?.data.tags).toMatchObject({
      'mlflow.source.name': `${folder.dir}/pipeline.yaml`,
      'mlflow.source.git.branch': 'work',
      'mlflow.source.git.commit': expect.stringMatching(/^[0-9a-f]{40}$/) as string,
      'modelyard.pipeline.role': 'build',
    });
    expect(Object.keys(tasks)).toEqual(['load', 'fit', 'last']);
    const { load, fit } = tasks;
    expect(load?.data.params).toEqual({ rows: '3', 'model.kind': 'tree', 'model.depth': '[1,2]' });
    expect(load?.data.tags['mlflow.parentRunId']).toBe(run?.info.runId);
    expect(load?.info).toMatchObject({ status: 'FINISHED', runName: 'load' });
    const product = `runs:/${load?.info.runId}/pipeline/products/load`;
    expect(await loadText(`${product}/data.txt`)).toBe('data\n');
    expect(await loadText(`${product}/parts/below/part.txt`)).toBe('part\n');
    expect(await loadText(`runs:/${load?.info.runId}/pipeline/log.txt`)).toBe('of 3 rows\n');
    expect(folder.read('out/fit.txt').split('\n')[1]).toBe(`${url} ${fit?.info.runId} ${fit?.info.experimentId}`);

    const record = (await loadDict(`runs:/${run?.info.runId}/pipeline/pipeline.json`)) as PipelineRecord;
    expect(record).toMatchObject({ format: 1, file: 'pipeline.yaml', ended: expect.any(Number) as number });
    expect(record.tasks.map(({ state }) => state)).toEqual(['executed', 'executed', 'executed']);
    expect(record.tasks[0]).toMatchObject({
      name: 'load',
      kind: 'shell',
      reason: 'not built yet',
      runId: load?.info.runId ?? '',
      products: [
        { key: 'data', kind: 'file', size: 5, artifact: 'pipeline/products/load/data.txt' },
        { key: 'folder', kind: 'folder', size: 5, artifact: 'pipeline/products/load/parts' },
      ],
    });
    expect(record.tasks[0]?.next).toBeUndefined();
    const picture = await downloadArtifact(`runs:/${run?.info.runId}/pipeline/graph.svg`);
    expect(await picture.text()).toStartWith('<svg ');
  });

  test('leave no run when nothing is to be done', async () => {
    const { code, error } = await folder.run('build');
    expect([code, error]).toEqual([0, 'Everything is up to date; --force runs it all the same.\n']);
    expect((await runsOf(name)).build).toHaveLength(1);
  });

  test('that fail say why in their runs', async () => {
    folder.write({ 'fit.sh': 'echo "no such column: age" >&2\nexit 3\n' });
    expect((await folder.run('build')).code).toBe(1);
    const { build, tasks } = await runsOf(name);
    const [run] = build;
    expect(run?.info.status).toBe('FAILED');
    expect(run?.data.tags['modelyard.pipeline.error']).toMatch(/^fit failed:\n[\s\S]*no such column: age/);
    expect(tasks['fit']?.info.status).toBe('FAILED');
    expect(await loadText(`runs:/${tasks['fit']?.info.runId}/pipeline/error.txt`)).toContain('no such column: age');
    const record = (await loadDict(`runs:/${run?.info.runId}/pipeline/pipeline.json`)) as PipelineRecord;
    expect(record.tasks.map(({ name: task, state, reason, next }) => [task, state, reason, next])).toEqual([
      ['load', 'skipped', 'up to date', undefined],
      ['fit', 'failed', 'source changed', 'did not end well before'],
      ['last', 'blocked', 'fit failed', 'fit will run'],
    ]);
    expect(record.tasks[1]?.error).toContain('no such column: age');
  });

  test('that are ended are KILLED, and so is the task that ran', async () => {
    folder.write({ 'fit.sh': 'touch began; sleep 60; touch {{ product }} # ended\n' });
    const build = folder.start('build');
    await until(() => existsSync(`${folder.dir}/began`));
    build.kill('SIGTERM');
    expect(await build.exited).toBe(143);
    const { build: builds, tasks } = await runsOf(name);
    expect(builds[0]?.info.status).toBe('KILLED');
    expect(tasks['fit']?.info.status).toBe('KILLED');
  });
});

test('the runs of a build that was killed are ended by the next one', async () => {
  const url = await serverOf('modelyard');
  setTrackingUri(url);
  const name = `pipeline-${crypto.randomUUID()}`;
  const folder = pipelineFolder(
    {
      'pipeline.yaml': 'tasks:\n  - {source: a.sh, product: out/a}\n',
      'a.sh': 'touch began; while [ ! -e go ]; do sleep 0.05; done; touch {{ product }}\n',
    },
    { MLFLOW_TRACKING_URI: url, MLFLOW_EXPERIMENT_NAME: name },
  );
  const build = folder.start('build');
  await until(() => existsSync(`${folder.dir}/began`));
  build.kill('SIGKILL');
  await build.exited;
  const statuses = async (): Promise<string[]> => {
    const { build: builds, tasks } = await runsOf(name);
    return [...builds, ...Object.values(tasks)].map(({ info }) => info.status);
  };
  expect(await statuses()).toEqual(['RUNNING', 'RUNNING']);
  folder.write({ go: '' });
  await folder.out('build');
  // The newest build first, and of its task the newest run.
  expect(await statuses()).toEqual(['FINISHED', 'KILLED', 'FINISHED']);
});

test('what a task logs by mlflow lands in its run', async () => {
  const url = await serverOf('modelyard');
  setTrackingUri(url);
  const name = `pipeline-${crypto.randomUUID()}`;
  const folder = pipelineFolder(
    {
      'pipeline.yaml': 'tasks:\n  - {source: tasks.fit, product: out/fit}\n',
      'tasks.py': `import mlflow
def fit(product):
    with mlflow.start_run():
        mlflow.log_metric("loss", 0.5)
    open(str(product), "w").close()
`,
    },
    { MLFLOW_TRACKING_URI: url },
  );
  await folder.out('build', '--experiment-name', name);
  expect((await runsOf(name)).tasks['fit']?.data.metrics).toEqual({ loss: 0.5 });
});

test('a task that sweeps the folder takes nothing from the build; one that blocks it ends the build with its run', async () => {
  const url = await serverOf('modelyard');
  setTrackingUri(url);
  const name = `pipeline-${crypto.randomUUID()}`;
  const folder = pipelineFolder(
    {
      'pipeline.yaml': 'tasks:\n  - {source: a.sh, product: out/a}\n',
      'a.sh': 'rm -r .modelyard; touch {{ product }}\n',
    },
    { MLFLOW_TRACKING_URI: url, MLFLOW_EXPERIMENT_NAME: name },
  );
  await folder.out('build');
  expect(await folder.outdated()).toEqual({ a: false });
  folder.write({ 'a.sh': 'rm -r .modelyard; touch {{ product }} .modelyard\n' });
  expect((await folder.run('build')).code).toBe(1);
  const { build, tasks } = await runsOf(name);
  expect(build.map(({ info }) => info.status)).toEqual(['FAILED', 'FINISHED']);
  expect(tasks['a']?.info.status).toBe('FAILED');
});

test('the notebook of a task that failed is kept with its run', async () => {
  const url = await serverOf('modelyard');
  setTrackingUri(url);
  const name = `pipeline-${crypto.randomUUID()}`;
  const folder = pipelineFolder(
    {
      'pipeline.yaml': 'tasks:\n  - {source: fit.py, product: out/model.ipynb}\n',
      'fit.py': '# %%\nprint("so far")\n# %%\n1 / 0\n',
    },
    { MLFLOW_TRACKING_URI: url },
  );
  expect((await folder.run('build', '--experiment-name', name)).code).toBe(1);
  const { fit } = (await runsOf(name)).tasks;
  expect(await loadText(`runs:/${fit?.info.runId}/pipeline/model-failed.ipynb`)).toContain('so far');
});

test('a server that is named and not there is an error; one that nobody named is not', async () => {
  const files = { 'pipeline.yaml': 'tasks:\n  - {source: a.sh, product: out/a}\n', 'a.sh': shellTask('a') };
  const closed = await startServer();
  await closed.stop();
  const named = pipelineFolder(files, { MLFLOW_TRACKING_URI: closed.url });
  const [fault] = await named.faults('build');
  expect(fault).toBe(
    `modelyard: no server answers at ${closed.url}. Start one with modelyard server, or say where it is: --tracking-uri or MLFLOW_TRACKING_URI.`,
  );
  expect(() => named.read('ran')).toThrow();
  expect(await named.build()).toEqual({ a: 'executed: not built yet' });
});

test('a server that is lost in the middle does not end the build', async () => {
  const server = await startServer([], { through: ['setpriv', '--pdeathsig', 'KILL'] });
  const folder = pipelineFolder(
    {
      'pipeline.yaml': 'tasks:\n  - {source: a.sh, product: out/a}\n  - {source: b.sh, product: out/b}\n',
      'a.sh': `touch began; while [ ! -e go ]; do sleep 0.05; done; ${shellTask('a')}`,
      'b.sh': shellTask('b', 'a'),
    },
    { MLFLOW_TRACKING_URI: server.url, MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0' },
  );
  const build = folder.start('build');
  await until(() => existsSync(`${folder.dir}/began`));
  await server.kill();
  folder.write({ go: '' });
  expect(await build.exited).toBe(0);
  expect(await build.output).toContain('The build goes on without being recorded: ');
  expect(folder.read('out/b')).toBe('b\na\n');
});

test('large products stay where they are, and a build within a project stands below its run', async () => {
  const url = await serverOf('modelyard');
  setTrackingUri(url);
  const experimentId = await createExperiment(`pipeline-${crypto.randomUUID()}`);
  const parent = await startRun({ experimentId });
  await parent.end();
  const folder = pipelineFolder(
    {
      'pipeline.yaml': 'tasks:\n  - {source: a.sh, product: {small: out/a, large: out/b}}\n',
      'a.sh': 'echo a > {{ product["small"] }}; truncate -s 100000001 {{ product["large"] }}\n',
    },
    { MLFLOW_TRACKING_URI: url, MLFLOW_RUN_ID: parent.runId, MLFLOW_EXPERIMENT_ID: experimentId },
  );
  const { run_id: runId, tasks } = JSON.parse(await folder.out('build', '--json')) as PipelineRecord & {
    run_id: string;
  };
  expect(tasks[0]?.products).toEqual([
    { key: 'small', identifier: 'out/a', kind: 'file', size: 2, artifact: 'pipeline/products/a/a' },
    { key: 'large', identifier: 'out/b', kind: 'file', size: 100_000_001 },
  ]);
  const { data, info } = await getRun(runId);
  expect([data.tags['mlflow.parentRunId'], info.experimentId]).toEqual([parent.runId, experimentId]);
});
