/** What a failure, a kill and a second build leave behind. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'bun:test';
import { pipelineFolder, shellTask, until, type PipelineFolder } from './pipeline-folder.ts';

/** load → fit → report, and other beside them; fit writes half of its product and then waits for the file `go`. */
function waiting(): PipelineFolder {
  return pipelineFolder({
    'pipeline.yaml': `tasks:
  - {source: load.sh, product: out/load}
  - {source: fit.sh, product: out/fit}
  - {source: report.sh, product: out/report}
`,
    'load.sh': shellTask('load'),
    'fit.sh': `cat {{ upstream["load"] }} > {{ product }}
echo $$ > pid
while [ ! -e go ]; do sleep 0.05; done
echo whole >> {{ product }}
`,
    'report.sh': shellTask('report', 'fit'),
  });
}

function isAlive(folder: PipelineFolder): boolean {
  const pid = readFileSync(join(folder.dir, 'pid'), 'utf8').trim();
  const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : ') Z';
  return !/\) Z/.test(stat);
}

async function begun(folder: PipelineFolder): Promise<void> {
  await until(() => existsSync(join(folder.dir, 'pid')) && folder.read('pid') !== '');
}

const onlyLoadIsDone = { load: false, fit: 'did not end well before', report: 'not built yet' } as const;

test('what does not depend on a failure goes on, and the next build goes on from there', async () => {
  const folder = pipelineFolder({
    'pipeline.yaml': `tasks:
  - {source: load.sh, product: out/load}
  - {source: fit.sh, product: out/fit}
  - {source: report.sh, product: out/report}
  - {source: last.sh, product: out/last}
  - {source: other.sh, product: out/other}
  - {source: beside.sh, product: out/beside}
`,
    'load.sh': shellTask('load'),
    'fit.sh': `${shellTask('fit', 'load')}echo "no such column" >&2\nexit 3\n`,
    'report.sh': shellTask('report', 'fit'),
    'last.sh': shellTask('last', 'report'),
    'other.sh': shellTask('other'),
    'beside.sh': shellTask('beside', 'other', 'load'),
  });
  const { code, error, out } = await folder.run('build', '--no-record', '--jobs', '2');
  expect(code).toBe(1);
  expect(error).toContain('\nfit failed\n');
  expect(error).toContain('no such column');
  expect(out).toMatch(/^fit\tfailed\t/m);
  expect(out).toMatch(/^report\tblocked\t\t\tfit failed$/m);
  expect(out).toMatch(/^last\tblocked\t\t\tfit failed$/m);
  expect(out).toMatch(/^beside\tyes\t/m);

  folder.write({ 'fit.sh': shellTask('fit', 'load') });
  expect(await folder.build()).toEqual({
    load: 'skipped: up to date',
    other: 'skipped: up to date',
    beside: 'skipped: up to date',
    fit: 'executed: did not end well before',
    report: 'executed: not built yet',
    last: 'executed: not built yet',
  });
});

test('a product that is not made is a failure', async () => {
  const folder = pipelineFolder({
    'pipeline.yaml': 'tasks:\n  - {source: a.sh, product: out/a}\n',
    'a.sh': 'echo nothing\n',
  });
  const { code, error } = await folder.run('build', '--no-record');
  expect(code).toBe(1);
  expect(error).toContain('out/a');
});

test('a product whose folder cannot be made is a failure that says so', async () => {
  const folder = pipelineFolder({
    'pipeline.yaml': 'tasks:\n  - {source: a.sh, product: out/below/a}\n',
    'a.sh': shellTask('a'),
    out: 'a file',
  });
  const { code, error } = await folder.run('build', '--no-record');
  expect([code, error]).toEqual([1, expect.stringMatching(/\na failed\n.*mkdir '.*\/out\/below'\n$/) as string]);
});

test('a check after the task fails it', async () => {
  const folder = pipelineFolder({
    'pipeline.yaml': `tasks:
  - {source: tasks.load, product: out/a, params: {rows: 3}, on_finish: hooks.check}
  - {source: next.sh, product: out/next, upstream: [load]}
`,
    'tasks.py': 'def load(product, rows):\n    open(str(product), "w").write("x" * rows)\n',
    'hooks.py':
      'def check(product, params):\n    assert len(open(str(product)).read()) == params["rows"] + 1, "too short"\n',
    'next.sh': shellTask('next'),
  });
  const { code, error } = await folder.run('build', '--no-record');
  expect([code, error]).toEqual([1, expect.stringContaining('AssertionError: too short') as string]);
  expect(await folder.outdated()).toEqual({ load: 'did not end well before', next: 'not built yet' });
});

test('Ctrl-C ends the tasks that run and their processes', async () => {
  const folder = waiting();
  const build = folder.start('build', '--no-record');
  await begun(folder);
  build.kill('SIGINT');
  expect(await build.exited).toBe(130);
  await until(() => !isAlive(folder));
  expect(await folder.outdated()).toEqual(onlyLoadIsDone);
});

test('a product half written by a build that was killed is not taken for done, and its lock is taken over', async () => {
  const folder = waiting();
  const build = folder.start('build', '--no-record');
  await begun(folder);
  build.kill('SIGKILL');
  await build.exited;
  expect(folder.read('out/fit')).toBe('load\n');
  expect(await folder.outdated()).toEqual(onlyLoadIsDone);
  writeFileSync(join(folder.dir, 'go'), '');
  await until(() => !isAlive(folder));
  expect(await folder.build()).toEqual({
    load: 'skipped: up to date',
    fit: 'executed: did not end well before',
    report: 'executed: not built yet',
  });
  expect(folder.read('out/report')).toBe('report\nload\nwhole\n');
});

test('a daemon that a task leaves does not hold up the build', async () => {
  const folder = pipelineFolder({
    'pipeline.yaml': 'tasks:\n  - {source: a.sh, product: out/a}\n',
    // Only once it is in a session of its own does it outlive the task.
    'a.sh': `setsid sh -c "touch away; while [ ! -e stop ]; do sleep 0.05; done; touch stopped" &
for i in $(seq 400); do [ -e away ] && break; sleep 0.05; done
echo began; touch {{ product }}
`,
  });
  expect(await folder.start('build', '--no-record').exited).toBe(0);
  expect(existsSync(join(folder.dir, 'stopped'))).toBe(false);
  folder.write({ stop: '' });
  await until(() => existsSync(join(folder.dir, 'stopped')));
});

test('a second build of the same folder is refused while the first works', async () => {
  const folder = waiting();
  const build = folder.start('build', '--no-record');
  await begun(folder);
  const [fault] = await folder.faults('build', '--no-record');
  expect(fault).toMatch(/is being built already \(process \d+, since .*\)\. Wait for its end, or end it\.$/);
  // Looking is not refused.
  expect(await folder.outdated()).toEqual({ ...onlyLoadIsDone, fit: 'runs now' });
  writeFileSync(join(folder.dir, 'go'), '');
  expect(await build.exited).toBe(0);
});

test('as many tasks run at a time as are allowed', async () => {
  const meet = (mine: string, other: string): string => `touch ${mine}
for i in $(seq 400); do [ -e ${other} ] && break; sleep 0.05; done
[ -e ${other} ] && echo met > {{ product }} || echo alone > {{ product }}
`;
  const folder = pipelineFolder({
    'pipeline.yaml':
      'tasks:\n  - {source: a.sh, product: out/a}\n  - {source: b.sh, product: out/b}\n  - {source: c.sh, product: out/c}\n',
    'a.sh': meet('a', 'b'),
    'b.sh': meet('b', 'a'),
    'c.sh': 'ls running* 2> /dev/null && exit 1; touch running; rm running; touch {{ product }}\n',
  });
  await folder.build('--jobs', '2');
  expect([folder.read('out/a'), folder.read('out/b')]).toEqual(['met\n', 'met\n']);
  const [fault] = await folder.faults('build', '--jobs', 'many');
  expect(fault).toBe("modelyard: --jobs takes a whole number from 1 on, not 'many'");
});
