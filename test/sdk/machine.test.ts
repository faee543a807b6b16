/** What a run tells of the machine and the code it runs on, in each runtime. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSdk } from '../../scripts/build-sdk.ts';
import { getRun, setTrackingUri } from '../../src/sdk/node/index.ts';
import { freshFolder, removeFolder } from '../support/folders.ts';
import { startServer, type TestServer } from '../support/start-server.ts';
import { runScript, runtimes } from './support/script.ts';

let server: TestServer;
let folder: string;

beforeAll(async () => {
  await buildSdk();
  server = await startServer();
  setTrackingUri(server.url);
  folder = freshFolder();
}, 60_000);

afterAll(async () => {
  await server.kill();
  removeFolder(folder);
});

function git(...words: string[]): string {
  const { exitCode, stdout, stderr } = Bun.spawnSync(['git', ...words], { cwd: folder });
  if (exitCode !== 0) throw new Error(stderr.toString());
  return stdout.toString().trim();
}

describe.each(runtimes)('%s', (runtime) => {
  /** The run that the program makes, by the id that it prints. */
  async function runOf(source: string, env: Record<string, string> = {}) {
    const where = { MLFLOW_TRACKING_URI: server.url, MODELYARD_SPOOL: join(folder, 'spool'), ...env };
    const { code, out, error } = await runScript(folder, source, where, runtime).finished;
    expect([code, error]).toEqual([0, '']);
    return getRun(out.trim());
  }

  test('system metrics have the names of the Python client, those of GPUs where nvidia-smi tells of some', async () => {
    const smi = join(folder, 'nvidia-smi');
    writeFileSync(smi, '#!/bin/sh\necho "35, 1000, 4000, 50.0, 200.0"\necho "0, 0, 4000, [N/A], [N/A]"\n');
    chmodSync(smi, 0o755);
    const program = `
      import { startRun } from 'modelyard';
      const run = await startRun({ logSystemMetrics: true }, (run) => run);
      console.log(run.runId);`;
    const { data } = await runOf(program, { PATH: `${folder}:${process.env['PATH']}` });
    const names = Object.keys(data.metrics).map((name) => name.replace(/^system\//, ''));
    expect(names.toSorted()).toEqual([
      'cpu_utilization_percentage',
      'disk_available_megabytes',
      'disk_usage_megabytes',
      'disk_usage_percentage',
      'gpu_0_memory_usage_megabytes',
      'gpu_0_memory_usage_percentage',
      'gpu_0_power_usage_percentage',
      'gpu_0_power_usage_watts',
      'gpu_0_utilization_percentage',
      'gpu_1_memory_usage_megabytes',
      'gpu_1_memory_usage_percentage',
      'gpu_1_utilization_percentage',
      'network_receive_megabytes',
      'network_transmit_megabytes',
      'system_memory_usage_megabytes',
      'system_memory_usage_percentage',
    ]);
    expect(data.metrics).toMatchObject({
      'system/gpu_0_utilization_percentage': 35,
      'system/gpu_0_memory_usage_megabytes': 1048.576,
      'system/gpu_0_memory_usage_percentage': 25,
      'system/gpu_0_power_usage_percentage': 25,
    });
    expect(data.metrics['system/disk_usage_percentage']).toBeWithin(0, 100);
    expect(data.metrics['system/system_memory_usage_percentage']).toBeWithin(0, 100);
  }, 60_000);

  test('tags say which code ran: the file, its commit, branch, repository, and whether it was changed since', async () => {
    git('init', '--quiet', '--initial-branch', `work-${runtime}`);
    writeFileSync(join(folder, 'notes.txt'), runtime);
    git('add', 'notes.txt');
    git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--message', 'notes');
    git('config', 'remote.origin.url', 'https://me:secret@example.com/work.git');
    const program = `
      import { startRun } from 'modelyard';
      console.log((await startRun({}, (run) => run)).runId);`;
    const clean = (await runOf(program)).data.tags;
    expect(clean).toMatchObject({
      'mlflow.source.type': 'LOCAL',
      'mlflow.source.git.commit': git('rev-parse', 'HEAD'),
      'mlflow.source.git.branch': git('rev-parse', '--abbrev-ref', 'HEAD'),
      'mlflow.source.git.dirty': 'false',
      'mlflow.source.git.repoURL': 'https://example.com/work.git',
    });
    expect(clean['mlflow.source.name']).toStartWith(join(folder, 'script-'));
    writeFileSync(join(folder, 'notes.txt'), 'changed');
    expect((await runOf(program)).data.tags['mlflow.source.git.dirty']).toBe('true');
  }, 60_000);
});
