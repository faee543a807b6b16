/** What trials may take of this machine. */
import { readFileSync } from 'node:fs';
import { availableParallelism, freemem } from 'node:os';
import type { AutomlConfig } from '../../protocol/automl-config.ts';

export interface Resources {
  /** Trials at a time. */
  readonly parallel: number;
  /** Cores of each. */
  readonly threads: number;
  /** Bytes of each. */
  readonly memory: number;
}

const mostByDefault = 4;
/** Of what is free. */
const takenPart = 0.8;
/** The libraries alone take a third of it. */
const leastOfTrial = 768 * 2 ** 20;

export function resourcesFor(config: Pick<AutomlConfig, 'parallel_trials' | 'memory_mb'>): Resources {
  const cores = availableParallelism();
  const memory = config.memory_mb === undefined ? freeMemory() * takenPart : config.memory_mb * 2 ** 20;
  const fitting = Math.max(Math.floor(memory / leastOfTrial), 1);
  const parallel = config.parallel_trials ?? Math.min(cores, mostByDefault, fitting);
  return { parallel, threads: Math.max(Math.floor(cores / parallel), 1), memory: Math.floor(memory / parallel) };
}

/** Of the machine, or of the group of processes that this one is limited to. */
function freeMemory(): number {
  const limit = number('/sys/fs/cgroup/memory.max', /^(\d+)/);
  const used = number('/sys/fs/cgroup/memory.current', /^(\d+)/);
  const available = number('/proc/meminfo', /^MemAvailable:\s+(\d+)/m);
  const free = available === undefined ? freemem() : available * 1024;
  return limit === undefined || used === undefined ? free : Math.min(free, Math.max(limit - used, 0));
}

function number(file: string, pattern: RegExp): number | undefined {
  try {
    const text = pattern.exec(readFileSync(file, 'utf8'))?.[1];
    return text === undefined ? undefined : Number(text);
  } catch {
    return undefined;
  }
}
