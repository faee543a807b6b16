/** `modelyard run` on folders: what is started, what is recorded, and how it ends. */
import { describe, expect, test } from 'bun:test';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder } from '../support/folders.ts';
import { onTerminal } from '../cli/support/cli.ts';
import { finished, runModelyard } from '../support/run-modelyard.ts';
import { cleanEnvironment, modelyard, startServer } from '../support/start-server.ts';
import { within } from '../support/within.ts';
import { Client } from '../../src/sdk/index.ts';
import { eventually } from '../support/eventually.ts';
import { mainOf, projectOf, testedProjects } from './support/project.ts';

const projects = testedProjects();
const local = ['--env-manager', 'local'];

const shown = {
  mLPrOjEcT: `name: shown
entry_points:
  main:
    parameters:
      alpha: {type: float, default: 0.1}
      data: path
      flag: {type: string, default: true}
      n: {default: 3}
      where: {type: uri, default: "http://host/y"}
    command: "python3 show.py {alpha} {data} \\"flag {flag}\\" '{n}' {where}"
  other:
    command: "python3 show.py other"
`,
  'show.py': `import os, sys, json
print(json.dumps([sys.argv[1:], os.getcwd(), {k: os.environ[k] for k in os.environ if k.startswith('MLFLOW_')}]))
`,
};

describe('a project in a folder', () => {
  test('runs with its parameters and is recorded as MLflow records it', async () => {
    const folder = projectOf(shown);
    writeFileSync(join(projects.cli.dir, 'rows.csv'), '1');
    const given = ['-P', 'data=rows.csv', '-P', 'alpha=0.5', '-P', 'extra=two words'];
    const { out, error, run } = await projects.ran(folder, ...given, ...local, '--run-name', 'first');
    const [argv, cwd, env] = JSON.parse(out) as [string[], string, Record<string, string>];
    const data = join(projects.cli.dir, 'rows.csv');
    expect(argv).toEqual(['0.5', data, 'flag True', '3', 'http://host/y', '--extra', 'two words']);
    expect(cwd).toBe(folder);
    expect(env).toEqual({ MLFLOW_TRACKING_URI: projects.url, MLFLOW_RUN_ID: run.runId, MLFLOW_EXPERIMENT_ID: '0' });
    expect(run.status).toBe('FINISHED');
    expect(run.params).toEqual({
      alpha: '0.5',
      data: 'rows.csv',
      flag: 'True',
      n: '3',
      where: 'http://host/y',
      extra: "'two words'",
    });
    expect(run.tags).toEqual({
      'mlflow.user': run.tags['mlflow.user'] ?? '',
      'mlflow.runName': 'first',
      'mlflow.source.name': folder,
      'mlflow.source.type': 'PROJECT',
      'mlflow.project.entryPoint': 'main',
      'mlflow.project.backend': 'local',
    });
    expect(error).toContain(`run first finished`);
    expect(error).toContain(`/#/experiments/0/runs/${run.runId}`);
    expect(await projects.text(run.runId, 'logs/output.txt')).toBe(out);
  });

  test('runs another entry point, in an experiment that is made', async () => {
    const { code, out } = await projects.run(projectOf(shown), '-e', 'other', '--experiment-name', 'made', ...local);
    expect([code, (JSON.parse(out) as unknown[])[0]]).toEqual([0, ['other']]);
    const { experiment } = await projects.client.getExperimentByName({ experiment_name: 'made' });
    const [run] = await projects.runs(experiment?.experiment_id);
    expect(run?.tags['mlflow.project.entryPoint']).toBe('other');
  });

  test('goes on with a run that is there', async () => {
    const { run } = await projects.client.createRun({ experiment_id: '0' });
    const runId = run?.info?.run_id ?? '';
    const { code } = await projects.cli.run(
      'run',
      projectOf(shown),
      '-e',
      'other',
      '-P',
      'a=1',
      '--run-id',
      runId,
      ...local,
    );
    const found = (await projects.runs()).find((one) => one.runId === runId);
    expect([code, found?.status, found?.params]).toEqual([0, 'FINISHED', {}]);
    expect(Object.keys(found?.tags ?? {})).not.toContain('mlflow.project.entryPoint');
    expect(found?.tags['mlflow.project.backend']).toBe('local');
  });

  test('runs scripts without a file MLproject', async () => {
    const folder = projectOf({ 'a.sh': 'printf "%s|" "$0" "$@"', 'sub/b.py': 'import sys; print(sys.argv)' });
    expect((await projects.ran(folder, '-e', 'a.sh', '-P', 'x=1 2', ...local)).out).toBe('a.sh|--x|1 2|');
    const { out, run } = await projects.ran(`file://${folder}#sub`, '-e', 'b.py', ...local);
    expect([out, run.tags['mlflow.source.name']]).toEqual(["['b.py']\n", `${folder}#sub`]);
  });

  test('runs steps that run others', async () => {
    const steps = ['  step:', '    parameters: {n: float}', '    command: "echo step {n}"'];
    const command = `${modelyard} run . -e step --env-manager local -P n=2 && echo main`;
    const { out, run } = await projects.ran(projectOf(mainOf(command, ...steps)), ...local);
    const child = (await projects.runs()).find(({ tags }) => tags['mlflow.parentRunId'] === run.runId);
    expect([out, child?.status, child?.params]).toEqual(['step 2\nmain\n', 'FINISHED', { n: '2' }]);
  });
});

describe('what is wrong is told before there is a run', () => {
  const file = mainOf('echo {a}', '    parameters:', '      a: {type: float}', '      b: {type: int, default: 1}');
  const folder = projectOf(file);
  const broken = projectOf({ MLproject: 'name: x\nentry_points: [\n' });
  const missing = projectOf({ ...file, MLproject: `${file['MLproject']}python_env: none.yaml\n` });
  const cases: readonly (readonly [string, readonly string[], number, RegExp])[] = [
    ['a parameter is missing', [folder], 1, /parameter a of main: -P a=…\nParameters of main: a \(float\), b \(int/],
    ['no number', [folder, '-P', 'a=x'], 1, /parameter a must be a number, not "x"/],
    ['no whole number', [folder, '-P', 'a=1', '-P', 'b=1.5'], 1, /b must be a whole number/],
    ['a name that is none', [folder, '-P', 'a=1', '-P', 'k$(id)=1'], 1, /"k\$\(id\)" can be no parameter/],
    ['no such entry point', [folder, '-e', 'nope'], 1, /no entry point 'nope'.* Entry points: main/],
    ['a file that is no YAML', [broken], 1, /MLproject, line 3, column 1/],
    ['an environment that is not there', [missing, '-P', 'a=1'], 1, /names the environment none\.yaml/],
    ['a file', [join(folder, 'MLproject')], 1, /MLproject is a file\. Give the folder that it lies in: \//],
    ['an address of no folder', ['file:///%ff'], 1, /no address of a folder of this machine/],
    ['no such folder', ['/nowhere/at/all'], 1, /no project at \/nowhere\/at\/all/],
    ['a subfolder that leads out', [`${folder}#../x`], 1, /without \. and \.\./],
    ['no such subfolder', [`${folder}#sub`], 1, /no folder sub/],
    ['a version of no repository', [folder, '-v', 'v1'], 1, /in no git repository/],
    ['an environment manager', [folder, '-P', 'a=1', '--env-manager', 'pipenv'], 1, /takes local, uv/],
    ['a parameter without a value', [folder, '-P', 'a'], 2, /-P takes name=value, not 'a'/],
    ['a parameter twice', [folder, '-P', 'a=1', '-P', 'a=2'], 2, /names 'a' twice/],
    ['two experiments', [folder, '--experiment-name', 'a', '--experiment-id', '0'], 2, /Leave one out/],
    ['a configuration', [folder, '-c', '{'], 2, /--backend-config takes a JSON file/],
    ['no project', [], 2, /run needs URI/],
    ['another option', ['--upload-pack=x'], 2, /Unknown option/],
  ];
  test.each(cases)('%s', async (_, args, code, message) => {
    const { run, ...ended } = await projects.run(...args);
    expect([ended.code, run]).toEqual([code, undefined]);
    expect(ended.error).toMatch(message);
    expect(ended.error).not.toContain('    at ');
  });
});

test('a deleted experiment is told of', async () => {
  const { experiment_id: id = '' } = await projects.client.createExperiment({ name: 'gone' });
  await projects.client.deleteExperiment({ experiment_id: id });
  for (const [args, env] of [
    [['--experiment-name', 'gone'], {}],
    [[], { MLFLOW_EXPERIMENT_NAME: 'gone' }],
  ] as const) {
    const { code, error } = await runModelyard(['run', projectOf(mainOf('true')), ...local, ...args], {
      dir: projects.cli.dir,
      env: { MLFLOW_TRACKING_URI: projects.url, ...env },
    });
    expect([code, error]).toEqual([
      1,
      'modelyard: The experiment "gone" is deleted. Restore it, or choose another name.\n',
    ]);
  }
});

describe('what fails after that leaves the run FAILED, with the reason', () => {
  const cases: readonly (readonly [string, string, readonly string[], RegExp])[] = [
    ['a bad exit', 'echo before; echo broken >&2; exit 7', [], /^the command ended with exit code 7: broken$/],
    ['a placeholder', 'echo {nope}', [], /names {nope}/],
    ['a path that is not there', 'echo {p}', ['-P', 'p=nothing'], /nothing is not\.$/],
    ['a path that is empty', 'echo {p}', ['-P', 'p='], /parameter p must be a file or folder/],
    ['a uri that is none', 'echo {u}', ['-P', 'p=.', '-P', 'u=plain'], /parameter u must be an address/],
    ['a download', 'echo {p}', ['-P', 'p=http://127.0.0.1:9/x'], /cannot be downloaded/],
    ['a backend', 'echo', ['-b', 'slurm'], /no backend 'slurm'/],
  ];
  test.each(cases)('%s', async (_, command, args, message) => {
    const parameters = [
      '    parameters:',
      '      p: {type: path, default: .}',
      '      u: {type: uri, default: "s3://b"}',
    ];
    const { code, error, run } = await projects.run(projectOf(mainOf(command, ...parameters)), ...args, ...local);
    expect([code, run?.status]).toEqual([1, 'FAILED']);
    expect(run?.tags['modelyard.project.failure']).toMatch(message);
    expect(error).toContain(run?.tags['modelyard.project.failure'] ?? '-');
  });

  test('no command', async () => {
    const { run } = await projects.run(projectOf({ MLproject: 'entry_points: {main: {}}' }), ...local);
    expect([run?.status, run?.tags['modelyard.project.failure']]).toEqual([
      'FAILED',
      'the entry point main has no command.',
    ]);
    expect(run?.tags['mlflow.project.backend']).toBeUndefined();
  });

  test('a run that was deleted meanwhile is told of', async () => {
    const body = '"{{\\"run_id\\": \\"$MLFLOW_RUN_ID\\"}}"';
    const command = `curl -sf -X POST -H 'content-type: application/json' -d ${body} $MLFLOW_TRACKING_URI/api/2.0/mlflow/runs/delete`;
    const { code, error } = await projects.run(projectOf(mainOf(command)), ...local);
    expect(code).toBe(1);
    expect(error).toContain('the run was deleted while the project ran: that it is FINISHED is not recorded.');
  });

  test('but a KILLED set by the project itself stays', async () => {
    const body = '{\\"run_id\\": \\"$MLFLOW_RUN_ID\\", \\"status\\": \\"KILLED\\"}'
      .replaceAll('{', '{{')
      .replaceAll('}', '}}');
    const command = `curl -sf -X POST -H 'content-type: application/json' -d "${body}" $MLFLOW_TRACKING_URI/api/2.0/mlflow/runs/update`;
    const { code, run } = await projects.run(projectOf(mainOf(command)), ...local);
    expect([code, run?.status]).toEqual([1, 'KILLED']);
  });
});

describe('values', () => {
  const values = [`it's "q" $(touch injected) \`touch injected\` ; touch injected`, 'a\nb', '$HOME *', '-x', 'é🎉', ''];
  test.each(values)('%p arrives as it is', async (value) => {
    const show = 'import sys, json; print(json.dumps(sys.argv[1:]))';
    const files = { ...mainOf(`python3 show.py {a} "{a}" '{a}'`, '    parameters: {a: string}'), 'show.py': show };
    const folder = projectOf(files);
    const { out, run } = await projects.ran(folder, '-P', `a=${value}`, '-P', `b=${value}`, ...local);
    expect(JSON.parse(out)).toEqual([value, value, value, '--b', value]);
    expect(run.params['a']).toBe(/^[-]x$/.test(value) ? '-x' : `'${value.replaceAll("'", `'"'"'`)}'`);
    expect([folder, projects.cli.dir].some((one) => Bun.file(join(one, 'injected')).size > 0)).toBe(false);
  });

  test('of type path that are defaults may lie in the project', async () => {
    const parameters = '    parameters: {a: {type: path, default: own.txt}, b: {type: path, default: both.txt}}';
    const folder = projectOf({ ...mainOf('cat {a} {b}', parameters), 'own.txt': 'own ', 'both.txt': 'project' });
    writeFileSync(join(projects.cli.dir, 'both.txt'), 'caller');
    expect((await projects.ran(folder, ...local)).out).toBe('own caller');
    expect((await projects.run(folder, '-P', 'a=own.txt', ...local)).run?.status).toBe('FAILED');
  });

  test('of type path are downloaded, to stay where the caller says', async () => {
    const { run } = await projects.client.createRun({ experiment_id: '0' });
    const runId = run?.info?.run_id ?? '';
    writeFileSync(join(projects.cli.dir, 'kept.txt'), 'kept');
    await projects.cli.out('artifacts', 'log-artifact', '-l', 'kept.txt', '--run-id', runId, '-a', 'data');
    const folder = projectOf(mainOf('cat {f}; echo {f}', '    parameters: {f: path}'));
    const uri = `runs:/${runId}/data/kept.txt`;
    const store = freshFolder();
    const first = await projects.ran(folder, '-P', `f=${uri}`, '--storage-dir', store, ...local);
    const path = first.out.trim().replace(/^kept/, '');
    expect(path).toMatch(new RegExp(`^${store}/tmp[^/]+/param_0/kept\\.txt$`));
    expect([readFileSync(path, 'utf8'), first.run.params['f']]).toEqual(['kept', uri]);
    const second = await projects.ran(folder, '-P', `f=${uri}`, ...local);
    expect(Bun.file(second.out.trim().replace(/^kept/, '')).size).toBe(0);
  });
});

describe('what a project writes', () => {
  test('is shown on the stream that it chose, and kept', async () => {
    const folder = projectOf(mainOf('echo one; echo two >&2; printf three'));
    const { out, error, run } = await projects.ran(folder, ...local);
    expect([out, error.includes('\ntwo\n')]).toEqual(['one\nthree', true]);
    const kept = await projects.text(run.runId, 'logs/output.txt');
    expect([kept.length, ...['one\n', 'two\n', 'three'].map((word) => kept.includes(word))]).toEqual([
      13,
      true,
      true,
      true,
    ]);
  });

  test('does not run into what we say', async () => {
    const folder = projectOf(mainOf('printf out; printf err >&2; : {a}', '    parameters: {a: string}'));
    const { out, error } = await projects.ran(folder, '-P', `a=${'x'.repeat(5000)}`, ...local);
    expect([out, error.includes('err\nmodelyard: run ')]).toEqual(['out', true]);
    expect(error).toContain('x … (5030 characters)\n');
    const env = { MLFLOW_TRACKING_URI: projects.url };
    const text = await onTerminal(['run', folder, '-P', 'a=x', ...local], { dir: projects.cli.dir, env });
    expect(text).toMatch(/(outerr|errout)\n\S*modelyard: run /);
  });

  test('of very much, the beginning and the end are kept', async () => {
    const folder = projectOf(mainOf('echo first; seq 10000000; echo last'));
    const { run } = await projects.ran(folder, ...local, '--json');
    const kept = await projects.text(run.runId, 'logs/output.txt');
    expect(kept.length).toBeLessThan(50_000_000);
    expect([kept.slice(0, 10), kept.slice(-14)]).toEqual(['first\n1\n2\n', '10000000\nlast\n']);
    expect(kept).toMatch(/\n\[\d+ bytes are left out here\]\n/);
  });

  test('is kept when nobody reads it any more', async () => {
    const folder = projectOf(mainOf('seq 200000; echo last'));
    const { code } = await finished(['sh', '-c', '"$0" run "$@" --env-manager local | head -1', modelyard, folder], {
      dir: projects.cli.dir,
      env: { MLFLOW_TRACKING_URI: projects.url },
      limit: 30_000,
    });
    const run = (await projects.runs()).find(({ tags }) => tags['mlflow.source.name'] === folder);
    expect([code, run?.status]).toEqual([0, 'FINISHED']);
    expect((await projects.text(run?.runId ?? '', 'logs/output.txt')).slice(-12)).toBe('200000\nlast\n');
  });

  test('does not mix with JSON', async () => {
    const { code, out } = await projects.run(projectOf(mainOf('echo hello')), ...local, '--json');
    expect([code, (JSON.parse(out) as { status: string }).status]).toEqual([0, 'FINISHED']);
  });
});

test('describe tells entry points and parameters', async () => {
  const folder = projectOf(shown);
  expect(await projects.cli.json('projects', 'describe', folder)).toEqual({
    name: 'shown',
    environment: 'uv',
    version: '',
    entry_points: [
      {
        name: 'main',
        command: `python3 show.py {alpha} {data} "flag {flag}" '{n}' {where}`,
        parameters: [
          { name: 'alpha', type: 'float', default: '0.1' },
          { name: 'data', type: 'path' },
          { name: 'flag', type: 'string', default: 'True' },
          { name: 'n', type: 'string', default: '3' },
          { name: 'where', type: 'uri', default: 'http://host/y' },
        ],
      },
      { name: 'other', command: 'python3 show.py other', parameters: [] },
    ],
  });
  expect(await projects.cli.out('projects', 'describe', folder)).toContain('main\tdata\tpath\t(must be given)\n');
});

test('a server that is away for a moment gets the end of the run', async () => {
  const dir = freshFolder();
  const folder = projectOf(mainOf('touch started; until [ -e go ]; do sleep 0.05; done'));
  const first = await startServer([], { dir });
  const command = [modelyard, 'run', folder, ...local];
  const env = { ...cleanEnvironment(), MLFLOW_TRACKING_URI: first.url };
  const child = Bun.spawn(command, { cwd: dir, env, stdin: 'ignore', stdout: 'ignore', stderr: 'ignore' });
  await eventually(() => existsSync(join(folder, 'started')));
  await first.kill();
  writeFileSync(join(folder, 'go'), '');
  await using second = Object.assign(await startServer(['--port', String(first.port)], { dir }), {
    async [Symbol.asyncDispose](): Promise<void> {
      await second.stop();
    },
  });
  expect(await within(60_000, child.exited)).toBe(0);
  const { runs } = await new Client({ trackingUri: second.url }).searchRuns({ experiment_ids: ['0'] });
  expect(runs.map(({ info }) => info?.status)).toEqual(['FINISHED']);
});

test('a job is begun once, and leaves its run and its end', async () => {
  const job = freshFolder();
  const folder = projectOf(mainOf('echo hello'));
  const { run } = await projects.ran(folder, ...local, '--job-folder', job);
  const read = (name: string): unknown => JSON.parse(readFileSync(join(job, name), 'utf8'));
  expect(read('run.json')).toEqual({ run_id: run.runId, experiment_id: '0' });
  expect(read('result.json')).toEqual({ exit_code: 0, status: 'FINISHED', message: '' });
  expect(Object.keys(read('started') as object)).toEqual(['pid', 'startTime']);
  const again = await projects.run(folder, ...local, '--job-folder', job);
  expect([again.code, again.run, again.out]).toEqual([3, undefined, '']);
  const other = join(freshFolder(), 'job');
  mkdirSync(other, { recursive: true });
  expect((await projects.run(folder, '-e', 'nope', '--job-folder', other)).code).toBe(1);
  const { message } = JSON.parse(readFileSync(join(other, 'result.json'), 'utf8')) as { message: string };
  expect(message).toContain("no entry point 'nope'");
});
