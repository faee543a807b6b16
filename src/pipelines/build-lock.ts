/** One build of a folder at a time. The lock of a build that was killed is taken over. */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isRunning, startOf } from '../sdk/node/process-start.ts';
import { PipelineError } from './pipeline.ts';
import { makeStateFolder, stateFolder } from './state-folder.ts';

interface Holder {
  readonly host: string;
  readonly pid: number;
  readonly started: string | undefined;
  readonly since: string;
}

/** @returns gives it back @throws PipelineError when another build has it */
export function lockBuild(folder: string): () => void {
  makeStateFolder(folder);
  const lock = join(stateFolder(folder), 'lock');
  const mine = `${lock}.${process.pid}`;
  const own: Holder = {
    host: hostname(),
    pid: process.pid,
    started: startOf(process.pid),
    since: new Date().toISOString(),
  };
  writeFileSync(mine, JSON.stringify(own));
  try {
    for (;;) {
      try {
        // A link appears with its content, so that nobody ever reads half of it.
        linkSync(mine, lock);
        return () => rmSync(lock, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      takeAwayStale(lock, folder);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Another process builds this folder now. */
export function isBeingBuilt(folder: string): boolean {
  const holder = readHolder(join(stateFolder(folder), 'lock'));
  return holder !== undefined && holder.pid !== process.pid && isHeld(holder);
}

function isHeld({ host, pid, started }: Holder): boolean {
  if (pid === 0) return false;
  return host !== hostname() || isRunning(pid, started);
}

function takeAwayStale(lock: string, folder: string): void {
  const holder = readHolder(lock);
  if (holder === undefined) return;
  if (isHeld(holder)) {
    const who = `process ${holder.pid}${holder.host === hostname() ? '' : ` of ${holder.host}`}, since ${holder.since}`;
    const advice = holder.host === hostname() ? '' : ` When it is no longer there, delete ${lock}.`;
    throw new PipelineError(`${folder} is being built already (${who}). Wait for its end, or end it.${advice}`);
  }
  // Of two that find it stale one moves it; the other finds it gone, or the new one of the first.
  const old = `${lock}.old-${process.pid}`;
  try {
    if (readHolder(lock)?.since !== holder.since) return;
    renameSync(lock, old);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  rmSync(old, { force: true });
}

/** Nobody holds one that is damaged: it appeared whole, and the machine went down since. */
const nobody: Holder = { host: hostname(), pid: 0, started: undefined, since: 'some time' };

function readHolder(lock: string): Holder | undefined {
  let text: string;
  try {
    text = readFileSync(lock, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const holder = JSON.parse(text) as Partial<Holder> | null;
    return typeof holder?.pid === 'number' && typeof holder.host === 'string' ? { ...nobody, ...holder } : nobody;
  } catch {
    return nobody;
  }
}
