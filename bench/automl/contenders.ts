import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { automlPython } from '../../src/automl/environment.ts';
import { pythonOf, type EnvironmentName } from './environments.ts';
import type { AutomlBenchOptions, Problem } from './options.ts';
import { runMeasured } from './run-measured.ts';
import { RunningSystem } from '../system.ts';

/** `set.json` as datasets.py writes it. */
export interface DataSet {
  readonly name: string;
  readonly problem: Problem;
  readonly target: string;
  readonly metric: string;
  readonly rows: number;
  readonly columns: number;
  readonly time?: string;
  readonly identity?: string;
  readonly horizon?: number;
  readonly frequency?: string;
  /** Of series: the set without its cutoff. */
  readonly of?: string;
}

export interface Outcome {
  readonly contender: string;
  /** Where its predictions lie; undefined when it failed. */
  readonly folder?: string | undefined;
  readonly message?: string | undefined;
  /** Of ours the whole command, of the others fitting alone, without starting Python. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Seconds that it had. */
  readonly budget: number;
}

interface Peer {
  readonly environment: EnvironmentName;
  readonly script: 'peers.py' | 'forecasts.py';
  /** As the script calls it. */
  readonly method: string;
}

const tablePeers: Readonly<Record<string, Peer>> = {
  flaml: { environment: 'flaml', script: 'peers.py', method: 'flaml' },
  autogluon: { environment: 'autogluon', script: 'peers.py', method: 'autogluon' },
  lightgbm: { environment: 'flaml', script: 'peers.py', method: 'lightgbm' },
  forest: { environment: 'flaml', script: 'peers.py', method: 'forest' },
};
const seriesPeers: Readonly<Record<string, Peer>> = {
  arima: { environment: 'forecasts', script: 'forecasts.py', method: 'AutoARIMA' },
  ets: { environment: 'forecasts', script: 'forecasts.py', method: 'AutoETS' },
  theta: { environment: 'forecasts', script: 'forecasts.py', method: 'AutoTheta' },
  naive: { environment: 'forecasts', script: 'forecasts.py', method: 'SeasonalNaive' },
  prophet: { environment: 'forecasts', script: 'forecasts.py', method: 'Prophet' },
};

export function peersOf({ problem }: DataSet, wanted: readonly string[]): string[] {
  const known = Object.keys(problem === 'forecasting' ? seriesPeers : tablePeers);
  return wanted.length === 0 ? known : known.filter((name) => wanted.includes(name));
}

const root = join(import.meta.dir, '../..');
const scripts = import.meta.dir;
const mostStretched = 6;

export class Contest {
  readonly #options: AutomlBenchOptions;

  constructor(options: AutomlBenchOptions) {
    this.#options = options;
  }

  async peer(name: string, set: DataSet): Promise<Outcome> {
    const peer = tablePeers[name] ?? seriesPeers[name];
    if (!peer) throw new Error(`There is no peer '${name}'.`);
    const { folder, threads } = this.#options;
    const out = this.#emptied(set, name);
    const python = await pythonOf(peer.environment, folder);
    const budget = this.#budget();
    const args = [peer.method, join(folder, 'sets', set.name), String(budget), String(threads), out];
    const run = await runMeasured(this.#limited([python, join(scripts, peer.script), ...args]), {
      cwd: out,
      env: this.#environment(),
      limit: budget * 3 + 300,
    });
    const cost = existsSync(join(out, 'cost.json'))
      ? (JSON.parse(readFileSync(join(out, 'cost.json'), 'utf8')) as { seconds: number; cpu_seconds: number })
      : { seconds: run.seconds, cpu_seconds: run.cpuSeconds };
    return {
      contender: name,
      ...(run.ok ? { folder: out } : { message: run.message }),
      seconds: cost.seconds,
      cpuSeconds: cost.cpu_seconds,
      budget,
    };
  }

  /** The command against a server of ours, then its best model loaded by mlflow in a clean Python. */
  async ours(set: DataSet): Promise<Outcome> {
    const { folder } = this.#options;
    const out = this.#emptied(set, 'modelyard');
    // A search that makes its environment first counts its seconds from there.
    await automlPython({ onProgress: (step) => process.stderr.write(`${step}\n`) });
    const budget = this.#budget();
    const { running } = await RunningSystem.start({
      name: 'modelyard',
      command: (data, port) => [
        join(root, 'bin/modelyard'),
        'server',
        '--port',
        String(port),
        '--data',
        `${data}/data`,
      ],
    });
    try {
      const env = { ...this.#environment(), MLFLOW_TRACKING_URI: `http://127.0.0.1:${running.port}` };
      const search = await runMeasured(
        this.#limited([join(root, 'bin/modelyard'), 'automl', ...this.#arguments(set, budget)]),
        {
          cwd: out,
          env,
          limit: budget * 2 + 300,
        },
      );
      writeFileSync(join(out, 'search.txt'), search.stderr + search.stdout);
      const took = { contender: 'modelyard', seconds: search.seconds, cpuSeconds: search.cpuSeconds, budget };
      if (!search.ok) return { ...took, message: search.message };
      const python = await pythonOf('ours', folder);
      const scoring = [python, join(scripts, 'predict.py'), join(folder, 'sets', set.name), out];
      const predicted = await runMeasured(scoring, { cwd: out, env, limit: 300 });
      return { ...took, ...(predicted.ok ? { folder: out } : { message: predicted.message }) };
    } finally {
      await running.stop();
    }
  }

  #arguments(set: DataSet, budget: number): string[] {
    const { folder, threads } = this.#options;
    const data = join(folder, 'sets', set.name, 'train.csv');
    const common = ['--data', data, '--target', set.target, '--metric', set.metric, '--timeout', String(budget)];
    const parallel = ['--parallel-trials', String(threads)];
    if (set.problem !== 'forecasting') {
      return [set.problem === 'classification' ? 'classify' : 'regress', ...common, ...parallel];
    }
    const series = ['--time-col', set.time ?? '', '--identity-col', set.identity ?? ''];
    return [
      'forecast',
      ...common,
      ...parallel,
      ...series,
      '--horizon',
      String(set.horizon),
      '--frequency',
      set.frequency ?? '',
    ];
  }

  /** Seconds; of a processor on a busy machine, as many more as a loop beside the other work takes. */
  #budget(): number {
    const { seconds, cpu } = this.#options;
    if (!cpu) return seconds;
    const loop =
      'import time; a = time.perf_counter()\nwhile time.process_time() < 1: pass\nprint(time.perf_counter() - a)';
    const { stdout } = Bun.spawnSync(this.#limited(['python3', '-c', loop]), { stderr: 'ignore' });
    return Math.round(seconds * Math.min(Math.max(Number(stdout.toString()) || 1, 1), mostStretched));
  }

  /** On one core when processor time is what counts. */
  #limited(command: readonly string[]): string[] {
    return this.#options.cpu ? ['taskset', '--cpu-list', '0', ...command] : [...command];
  }

  #environment(): Record<string, string> {
    return { OMP_NUM_THREADS: String(this.#options.threads), PYTHONWARNINGS: 'ignore', DO_NOT_TRACK: 'true' };
  }

  #emptied({ name }: DataSet, contender: string): string {
    const out = join(this.#options.folder, 'predictions', name, contender);
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out, { recursive: true });
    return out;
  }
}
