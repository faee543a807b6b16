import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpConnection, type HttpRequest } from './http-connection.ts';
import { memoryOf, processTree, startOf } from './process-tree.ts';
import { post } from './workload.ts';

export interface System {
  readonly name: string;
  /** The program and its arguments for a fresh folder and a free port. */
  readonly command: (folder: string, port: number) => readonly string[];
  /** A request that it answers by 200 once it is up; a search of experiments by default. */
  readonly probe?: HttpRequest;
  readonly env?: Readonly<Record<string, string>>;
}

const startSeconds = 180;
const stopSeconds = 30;

/** A started server in a folder of its own. */
export class RunningSystem {
  readonly name: string;
  readonly port: number;
  readonly #folder: string;
  readonly #process: ChildProcess;
  readonly #probe: HttpRequest;
  /** Everything that was ever seen below the server's process, to end what outlives it. */
  readonly #seen = new Map<number, string>();

  private constructor(system: System) {
    this.name = system.name;
    this.#probe = system.probe ?? post('experiments/search', { max_results: 1 });
    this.port = freePort();
    this.#folder = mkdtempSync(join(tmpdir(), `bench-${system.name}-`));
    const log = openSync(join(this.#folder, 'log'), 'w');
    const [program = '', ...args] = system.command(this.#folder, this.port);
    // A process group of its own: what the server starts is stopped with it.
    this.#process = spawn(program, args, {
      cwd: this.#folder,
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...environment(), ...system.env },
    });
    closeSync(log);
  }

  /** Starts the server; with the seconds until it first answered a request of the API by 200. */
  static async start(system: System): Promise<{ readonly running: RunningSystem; readonly seconds: number }> {
    const begin = performance.now();
    const running = new RunningSystem(system);
    const passed = (): number => (performance.now() - begin) / 1000;
    while (passed() < startSeconds && running.#process.exitCode === null) {
      if (await running.#answers()) return { running, seconds: passed() };
      await Bun.sleep(3);
    }
    const log = readFileSync(join(running.#folder, 'log'), 'utf8').slice(-1000);
    await running.stop();
    throw new Error(`${system.name} did not start: ${log}`);
  }

  /** Of the process itself, without what it started. */
  ownMemory(): number {
    return memoryOf([this.#process.pid ?? 0]);
  }

  memory(): number {
    const tree = processTree(this.#process.pid ?? 0);
    this.#remember(tree);
    return memoryOf(tree);
  }

  /** Memory once it no longer changes: workers may still be loading after the first answer. */
  async idleMemory(): Promise<number> {
    const samples: number[] = [];
    for (let i = 0; i < 30; i++) {
      await Bun.sleep(1000);
      samples.push(this.memory());
      const last = samples.slice(-4);
      if (samples.length > 4 && Math.max(...last) - Math.min(...last) < 0.01 * Math.max(...last)) break;
    }
    return samples.at(-1) ?? Number.NaN;
  }

  /** The highest memory seen while `work` runs. */
  async peakMemory<T>(work: () => Promise<T>): Promise<{ readonly peak: number; readonly result: T }> {
    let peak = this.memory();
    const timer = setInterval(() => {
      peak = Math.max(peak, this.memory());
    }, 200);
    try {
      const result = await work();
      return { peak, result };
    } finally {
      clearInterval(timer);
    }
  }

  async stop(): Promise<void> {
    const { pid } = this.#process;
    if (pid !== undefined) {
      this.#remember(processTree(pid));
      signal(-pid, 'SIGTERM');
      for (let i = 0; i < stopSeconds * 20 && this.#alive().length > 0; i++) await Bun.sleep(50);
      for (const left of this.#alive()) signal(left, 'SIGKILL');
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #remember(pids: readonly number[]): void {
    for (const pid of pids) {
      const begun = startOf(pid);
      if (begun !== undefined && !this.#seen.has(pid)) this.#seen.set(pid, begun);
    }
  }

  /** Processes of this server that still run; a number that another process got since does not count. */
  #alive(): number[] {
    return [...this.#seen].filter(([pid, begun]) => startOf(pid) === begun).map(([pid]) => pid);
  }

  async #answers(): Promise<boolean> {
    const connection = new HttpConnection(this.port);
    try {
      const { status } = await connection.request(this.#probe);
      return status === 200;
    } catch {
      return false;
    } finally {
      connection.close();
    }
  }
}

function signal(pid: number, name: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended meanwhile.
  }
}

function freePort(): number {
  const listener = Bun.listen({ hostname: '127.0.0.1', port: 0, socket: { data: () => {} } });
  const { port } = listener;
  listener.stop(true);
  return port;
}

/** The user's environment without what would configure one of the servers. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(MLFLOW|FML|MODELYARD|_MLFLOW)_/.test(name));
  return { ...Object.fromEntries(kept), MLFLOW_DISABLE_TELEMETRY: 'true', DO_NOT_TRACK: 'true' };
}
