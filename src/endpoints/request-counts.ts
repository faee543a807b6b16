/** Counts requests in memory and adds them to the database now and then: a request costs no write. */
import { limits } from '../protocol/limits.ts';
import type { Database } from '../database/database.ts';
import { serverLog } from '../logging/loggers.ts';
import { addLatency } from './latencies.ts';
import { addMinutes, forgetMinutes, type MinuteCount } from './minute-store.ts';

export const minuteMs = 60_000;
/** Milliseconds that a count may stay in memory. */
const flushAfter = 5000;
/** Milliseconds between looks for what is too old. */
const lookForOld = 3_600_000;

type Count = { -readonly [K in keyof MinuteCount]: MinuteCount[K] };

export class RequestCounts {
  readonly #database: Database;
  readonly #counted: (endpoints: ReadonlySet<number>) => void;
  #counts = new Map<string, Count>();
  #timer: Timer | undefined;
  #flushing: Promise<void> = Promise.resolve();
  #lookedForOld = 0;

  /** @param counted hears whose counts are in the database now */
  constructor(database: Database, counted: (endpoints: ReadonlySet<number>) => void) {
    this.#database = database;
    this.#counted = counted;
  }

  /** @param model the URI of the version that answered; empty for none */
  add(endpoint: number, model: string, status: number, milliseconds: number): void {
    const minute = Math.floor(Date.now() / minuteMs);
    const key = `${endpoint} ${minute} ${status} ${model}`;
    let count = this.#counts.get(key);
    if (!count) {
      count = { endpoint, minute, model, status, requests: 0, milliseconds: 0, latencies: new Map() };
      this.#counts.set(key, count);
    }
    count.requests++;
    count.milliseconds += milliseconds;
    addLatency(count.latencies, milliseconds);
    this.#timer ??= setTimeout(() => void this.flush(), flushAfter);
  }

  /** Resolves when everything that was counted is in the database. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#flushing = this.#flushing.then(() => this.#write());
    await this.#flushing;
  }

  forget(endpoint: number): void {
    for (const [key, count] of this.#counts) if (count.endpoint === endpoint) this.#counts.delete(key);
  }

  async #write(): Promise<void> {
    const counts = [...this.#counts.values()];
    if (counts.length === 0) return;
    this.#counts = new Map();
    const now = Date.now();
    const old = now - this.#lookedForOld > lookForOld;
    if (old) this.#lookedForOld = now;
    try {
      await this.#database.write(async (writer) => {
        await addMinutes(writer, counts);
        if (old) await forgetMinutes(writer, Math.floor(now / minuteMs) - limits.endpointMetricDays * 1440);
      });
      this.#counted(new Set(counts.map(({ endpoint }) => endpoint)));
    } catch (error) {
      serverLog.error(`${counts.length} counts of requests to endpoints are lost`, error);
    }
  }
}
