/**
 * Measures `mlflow run` and `modelyard run` side by side, from the command to the start of the project's own process:
 * `bun bench/projects.ts [--times 7] [--python .venv/bin/python]`. A project without an environment, and one whose
 * environment with scikit-learn is built from nothing, packages lying in the download caches of both. Both record on the
 * same server, Modelyard's. mlflow builds environments with `pyenv`, which must be in PATH.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { aligned, amount } from './report.ts';
import { RunningSystem } from './system.ts';

const root = join(import.meta.dir, '..');
const { values: options } = parseArgs({
  args: process.argv.slice(2),
  options: {
    times: { type: 'string', default: '7' },
    python: { type: 'string', default: join(root, '.venv/bin/python') },
  },
});
const bin = dirname(options.python);
const folder = mkdtempSync(join(tmpdir(), 'bench-projects-'));
const commands = {
  mlflow: [join(bin, 'mlflow'), 'run'],
  modelyard: [join(root, 'bin/modelyard'), 'run'],
} as const;
type Name = keyof typeof commands;
const names = ['mlflow', 'modelyard'] as const;
/** Where environments are built, emptied before each; both find downloaded packages in caches beside it. */
const built = join(folder, 'built');
const started = join(folder, 'started');

/** Seconds from the command to the time that the project's process writes first. */
function secondsToStart(name: Name, server: string, args: readonly string[]): number {
  rmSync(started, { force: true });
  const begin = Date.now();
  const { exitCode, stderr } = Bun.spawnSync([...commands[name], ...args], {
    cwd: folder,
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'pipe',
    timeout: 600_000,
    env: {
      ...process.env,
      PATH: `${bin}:${process.env['PATH']}`,
      MLFLOW_TRACKING_URI: server,
      MLFLOW_ENV_ROOT: join(built, 'mlflow'),
      XDG_CACHE_HOME: join(built, 'modelyard'),
      PIP_CACHE_DIR: join(folder, 'pip'),
      UV_CACHE_DIR: join(folder, 'uv'),
      STARTED: started,
    },
  });
  if (exitCode !== 0) throw new Error(`${name}: ${stderr.toString()}`);
  return Number(readFileSync(started, 'utf8')) - begin / 1000;
}

function project(name: string, files: Readonly<Record<string, string>>): string {
  const path = join(folder, name);
  mkdirSync(path);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text);
  return path;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function compare(label: string, goal: number, times: number, measure: (name: Name) => number): string[] {
  const measured: Record<Name, number[]> = { mlflow: [], modelyard: [] };
  // The first fills the caches of files and of packages.
  for (let time = 0; time <= times; time++) {
    for (const name of names) {
      process.stderr.write(`${label}: ${name} ${time}/${times}\n`);
      const seconds = measure(name);
      if (time > 0) measured[name].push(seconds);
    }
  }
  const [theirs, ours] = [median(measured.mlflow), median(measured.modelyard)];
  const ratio = theirs / ours;
  const verdict = `${goal}x ${ratio >= goal ? 'reached' : 'MISSED'}`;
  return [label, 's', amount(theirs), amount(ours), `${amount(ratio)}x`, verdict];
}

const { running: server } = await RunningSystem.start({
  name: 'modelyard',
  command: (data, port) => [join(root, 'bin/modelyard'), 'server', '--port', String(port), '--data', `${data}/data`],
});
try {
  const url = `http://127.0.0.1:${server.port}`;
  const trivial = project('trivial', {
    MLproject: 'name: trivial\nentry_points:\n  main: {command: \'printf %s "$EPOCHREALTIME" > "$STARTED"\'}\n',
  });
  const version = /\d+\.\d+\.\d+/.exec(Bun.spawnSync([options.python, '--version']).stdout.toString())?.[0];
  const learning = project('learning', {
    MLproject: 'name: learning\npython_env: python_env.yaml\nentry_points:\n  main: {command: python start.py}\n',
    'python_env.yaml': `python: "${version}"\nbuild_dependencies: [pip]\ndependencies: [scikit-learn]\n`,
    'start.py':
      'import os, time\nwith open(os.environ["STARTED"], "w") as file:\n    file.write(str(time.time()))\nimport sklearn\n',
  });
  const rows = [
    compare('a project without an environment', 5, Number(options.times), (name) =>
      secondsToStart(name, url, ['--env-manager', 'local', trivial]),
    ),
    compare('an environment with scikit-learn', 3, 3, (name) => {
      rmSync(built, { recursive: true, force: true });
      return secondsToStart(name, url, ['--env-manager', 'virtualenv', learning]);
    }),
    compare('the same once it is built', 5, 3, (name) =>
      secondsToStart(name, url, ['--env-manager', 'virtualenv', learning]),
    ),
  ];
  const machine = `${navigator.hardwareConcurrency} cores (${cpus()[0]?.model ?? 'unknown'})`;
  console.log(`\nMachine: ${machine}, load ${loadavg()[0]?.toFixed(1)}.\n`);
  console.log(aligned([['from the command to the process', 'unit', 'mlflow', 'modelyard', 'ratio', 'goal'], ...rows]));
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
