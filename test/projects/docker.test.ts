/** Docker projects, with a program in PATH that is called docker and tells what it was asked. */
import { describe, expect, test } from 'bun:test';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder } from '../support/folders.ts';
import { mainOf, projectOf, testedProjects } from './support/project.ts';

/** Runs what comes behind the image by itself. */
const fake = `#!/bin/bash
printf '%s\\0' "$@" >> "$FAKE_LOG"; printf '\\n' >> "$FAKE_LOG"
case $1 in
info) [ -z "$FAKE_DOWN" ] || { echo 'Cannot connect to the engine.' >&2; exit 1; } ;;
run) while [ "$1" != image:1 ] && [[ "$1" != tested:* ]]; do shift; done; shift; exec "$@" ;;
esac
`;

const folder = freshFolder();
const log = join(folder, 'log');
writeFileSync(join(folder, 'docker'), fake);
chmodSync(join(folder, 'docker'), 0o755);
const env = { PATH: `${folder}:${process.env['PATH']}`, FAKE_LOG: log, FROM_HERE: 'here' };
const projects = testedProjects(env);

const docker = [
  'docker_env:',
  '  image: image:1',
  '  volumes: ["/data:/data:ro"]',
  '  environment: [["FIXED", "a b"], "FROM_HERE", "NOT_HERE"]',
];
const parameters = ['    parameters: {a: string}'];

function asked(): string[][] {
  const calls = readFileSync(log, 'utf8')
    .split('\0\n')
    .filter((one) => one !== '');
  writeFileSync(log, '');
  return calls.map((call) => call.split('\0'));
}

describe('a docker project', () => {
  test('runs in its image, with values as they are', async () => {
    const value = `it's $(id) "x"\nb`;
    const project = projectOf(mainOf(`printf '%s|' {a} "{a}"; echo`, ...parameters, ...docker));
    const { out, run } = await projects.ran(
      project,
      '-P',
      `a=${value}`,
      '-P',
      `b=${value}`,
      '-A',
      'gpus=all',
      '-A',
      't',
    );
    expect(out).toBe(`${value}|${value}|--b ${value}\n`);
    const [info, run_] = asked();
    expect(info?.slice(0, 1)).toEqual(['info']);
    const variables = [
      'FIXED=a b',
      'FROM_HERE=here',
      `MLFLOW_TRACKING_URI=${projects.url}`,
      `MLFLOW_RUN_ID=${run.runId}`,
      'MLFLOW_EXPERIMENT_ID=0',
    ];
    const options = ['--name', `modelyard-${run.runId}`, '--gpus', 'all', '-t', '-v', '/data:/data:ro'];
    expect(run_?.slice(0, run_.indexOf('image:1'))).toEqual([
      'run',
      '--rm',
      ...options,
      ...variables.flatMap((one) => ['-e', one]),
    ]);
    expect([run.tags['mlflow.project.env'], run.tags['mlflow.docker.image.uri']]).toEqual(['docker', 'image:1']);
  });

  test('gets an image that holds its files', async () => {
    const project = projectOf(mainOf('echo built', ...docker));
    const { out } = await projects.ran(project, '--build-image');
    const [, build, run] = asked();
    expect([out, build?.slice(0, 2), build?.at(-1)]).toEqual(['built\n', ['build', '-t'], project]);
    expect(build?.[2]).toMatch(/^tested:[0-9a-f]{7}$/);
    expect(run).toContain(build?.[2] ?? '');
  });

  test('that ends badly is FAILED', async () => {
    const { code, run } = await projects.run(projectOf(mainOf('exit 3', ...docker)));
    expect([code, run?.status]).toEqual([1, 'FAILED']);
    asked();
  });
});

describe('without an engine', () => {
  const project = projectOf(mainOf('echo', ...docker));

  test('there is a clear error and no run, whatever environment was asked for', async () => {
    for (const args of [[], ['--env-manager', 'local']]) {
      const { code, error } = await down(project, args);
      expect([code, error]).toEqual([
        1,
        'modelyard: this project runs in docker, whose engine does not answer: Cannot connect to the engine.\n',
      ]);
    }
  });
});

async function down(project: string, args: readonly string[]): Promise<{ code: number; error: string }> {
  const before = (await projects.runs()).length;
  const child = Bun.spawn([join(import.meta.dir, '../../bin/modelyard'), 'run', project, ...args], {
    env: { ...process.env, ...env, FAKE_DOWN: '1', MLFLOW_TRACKING_URI: projects.url },
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'pipe',
    timeout: 30_000,
  });
  const [code, error] = await Promise.all([child.exited, new Response(child.stderr).text()]);
  expect((await projects.runs()).length).toBe(before);
  return { code, error };
}
