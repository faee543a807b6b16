/** Sends what journals of ended processes hold. Points that are on the server already count once there. */
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseJson } from '../../common/json.ts';
import { limits } from '../../protocol/limits.ts';
import { logBatch, updateRun } from '../../protocol/runs.ts';
import { call } from '../call.ts';
import { ConnectionError, MlflowError, TimeoutError } from '../errors.ts';
import type { QueuedPoint } from '../metric-queue.ts';
import { sendApart } from '../send-apart.ts';
import { settingsOf, type ClientOptions, type Settings } from '../settings.ts';
import { journalFolder, type JournalLine, type JournalOwner } from './journal.ts';
import { isRunning } from './process-start.ts';

export interface SyncedJournal {
  readonly file: string;
  readonly runId: string;
  readonly trackingUri: string;
  readonly points: number;
  /**
   * `sent`; `busy`: its process runs and sends them itself; `waiting`: the server is away; `refused`: it does not take
   * them; `damaged`: nobody knows whose it is. What is not sent stays.
   */
  readonly state: 'sent' | 'busy' | 'waiting' | 'refused' | 'damaged';
  /** Why not. */
  readonly reason?: string | undefined;
}

export interface SyncOptions extends ClientOptions {
  /** Default: `MODELYARD_SPOOL`, or the folder of the user. */
  readonly folder?: string | undefined;
  /** Called after each request with the points sent so far and in all, of one journal. */
  readonly onProgress?: (sent: number, all: number, runId: string) => void;
}

/** Sends what it can: a server that is away holds up its own journals alone. */
export async function sync(options: SyncOptions = {}): Promise<SyncedJournal[]> {
  const folder = options.folder ?? journalFolder();
  const done: SyncedJournal[] = [];
  const away = new Map<string, string>();
  for (const file of journalsOf(folder)) done.push(await syncJournal(file, options, away));
  return done;
}

function journalsOf(folder: string): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .toSorted()
    .map((name) => join(folder, name));
}

/** @param away servers that were found to be so, with what was said of them: each is waited for once */
async function syncJournal(file: string, options: SyncOptions, away: Map<string, string>): Promise<SyncedJournal> {
  const [head = '', ...lines] = readFileSync(file, 'utf8').split('\n');
  const owner = parsed<JournalOwner>(head);
  if (typeof owner?.runId !== 'string' || typeof owner.trackingUri !== 'string') {
    return {
      file,
      runId: '',
      trackingUri: '',
      points: 0,
      state: 'damaged',
      reason: 'its first line is not one of a journal',
    };
  }
  // A last line without its end was never acknowledged.
  const entries = lines
    .slice(0, -1)
    .map((line) => parsed<JournalLine>(line))
    .filter((entry) => typeof entry === 'object' && entry !== null);
  const points = entries.flatMap((entry) => ('points' in entry ? entry.points : []));
  const what = {
    file,
    runId: owner.runId,
    trackingUri: options.trackingUri ?? owner.trackingUri,
    points: points.length,
  };
  const end = entries.flatMap((entry) => ('end' in entry ? entry.end : [])).at(-1);
  // Its process wrote the end when it gave up.
  if (!end && isRunning(owner.pid, owner.started))
    return { ...what, state: 'busy', reason: `process ${owner.pid} is at it` };
  if (away.has(what.trackingUri)) return { ...what, state: 'waiting', reason: away.get(what.trackingUri) };
  const settings = settingsOf({ ...options, trackingUri: what.trackingUri });
  try {
    const refused = await sendPoints(settings, owner.runId, points, options.onProgress);
    if (end) {
      const status = end.status as 'FINISHED';
      await call(settings, updateRun, { run_id: owner.runId, status, end_time: end.endTime });
    }
    if (refused) return { ...what, state: 'refused', reason: refused.message };
  } catch (error) {
    if (error instanceof MlflowError && error.status < 500) return { ...what, state: 'refused', reason: error.message };
    if (!(error instanceof MlflowError || error instanceof ConnectionError || error instanceof TimeoutError))
      throw error;
    away.set(what.trackingUri, error.message);
    return { ...what, state: 'waiting', reason: error.message };
  }
  rmSync(file, { force: true });
  return { ...what, state: 'sent' };
}

async function sendPoints(
  settings: Settings,
  runId: string,
  points: readonly QueuedPoint[],
  onProgress: SyncOptions['onProgress'],
): Promise<MlflowError | undefined> {
  let refused: MlflowError | undefined;
  for (let start = 0; start < points.length; start += limits.batchMetrics) {
    const metrics = points.slice(start, start + limits.batchMetrics);
    const reason = await sendApart(metrics, (part) => call(settings, logBatch, { run_id: runId, metrics: part }));
    refused ??= reason;
    onProgress?.(start + metrics.length, points.length, runId);
  }
  return refused;
}

function parsed<T>(line: string): T | undefined {
  try {
    return parseJson(line) as T;
  } catch {
    return undefined;
  }
}
