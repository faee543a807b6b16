/**
 * Metric points on disk until the server has them, so that neither a lost server nor a killed process loses one. A file
 * for each stretch of a run: a line that says whose, then a line for each append. When all is sent the file goes.
 */
import { randomUUID } from 'node:crypto';
import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
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
  const owner: JournalOwner = { trackingUri: settings.baseUrl, runId, pid: process.pid, started: startOf(process.pid) };
  let file: LineFile | undefined;
  let waiting = 0;
  let ended = false;
  const write = (line: JournalLine): void => {
    file ??= new LineFile(journalPath(runId), JSON.stringify(owner));
    file.append(JSON.stringify(line, jsonOf));
  };
  return {
    append(points) {
      write({ points: [...points] });
      waiting += points.length;
    },
    sent(count) {
      // Points that the disk did not take are sent too.
      waiting = Math.max(waiting - count, 0);
      if (waiting === 0) file?.clear();
    },
    ended(status, endTime) {
      write({ end: { status, endTime } });
      ended = true;
    },
    close() {
      file?.close(waiting === 0 && !ended);
    },
  };
}

/** A name of its own each time: a run may go on while what was kept of it waits, also in a process of the same id. */
function journalPath(runId: string): string {
  return join(journalFolder(), `${runId}-${Date.now()}-${randomUUID().slice(0, 8)}.jsonl`);
}

/** A file of lines that are whole or not there. */
class LineFile {
  readonly #path: string;
  readonly #file: number;
  readonly #start: number;
  #size = 0;

  constructor(path: string, head: string) {
    mkdirSync(dirname(path), { recursive: true });
    this.#path = path;
    this.#file = openSync(path, 'wx');
    try {
      this.append(head);
    } catch (error) {
      this.close(true);
      throw error;
    }
    this.#start = this.#size;
  }

  append(line: string): void {
    const bytes = Buffer.from(`${line}\n`);
    let written = 0;
    try {
      while (written < bytes.length) {
        written += writeSync(this.#file, bytes, written, bytes.length - written, this.#size + written);
      }
    } catch (error) {
      // Half a line would spoil the one after it.
      ftruncateSync(this.#file, this.#size);
      throw error;
    }
    this.#size += bytes.length;
  }

  /** Forgets all but the head, when that is worth the call. */
  clear(): void {
    if (this.#size < cutAt) return;
    ftruncateSync(this.#file, this.#start);
    this.#size = this.#start;
  }

  close(remove: boolean): void {
    closeSync(this.#file);
    if (remove) rmSync(this.#path, { force: true });
  }
}
