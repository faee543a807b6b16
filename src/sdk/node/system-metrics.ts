/** What the machine does while a run is under way, under MLflow's names of metrics. */
import { execFile } from 'node:child_process';
import { readFile, statfs } from 'node:fs/promises';
import { cpus, freemem, totalmem } from 'node:os';
import { promisify } from 'node:util';
import { environment } from '../settings.ts';

const run = promisify(execFile);
const mega = 1e6;

type Metrics = Record<string, number>;

/** Logs every `MLFLOW_SYSTEM_METRICS_SAMPLING_INTERVAL` seconds, 10 by default, and once more at the end. */
export function watchSystem(log: (metrics: Metrics, step: number) => void): { stop(): Promise<void> } {
  const seconds = Number(environment('MLFLOW_SYSTEM_METRICS_SAMPLING_INTERVAL') ?? 10);
  const sample = sampler();
  let step = 0;
  const tick = async (): Promise<void> => {
    const metrics = await sample();
    log(Object.fromEntries(Object.entries(metrics).map(([name, value]) => [`system/${name}`, value])), step++);
  };
  // A program that is done does not wait for the next sample.
  const timer = setInterval(() => void tick().catch(() => undefined), Math.max((seconds || 10) * 1000, 100));
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await tick().catch(() => undefined);
    },
  };
}

function sampler(): () => Promise<Metrics> {
  let busy = cpuTimes();
  let hasGpu = true;
  const networkStart = networkBytes();
  return async () => {
    const before = busy;
    busy = cpuTimes();
    const all = busy.all - before.all;
    const used = totalmem() - freemem();
    const metrics: Metrics = {
      cpu_utilization_percentage: all === 0 ? 0 : (100 * (busy.used - before.used)) / all,
      system_memory_usage_megabytes: used / mega,
      system_memory_usage_percentage: (100 * used) / totalmem(),
      ...(await diskMetrics()),
      ...(await networkMetrics(await networkStart)),
    };
    const gpus = hasGpu ? await gpuMetrics() : undefined;
    hasGpu = gpus !== undefined;
    return { ...metrics, ...gpus };
  };
}

function cpuTimes(): { used: number; all: number } {
  let used = 0;
  let all = 0;
  for (const { times } of cpus()) {
    const total = times.user + times.nice + times.sys + times.idle + times.irq;
    all += total;
    used += total - times.idle;
  }
  return { used, all };
}

async function diskMetrics(): Promise<Metrics> {
  const { blocks, bfree, bavail, bsize } = await statfs('/');
  const used = (blocks - bfree) * bsize;
  const reachable = used + bavail * bsize;
  return {
    disk_usage_percentage: reachable === 0 ? 0 : (100 * used) / reachable,
    disk_usage_megabytes: used / mega,
    disk_available_megabytes: (bavail * bsize) / mega,
  };
}

/** Received and sent since the machine started; undefined where the system does not say it this way. */
async function networkBytes(): Promise<[number, number] | undefined> {
  const text = await readFile('/proc/net/dev', 'utf8').catch(() => undefined);
  return text
    ?.split('\n')
    .slice(2)
    .map((line) => line.split(':')[1]?.trim().split(/\s+/).map(Number) ?? [])
    .reduce<[number, number]>(
      (sum, [received = 0, , , , , , , , sent = 0]) => [sum[0] + received, sum[1] + sent],
      [0, 0],
    );
}

async function networkMetrics(start: [number, number] | undefined): Promise<Metrics> {
  const now = await networkBytes();
  if (!start || !now) return {};
  return {
    network_receive_megabytes: (now[0] - start[0]) / mega,
    network_transmit_megabytes: (now[1] - start[1]) / mega,
  };
}

const gpuQuery = 'utilization.gpu,memory.used,memory.total,power.draw,power.limit';

/** Undefined when there is no nvidia-smi. */
async function gpuMetrics(): Promise<Metrics | undefined> {
  const words = [`--query-gpu=${gpuQuery}`, '--format=csv,noheader,nounits'];
  const answer = await run('nvidia-smi', words, { timeout: 3000 }).catch(() => undefined);
  if (!answer) return undefined;
  const metrics: Metrics = {};
  for (const [index, line] of answer.stdout.trim().split('\n').entries()) {
    const [utilization, used, total, draw, limit] = line.split(',').map(Number);
    const values: Record<string, number | undefined> = {
      utilization_percentage: utilization,
      memory_usage_megabytes: used === undefined ? undefined : (used * 1024 * 1024) / mega,
      memory_usage_percentage: used === undefined || !total ? undefined : (100 * used) / total,
      power_usage_watts: draw,
      power_usage_percentage: draw === undefined || !limit ? undefined : (100 * draw) / limit,
    };
    for (const [name, value] of Object.entries(values)) {
      if (value !== undefined && !Number.isNaN(value)) metrics[`gpu_${index}_${name}`] = value;
    }
  }
  return metrics;
}
