/**
 * Metric points on disk until the server has them, so that neither a lost server nor a killed process loses one. A file
 * for each run and process: a line that says whose, then a line for each append. When all is sent the file goes.
 */
import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Journal, QueuedPoint } from '../metric-queue.ts';
import { jsonOf } from '../call.ts';
import { environment, type Settings } from '../settings.ts';
import { startOf } from './process-start.ts';

/** Whose points a journal holds. */
export interface JournalOwner {
  readonly trackingUri: string;
  readonly runId: string;
  readonly pid: number;
  /** Tells the process from a later one of the same number; undefined where the system does not say it. */
  readonly started?: string | undefined;
}

/** A line of a journal after the first. */
export type JournalLine = { readonly points: QueuedPoint[] } | { readonly end: { status: string; endTime: number } };

/** `MODELYARD_SPOOL`, or a folder of the user. */
export function journalFolder(): string {
  return environment('MODELYARD_SPOOL') ?? join(homedir(), '.modelyard', 'spool');
}

/** Sent points stay in the file until they take this many bytes, since cutting it is not free. */
const cutAt = 1 << 20;

export function openJournal(settings: Settings, runId: string): Journal {
  const folder = journalFolder();
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${runId}-${process.pid}.jsonl`);
  const owner: JournalOwner = { trackingUri: settings.baseUrl, runId, pid: process.pid, started: startOf(process.pid) };
  const file = openSync(path, 'w');
  let size = writeSync(file, `${JSON.stringify(owner)}\n`);
  const start = size;
  let waiting = 0;
  let ended = false;
  const write = (line: JournalLine): void => {
    const bytes = Buffer.from(`${JSON.stringify(line, jsonOf)}\n`);
    let written = 0;
    try {
      while (written < bytes.length) written += writeSync(file, bytes, written, bytes.length - written, size + written);
    } catch (error) {
      // Half a line would end what follows it.
      ftruncateSync(file, size);
      throw error;
    }
    size += bytes.length;
  };
  return {
    append(points) {
      write({ points: [...points] });
      waiting += points.length;
    },
    sent(count) {
      waiting -= count;
      if (waiting > 0 || size < cutAt) return;
      ftruncateSync(file, start);
      size = start;
    },
    ended(status, endTime) {
      write({ end: { status, endTime } });
      ended = true;
    },
    close() {
      closeSync(file);
      if (waiting === 0 && !ended) rmSync(path, { force: true });
    },
  };
}
