/** A task runs again when something that it depends on changed, and only then. */
import { appendFileSync, cpSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'bun:test';
import { pipelineFolder, shellTask, type PipelineFolder } from './pipeline-folder.ts';

/** load → clean → report, and other beside them. */
function chain(): PipelineFolder {
  return pipelineFolder({
    'pipeline.yaml': `
tasks:
  - source: load.sh
    product: out/load.txt
    params: {rows: 3}
  - source: clean.sh
    product: out/clean.txt
  - source: report.sh
    product: out/report.txt
  - source: other.sh
    product: out/other.txt
`,
    'load.sh': `# {{rows}}\n${shellTask('load')}`,
    'clean.sh': shellTask('clean', 'load'),
    'report.sh': shellTask('report', 'clean'),
    'other.sh': shellTask('other'),
  });
}

const upToDate = { load: false, other: false, clean: false, report: false } as const;

let first: Promise<PipelineFolder> | undefined;

/** Built once and copied with its times: that a folder was moved changes nothing. */
async function built(): Promise<PipelineFolder> {
  first ??= (async () => {
    const folder = chain();
    await folder.build();
    return folder;
  })();
  const { dir } = await first;
  const copy = pipelineFolder({});
  cpSync(dir, copy.dir, { recursive: true, preserveTimestamps: true });
  return copy;
}

test('what was built is up to date', async () => {
  const folder = chain();
  expect(await folder.outdated()).toEqual({
    load: 'not built yet',
    other: 'not built yet',
    clean: 'not built yet',
    report: 'not built yet',
  });
  expect(await folder.build()).toEqual({
    load: 'executed: not built yet',
    other: 'executed: not built yet',
    clean: 'executed: not built yet',
    report: 'executed: not built yet',
  });
  expect(folder.read('out/report.txt')).toBe('report\nclean\nload\n');
  expect(await folder.outdated()).toEqual(upToDate);
  expect(new Set(Object.values(await folder.build()))).toEqual(new Set(['skipped: up to date']));
  expect(folder.read('ran').trim().split('\n')).toHaveLength(4);
});

test('a changed source runs with all that depends on it', async () => {
  const folder = await built();
  folder.write({ 'clean.sh': `${shellTask('clean', 'load')}echo more >> {{ product }}\n` });
  expect(await folder.outdated()).toEqual({ ...upToDate, clean: 'source changed', report: 'clean will run' });
  expect(await folder.build()).toEqual({
    load: 'skipped: up to date',
    other: 'skipped: up to date',
    clean: 'executed: source changed',
    report: 'executed: clean was run',
  });
});

test('comments and layout do not count', async () => {
  const folder = await built();
  folder.write({ 'clean.sh': `# Another comment\n\n${shellTask('clean', 'load')}` });
  expect(await folder.outdated()).toEqual(upToDate);
});

test('a changed param is named', async () => {
  const folder = await built();
  folder.write({ 'pipeline.yaml': folder.read('pipeline.yaml').replace('rows: 3', 'rows: 4') });
  expect(await folder.outdated()).toMatchObject({ load: 'param rows changed', clean: 'load will run', other: false });
});

test('numbers that JSON does not have are told apart', async () => {
  const folder = pipelineFolder({
    'env.yaml': 'limit: .inf\n',
    'pipeline.yaml': 'tasks:\n  - {source: a.sh, product: out/a, params: {limit: "{{limit}}"}}\n',
    'a.sh': 'echo {{ limit }} > {{ product }}\n',
  });
  await folder.build();
  expect(await folder.outdated()).toEqual({ a: false });
  folder.write({ 'env.yaml': 'limit: -.inf\n' });
  expect(await folder.outdated()).toEqual({ a: 'param limit changed' });
});

test('products that are missing or were changed by hand are made again', async () => {
  const folder = await built();
  folder.remove('out/clean.txt');
  expect(await folder.outdated()).toMatchObject({
    clean: 'product out/clean.txt is missing',
    report: 'clean will run',
  });
  await folder.build();
  appendFileSync(join(folder.dir, 'out/load.txt'), 'more');
  expect(await folder.outdated()).toMatchObject({ load: 'product out/load.txt was changed by hand' });
  await folder.build();
  expect(folder.read('out/report.txt')).toBe('report\nclean\nload\n');
});

test('a product that was only touched is the same', async () => {
  const folder = await built();
  const file = join(folder.dir, 'out/load.txt');
  utimesSync(file, new Date(), new Date(Date.now() + 60_000));
  expect(await folder.outdated()).toEqual(upToDate);
  writeFileSync(file, 'LOAD\n');
  expect(await folder.outdated()).toMatchObject({ load: 'product out/load.txt was changed by hand' });
});

test('what ran by itself makes old what depends on it', async () => {
  const folder = await built();
  await folder.out('task', 'load', '--force', '--no-record');
  expect(await folder.outdated()).toEqual({ ...upToDate, clean: 'load was run', report: 'clean will run' });
});

test('taking something else makes a task old', async () => {
  const folder = await built();
  folder.write({ 'pipeline.yaml': `${folder.read('pipeline.yaml')}    upstream: [load]\n` });
  expect(await folder.outdated()).toEqual({ ...upToDate, other: 'takes load now' });
  await folder.build();
  folder.write({ 'pipeline.yaml': folder.read('pipeline.yaml').replace('    upstream: [load]\n', '') });
  expect(await folder.outdated()).toEqual({ ...upToDate, other: 'no longer takes load' });
});

test('another place for products is another build, and the first is not forgotten', async () => {
  const folder = await built();
  const text = folder.read('pipeline.yaml');
  folder.write({ 'pipeline.yaml': text.replaceAll('out/', 'elsewhere/') });
  expect(new Set(Object.values(await folder.build()))).toEqual(new Set(['executed: not built yet']));
  folder.write({ 'pipeline.yaml': text });
  expect(await folder.outdated()).toEqual(upToDate);
});

test('a damaged state is no state', async () => {
  const folder = await built();
  for (const name of new Bun.Glob('.modelyard/pipeline/load.*.json').scanSync({ cwd: folder.dir, dot: true })) {
    folder.write({ [name]: '{' });
  }
  expect(await folder.outdated()).toMatchObject({ load: 'not built yet' });
});

test("what a machine that went down has left damaged is in nobody's way", async () => {
  const folder = pipelineFolder({
    'pipeline.yaml': 'tasks:\n  - {source: a.sh, product: out/a}\n',
    'a.sh': shellTask('a'),
  });
  for (const text of ['', 'null', '{}', '{"pid"']) {
    folder.write({ '.modelyard/pipeline/lock': text, '.modelyard/pipeline/last-build.pipeline.yaml.json': text });
    await folder.out('report');
    expect(await folder.build('--force')).toEqual({ a: 'executed: forced' });
  }
});

test('parts of a pipeline are built with what they need, or without it', async () => {
  const folder = chain();
  const [fault] = await folder.faults('build', '--no-record', '--partially', 'clean', '--skip-upstream');
  expect(fault).toBe(
    'modelyard: clean takes out/load.txt of load, which is not there. Build it first: modelyard pipeline build --partially clean',
  );
  expect(await folder.build('--partially', 'cl*')).toEqual({
    load: 'executed: not built yet',
    clean: 'executed: not built yet',
  });
  expect(await folder.build('--partially', 'clean', '--skip-upstream', '--force')).toEqual({
    clean: 'executed: forced',
  });
  expect(await folder.build('-p', 'other', '-p', 'load')).toEqual({
    load: 'skipped: up to date',
    other: 'executed: not built yet',
  });
  expect(Object.values(await folder.build('--force')).every((state) => state === 'executed: forced')).toBe(true);
  expect(await folder.faults('build', '--skip-upstream')).toEqual([
    'modelyard: --skip-upstream goes with --partially TASK',
  ]);
  expect(await folder.faults('build', '--partially', 'claen')).toEqual([
    "modelyard: There is no task claen. Did you mean 'clean'?",
  ]);
});

test('one task is run or looked at by its name', async () => {
  const folder = await built();
  expect(await folder.out('task', 'clean', '--status', '--json')).toContain('"outdated": false');
  const { code, error } = await folder.run('task', 'clean', '--no-record');
  expect([code, error]).toEqual([0, 'Everything is up to date; --force runs it all the same.\n']);
});

test('a file that is named as a resource counts by its content', async () => {
  const folder = pipelineFolder({
    'pipeline.yaml':
      'tasks:\n  - {source: a.sh, product: out, params: {resources_: {file: data/in.csv}}}\n  - {source: b.sh, product: out2}\n',
    'a.sh': 'cat data/in.csv > {{ product }} # {{ resources_ }}\n',
    'b.sh': shellTask('b'),
  });
  const [fault] = await folder.faults('build');
  expect(fault).toBe(`modelyard: pipeline.yaml: task a.sh: its resource data/in.csv is not in ${folder.dir}.`);
  folder.write({ 'data/in.csv': 'a' });
  await folder.build();
  expect(await folder.outdated()).toEqual({ a: false, b: false });
  folder.write({ 'data/in.csv': 'b' });
  expect(await folder.outdated()).toEqual({ a: 'resource data/in.csv changed', b: false });
});
