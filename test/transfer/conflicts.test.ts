/** What an import does with ids and names that are taken, with what is damaged, and what it tells. */
import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Api } from '../support/api.ts';
import { freshFolder, removeFolder } from '../support/folders.ts';
import { modelyard, startServer, type TestServer } from '../support/start-server.ts';
import { finished, importInto, placesIn } from './support/commands.ts';
import { experimentMeta, runId, runMeta, write } from './support/write-mlruns.ts';

interface Experiment {
  readonly experiment_id: string;
  readonly name: string;
  readonly artifact_location: string;
  readonly tags?: readonly { key: string; value: string }[];
}

let server: TestServer;
let api: Api;
let dir: string;
let mlruns: string;

beforeEach(async () => {
  server = await startServer();
  api = new Api(server);
  dir = freshFolder();
  mlruns = join(dir, 'mlruns');
});

afterEach(async () => {
  await server.stop();
  removeFolder(dir);
});

async function experiment(id: string): Promise<Experiment> {
  return (await api.get<{ experiment: Experiment }>(`experiments/get?experiment_id=${id}`)).experiment;
}

function oneRun(id: string, name: string, more: Readonly<Record<string, string>> = {}): void {
  const run = `${id}/${runId(1)}`;
  const files = Object.fromEntries(Object.entries(more).map(([path, text]) => [`${run}/${path}`, text]));
  write(mlruns, {
    [`${id}/meta.yaml`]: experimentMeta(id, name),
    [`${run}/meta.yaml`]: runMeta(runId(1), id),
    ...files,
  });
}

describe('an experiment', () => {
  test('whose id is taken gets the next one, and is found again by its tag', async () => {
    await api.createExperiment('ours');
    oneRun('1', 'theirs');
    const told = await importInto(server.dir, mlruns);
    expect(told).toMatchObject({ code: 0, complete: true });
    expect(told.lines).toEqual([
      { kind: 'experiment', id: '1', outcome: 'note', reason: 'it has the id 2 here: another experiment has this id' },
    ]);
    expect(await experiment('2')).toMatchObject({
      name: 'theirs',
      artifact_location: 'mlflow-artifacts:/2',
      tags: [{ key: 'modelyard.import.experiment_id', value: '1' }],
    });
    const { info } = await api.run(runId(1));
    expect(info).toMatchObject({ experiment_id: '2', artifact_uri: `mlflow-artifacts:/2/${runId(1)}/artifacts` });
    expect(await importInto(server.dir, mlruns)).toMatchObject({
      code: 0,
      counts: { experiment: { there: 1 }, run: { there: 1 } },
    });
  });

  test('whose name is taken keeps its id and gets another name', async () => {
    await api.createExperiment('same');
    oneRun('7', 'same');
    const told = await importInto(server.dir, mlruns);
    expect(told.lines.map(({ reason }) => reason)).toEqual([
      `it is called 'same (imported)' here: another is called 'same'`,
    ]);
    expect(await experiment('7')).toMatchObject({ name: 'same (imported)' });
    expect(await importInto(server.dir, mlruns)).toMatchObject({ code: 0, lines: [] });
  });

  test('0 is merged into ours, whose name and tags stay', async () => {
    await api.post('experiments/set-experiment-tag', { experiment_id: '0', key: 'a', value: 'ours' });
    oneRun('0', 'Renamed');
    write(mlruns, { '0/tags/a': 'theirs', '0/tags/b': 'new' });
    expect(await importInto(server.dir, mlruns)).toMatchObject({ code: 0, complete: true });
    const { name, tags } = await experiment('0');
    expect(name).toBe('Default');
    expect(Object.fromEntries((tags ?? []).map(({ key, value }) => [key, value]))).toEqual({ a: 'ours', b: 'new' });
    expect((await api.run(runId(1))).info.experiment_id).toBe('0');
  });
});

describe('what differs from what is there', () => {
  test('is told and left, and ends with 1', async () => {
    oneRun('5', 'mine', { 'params/p': '1', 'metrics/m': '1 0.5 1\n' });
    await importInto(server.dir, mlruns);
    await api.post('runs/set-tag', { run_id: runId(1), key: 'here', value: 'x' });
    write(mlruns, { [`5/${runId(1)}/metrics/m`]: '1 0.5 1\n2 0.6 2\n', '5/tags/new': 'y' });
    const told = await importInto(server.dir, mlruns);
    expect(told).toMatchObject({ code: 1, complete: false });
    expect(told.lines.map(({ kind, outcome, reason }) => [kind, outcome, reason])).toEqual([
      ['experiment', 'differs', 'it is there as 5 with another tags, and was left'],
      ['run', 'differs', 'it is there with another tags, points, and was left'],
    ]);
    expect((await api.history(runId(1), 'm')).length).toBe(1);
  });
});

describe('what is damaged', () => {
  test('is told, and the rest comes', async () => {
    oneRun('5', 'mine', { 'metrics/m': '1 0.5 1\nnot a point\n3 nan\n4 inf 4 ds digest\n' });
    write(mlruns, { [`5/${runId(2)}/params/p`]: '1', [`5/${runId(3)}/meta.yaml`]: 'run_id: "never ends\n' });
    symlinkSync('/etc/hostname', join(mlruns, `5/${runId(1)}/link`));
    Bun.spawnSync(['mkdir', '-p', join(mlruns, `5/${runId(1)}/artifacts`)]);
    symlinkSync('/etc/hostname', join(mlruns, `5/${runId(1)}/artifacts/link`));
    const file = join(dir, 'report.jsonl');
    const told = await importInto(server.dir, mlruns, '--report', file);
    expect(told).toMatchObject({ code: 1, complete: false, counts: { run: { brought: 1, failed: 2 } } });
    expect(told.lines.map(({ kind, id }) => `${kind} ${id}`).toSorted()).toEqual([
      `artifact_file ${runId(1)}/link`,
      `metric_line ${runId(1)}/m:2`,
      `run ${runId(2)}`,
      `run ${runId(3)}`,
    ]);
    const written = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(written.map((line) => JSON.parse(line) as unknown)).toEqual([...told.lines]);
    const points = await api.history(runId(1), 'm');
    expect(points.map(({ value, step }) => [value, step])).toEqual([
      [0.5, 1],
      ['NaN', 0],
      [1.7976931348623157e308, 4],
    ]);
  });
});

describe('artifacts', () => {
  test('come by default, and keep their address with --no-artifacts', async () => {
    oneRun('5', 'mine', { 'artifacts/a/b.txt': 'content' });
    write(mlruns, {
      'models/reg/meta.yaml': 'name: reg\ncreation_timestamp: 1\nlast_updated_timestamp: 2\n',
      'models/reg/version-3/meta.yaml': `name: reg\nversion: 3\ncreation_timestamp: 1\nlast_updated_timestamp: 2\nsource: /elsewhere/mlruns/5/${runId(1)}/artifacts/a\nrun_id: ${runId(1)}\n`,
    });
    await importInto(server.dir, mlruns);
    const url = `${server.url}/get-artifact?run_id=${runId(1)}&path=a/b.txt`;
    expect(await (await fetch(url)).text()).toBe('content');
    const { model_version } = await api.get<{ model_version: { source: string } }>(
      'model-versions/get?name=reg&version=3',
    );
    expect(model_version.source).toBe(`mlflow-artifacts:/5/${runId(1)}/artifacts/a`);

    const other = freshFolder();
    try {
      const told = await importInto(other, mlruns, '--no-artifacts');
      expect(told.counts['artifact_file']).toBeUndefined();
      const second = await startServer([], { dir: other });
      const { info } = await new Api(second).run(runId(1));
      expect(info.artifact_uri).toBe(`file:///elsewhere/mlruns/5/${runId(1)}/artifacts`);
      await second.stop();
    } finally {
      removeFolder(other);
    }
  });
});

describe('the command', () => {
  async function refused(...args: string[]): Promise<{ code: number; error: string }> {
    const { code, error } = await finished([modelyard, 'import', ...args, ...placesIn(server.dir)], dir);
    return { code, error };
  }

  test('says what a source should be', async () => {
    expect(await refused('--dry-run')).toMatchObject({ code: 2 });
    expect(await refused('/nowhere/at/all')).toMatchObject({
      code: 1,
      error: 'modelyard: there is no /nowhere/at/all\n',
    });
    expect((await refused('postgresql://host/db')).error).toContain('start mlflow server on it');
    expect((await refused(dir)).error).toContain('is neither');
    expect((await refused(dir, '--format', 'parquet')).error).toContain('--format takes one of');
    expect((await refused(join(server.dir, 'm.db'))).error).toContain('is not a database of MLflow');
    expect((await refused('http://127.0.0.1:9')).error).toContain('cannot be reached');
  });

  test('tells a person what came', async () => {
    oneRun('5', 'mine');
    const { code, out, error } = await finished([modelyard, 'import', mlruns, ...placesIn(server.dir)], dir);
    expect(code).toBe(0);
    expect(out).toMatch(/run {2,}1 {2,}0 {2,}0 {2,}0\n/);
    expect(error).toMatch(/runs: 1 of 1 \([\d,]+\/s\)/);
  });
});
