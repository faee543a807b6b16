/** Processes that look after jobs or do them, told from later ones that got their numbers. */
import { readFileSync, readlinkSync } from 'node:fs';
import { isRunning, startOf } from '../sdk/node/process-start.ts';

export interface ProcessIdentity {
  readonly pid: number;
  /** In the system's own count; absent where the system does not say. */
  readonly startTime?: string | undefined;
}

export interface Worker extends ProcessIdentity {
  /** Where its number means something: see `machineStart`. */
  readonly machine: string;
}

export function identityOf(pid: number): ProcessIdentity {
  const gone = process.platform === 'linux' ? 'gone' : undefined;
  return { pid, startTime: startOf(pid) ?? gone };
}

export function isAlive({ pid, startTime }: ProcessIdentity): boolean {
  return isRunning(pid, startTime);
}

export function thisProcess(): Worker {
  return { ...identityOf(process.pid), machine: machineStart() };
}

/** One start of one machine and, on Linux, one namespace of processes: a container has numbers of its own. */
function machineStart(): string {
  if (process.platform !== 'linux') return Bun.spawnSync(['sysctl', '-n', 'kern.boottime']).stdout.toString().trim();
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
}
