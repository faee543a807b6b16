/** What a folder or a database that is broken, moved or closed to this account does to an import. */
import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import { chmodSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder, removeFolder } from '../support/folders.ts';
import { modelyard } from '../support/start-server.ts';
import { exportOf, finished, importInto, placesIn, type Told } from './support/commands.ts';
import { experimentMeta, runId, runMeta, write } from './support/write-mlruns.ts';

let dir: string;
let mlruns: string;
let target: string;

beforeEach(() => {
  dir = freshFolder();
  mlruns = join(dir, 'mlruns');
  target = join(dir, 'target');
  mkdirSync(target);
  for (const id of ['1', '2']) {
    write(mlruns, {
      [`${id}/meta.yaml`]: experimentMeta(id, `e${id}`),
      [`${id}/${runId(Number(id))}/meta.yaml`]: runMeta(runId(Number(id)), id),
      [`${id}/${runId(Number(id))}/params/p`]: '1',
      [`${id}/${runId(Number(id))}/artifacts/a/b.txt`]: 'b',
    });
  }
});

afterEach(() => removeFolder(dir));

function reasons({ lines }: Told): Record<string, string> {
  return Object.fromEntries(lines.map(({ kind, id, reason }) => [`${kind} ${id}`, reason]));
}

async function exportedRuns(): Promise<string> {
  expect((await exportOf(target, join(dir, 'export'))).code).toBe(0);
  return Bun.file(join(dir, 'export/runs.jsonl')).text();
}

describe('an empty meta.yaml, which a full disk leaves,', () => {
  test('is told, and makes neither a run nor an experiment of it', async () => {
    write(mlruns, { [`1/${runId(3)}/meta.yaml`]: '', '2/meta.yaml': '\n' });
    const told = await importInto(target, mlruns);
    expect(told).toMatchObject({ code: 1, counts: { experiment: { brought: 1 }, run: { brought: 1, failed: 2 } } });
    expect(reasons(told)).toEqual({
      [`run ${runId(3)}`]: 'its meta.yaml is empty',
      'experiment 2': 'its meta.yaml is empty',
      [`run ${runId(2)}`]: 'its experiment 2 was not brought',
    });
    // Mended, it comes with the next one.
    write(mlruns, { [`1/${runId(3)}/meta.yaml`]: runMeta(runId(3), '1'), '2/meta.yaml': experimentMeta('2', 'e2') });
    expect(await importInto(target, mlruns)).toMatchObject({ code: 0, counts: { run: { brought: 2, there: 1 } } });
  });
});

describe('a link', () => {
  test('to the folder of an experiment or a run is followed, as MLflow does', async () => {
    renameSync(join(mlruns, '2'), join(dir, 'moved'));
    symlinkSync('../moved', join(mlruns, '2'));
    renameSync(join(mlruns, '1', runId(1)), join(dir, 'moved-run'));
    symlinkSync(join(dir, 'moved-run'), join(mlruns, '1', runId(1)));
    symlinkSync('nowhere', join(mlruns, '1/dangling'));
    expect(await importInto(target, mlruns)).toMatchObject({
      code: 0,
      lines: [],
      counts: { experiment: { brought: 2 }, run: { brought: 2 }, artifact_file: { brought: 2 } },
    });
  });

  test('in the place of a param is not, and its run is not brought in part', async () => {
    symlinkSync('/etc/hostname', join(mlruns, '1', runId(1), 'params/q'));
    const told = await importInto(target, mlruns);
    expect(told).toMatchObject({ code: 1, counts: { run: { brought: 1, failed: 1 } } });
    expect(reasons(told)[`run ${runId(1)}`]).toContain('params/q is a link, which is not followed');
    expect(await exportedRuns()).not.toContain(runId(1));
  });
});

describe('what this account may not read', () => {
  test('is told, and does not stop the others', async () => {
    const closed = [join(mlruns, '2'), join(mlruns, '1', runId(1), 'artifacts/a')];
    for (const path of closed) chmodSync(path, 0);
    chmodSync(target, 0o777);
    // Root may read everything, so it imports as somebody else.
    const nobody = process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : [];
    chmodSync(dir, 0o755);
    const { code, out, error } = await finished([...nobody, modelyard, 'import', mlruns, ...placesIn(target), '--json'], dir); // prettier-ignore
    for (const path of closed) chmodSync(path, 0o755);
    expect({ code, error }).toMatchObject({ code: 1 });
    const told = JSON.parse(out) as Told;
    expect(told.counts).toMatchObject({ experiment: { brought: 1, failed: 1 }, run: { brought: 1 } });
    const refused = told.lines.filter(({ reason }) => reason.includes('EACCES')).map(({ kind, id }) => `${kind} ${id}`);
    expect(refused.toSorted()).toEqual([`artifact_file ${runId(1)}/a`, 'experiment 2', 'runs of 2']);
  });
});

describe('files of an MLflow before 1.0', () => {
  test('come with the source of the run, which was no tag then', async () => {
    write(mlruns, {
      '1/meta.yaml': 'artifact_location: /gone/1\nexperiment_id: 1\nname: e1\n',
      [`1/${runId(1)}/meta.yaml`]: `artifact_uri: /gone/1/${runId(1)}/artifacts\nend_time: 1548000001000\nentry_point_name: ''\nexperiment_id: 1\nname: mine\nrun_uuid: ${runId(1)}\nsource_name: train.py\nsource_type: 4\nsource_version: 0a1b\nstart_time: 1548000000000\nstatus: 3\ntags: []\nuser_id: me\n`,
      [`1/${runId(1)}/metrics/m`]: '1548000000 0.5\n1548000001 0.25\n',
      [`1/${runId(1)}/tags/mlflow.source.git.commit`]: 'known',
    });
    expect(await importInto(target, mlruns)).toMatchObject({ code: 0, counts: { run: { brought: 2 } } });
    const lines = (await exportedRuns()).trimEnd().split('\n');
    const runs = lines.map((line) => JSON.parse(line) as { run_id: string; tags: unknown[] });
    expect(runs.find(({ run_id }) => run_id === runId(1))).toMatchObject({
      run_name: 'mine',
      status: 'FINISHED',
      lifecycle_stage: 'active',
      tags: [
        { key: 'mlflow.source.git.commit', value: 'known' },
        { key: 'mlflow.source.name', value: 'train.py' },
        { key: 'mlflow.source.type', value: 'LOCAL' },
      ],
    });
  });
});

describe('a registry', () => {
  test('with an alias that names no version comes without it', async () => {
    write(mlruns, {
      'models/m/meta.yaml': 'name: m\ncreation_timestamp: 1\nlast_updated_timestamp: 2\n',
      'models/m/version-1/meta.yaml': 'name: m\nversion: 1\ncreation_timestamp: 1\nsource: s3://b/m\n',
      'models/m/aliases/good': '1',
      'models/m/aliases/bad': 'one',
    });
    const told = await importInto(target, mlruns);
    expect(told).toMatchObject({
      code: 1,
      counts: { registered_model: { brought: 1 }, model_version: { brought: 1 } },
    });
    expect(reasons(told)).toEqual({ 'alias m@bad': "'one' is not the number of a version" });
  });
});

describe('a database', () => {
  test('that is none, or half of one, is named', async () => {
    const path = join(dir, 'mlflow.db');
    writeFileSync(path, 'hello '.repeat(1000));
    const { code, error } = await finished([modelyard, 'import', path, ...placesIn(target)], dir);
    expect({ code, error }).toEqual({ code: 1, error: `modelyard: ${path} cannot be read: file is not a database\n` });
  });
});

describe('a server that refuses', () => {
  test.each(['import', 'export'])('gets no promise from %s, but says which credentials to set', async (command) => {
    using server = Bun.serve({ hostname: '127.0.0.1', port: 0, fetch: () => new Response('no', { status: 401 }) });
    const url = `http://127.0.0.1:${server.port}`;
    const args = command === 'import' ? [url, ...placesIn(target)] : [join(dir, 'out'), '--tracking-uri', url];
    const { code, error } = await finished([modelyard, command, ...args], dir);
    expect(code).toBe(1);
    expect(error).toContain('Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD');
    expect(error).not.toContain('What was brought');
  });
});

describe('a full disk behind the output', () => {
  test.each(['import --help', 'completion bash'])('is told in a line by %s', async (command) => {
    const { code, error } = await finished(['sh', '-c', `"$0" ${command} > /dev/full`, modelyard], dir);
    expect(code).toBe(1);
    expect(error).toMatch(/^modelyard: the output cannot be written: .*\n$/);
  });
});
