/**
 * Where points lie. What a request brings is one row of `metric_arrivals`, whatever number of keys it has: a batch over
 * 50 keys would touch 50 places of a table that is ordered by key. When a run has enough of these rows they are folded,
 * in the transaction of the request that brought the last, into `metric_chunks`, which holds the series of each key.
 *
 * Both keep the order of arrival, and points are only ever added: a series is its chunks and then its arrivals. Points
 * that came twice lie there twice; `metric-history.ts` gives them once.
 */
import type { Reader, Writer } from '../database/database.ts';
import { PackedPoints, packed, recordBytes, type Point } from './metric-points.ts';

/** Places for the arrivals of a run; a row's id is the run's times this, plus its place. */
const arrivalsOfRun = 128;
const chunkPoints = 256;
const chunkBytes = chunkPoints * recordBytes;

export interface Series {
  readonly run: number;
  readonly key: number;
}

interface Arrival {
  /** For each key of the row, in order: its id, and how many of the points are its. */
  keys: Uint8Array;
  points: Uint8Array;
}

const addToRun = `
  INSERT INTO metric_arrivals (id, keys, points)
  VALUES (coalesce((SELECT max(id) + 1 FROM metric_arrivals WHERE id BETWEEN ?1 AND ?2), ?1), ?3, ?4)`;

/** Adds the points of one request, by the id of their key. */
export async function addArrival(
  writer: Writer,
  run: number,
  pointsOfKeys: ReadonlyMap<number, readonly Point[]>,
): Promise<void> {
  const [first, last] = idsOf(run);
  const { lastInsertId } = await writer.run({ text: addToRun, values: [first, last, ...packed(pointsOfKeys)] });
  if (lastInsertId === last) await fold(writer, run);
}

/** Takes away at most `most` rows of a run's points; how many went. */
export async function erasePoints(writer: Writer, run: number, most: number): Promise<number> {
  const { changes: arrivals } = await writer.run({
    text: 'DELETE FROM metric_arrivals WHERE id IN (SELECT id FROM metric_arrivals WHERE id BETWEEN ? AND ? LIMIT ?)',
    values: [...idsOf(run), most],
  });
  const { changes: chunks } = await writer.run({
    text: 'DELETE FROM metric_chunks WHERE rowid IN (SELECT rowid FROM metric_chunks WHERE run = ? LIMIT ?)',
    values: [run, most - arrivals],
  });
  return arrivals + chunks;
}

/** Runs have different numbers of places, so that those which log in step are not all folded in one commit. */
function idsOf(run: number): [first: number, last: number] {
  const unused = (run * 37) % (arrivalsOfRun / 2);
  return [run * arrivalsOfRun + unused, (run + 1) * arrivalsOfRun - 1];
}

async function fold(writer: Writer, run: number): Promise<void> {
  for (const [key, parts] of await arrivedParts(writer, run)) await appendToChunks(writer, { run, key }, parts);
  await writer.run({ text: 'DELETE FROM metric_arrivals WHERE id BETWEEN ? AND ?', values: idsOf(run) });
}

/** What the run's arrivals hold of each key, in order. */
async function arrivedParts(reader: Reader, run: number): Promise<Map<number, Uint8Array[]>> {
  const partsOfKeys = new Map<number, Uint8Array[]>();
  for (const arrival of await arrivalsIn(reader, run)) {
    for (const [key, part] of partsOf(arrival)) {
      const parts = partsOfKeys.get(key);
      if (parts) parts.push(part);
      else partsOfKeys.set(key, [part]);
    }
  }
  return partsOfKeys;
}

async function arrivalsIn(reader: Reader, run: number): Promise<Arrival[]> {
  return reader.all({
    text: 'SELECT keys, points FROM metric_arrivals WHERE id BETWEEN ? AND ? ORDER BY id',
    values: idsOf(run),
  });
}

function* countsOf(keys: Uint8Array): Generator<[key: number, points: number]> {
  const ids = new Int32Array(keys.buffer, keys.byteOffset, keys.byteLength / 4);
  for (let i = 0; i < ids.length; i += 2) yield [ids[i] as number, ids[i + 1] as number];
}

/** What a row holds of each key, or of one. */
function* partsOf({ keys, points }: Arrival, only?: number): Generator<[key: number, part: Uint8Array]> {
  let from = 0;
  for (const [key, count] of countsOf(keys)) {
    const to = from + count * recordBytes;
    if (only === undefined || only === key) yield [key, points.subarray(from, to)];
    from = to;
  }
}

/** Not `Buffer.concat`, whose bytes need not begin where a number may. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Fills the last chunk and begins new ones. `first` is the place in the series of a chunk's first point. */
async function appendToChunks(writer: Writer, { run, key }: Series, parts: readonly Uint8Array[]): Promise<void> {
  const last = await writer.first<{ first: number; points: Uint8Array }>({
    text: 'SELECT first, points FROM metric_chunks WHERE run = ? AND key = ? ORDER BY first DESC LIMIT 1',
    values: [run, key],
  });
  const bytes = joined(last ? [last.points, ...parts] : parts);
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    await writer.run({
      text: `INSERT INTO metric_chunks (run, key, first, points) VALUES (?, ?, ?, ?)
             ON CONFLICT (run, key, first) DO UPDATE SET points = excluded.points`,
      values: [run, key, (last?.first ?? 0) + at / recordBytes, bytes.subarray(at, at + chunkBytes)],
    });
  }
}

/** The points of a series as they arrived: all of them, or those from place `from` to before place `to`. */
export async function arrivedPoints(reader: Reader, series: Series, from = 0, to = Infinity): Promise<PackedPoints> {
  const { run, key } = series;
  const parts: Uint8Array[] = [];
  const take = (part: Uint8Array, first: number): void => {
    parts.push(part.subarray(Math.max(0, from - first) * recordBytes, Math.max(0, to - first) * recordBytes));
  };
  const chunks = await reader.all<{ first: number; points: Uint8Array }>({
    text: 'SELECT first, points FROM metric_chunks WHERE run = ? AND key = ? AND first > ? AND first < ? ORDER BY first',
    values: [run, key, from - chunkPoints, Math.min(to, Number.MAX_SAFE_INTEGER)],
  });
  for (const { first, points } of chunks) take(points, first);
  let place = await pointsInChunks(reader, series);
  if (to > place) {
    for (const arrival of await arrivalsIn(reader, run)) {
      for (const [, part] of partsOf(arrival, key)) {
        take(part, place);
        place += part.length / recordBytes;
      }
    }
  }
  return new PackedPoints(joined(parts));
}

/** All points of several series of a run, one after the other; the run's arrivals are looked at once. */
export async function* arrivedPointsOfKeys(
  reader: Reader,
  run: number,
  keys: readonly number[],
): AsyncGenerator<[key: number, points: PackedPoints]> {
  const arrived = await arrivedParts(reader, run);
  for (const key of keys) {
    const chunks = await reader.all<{ points: Uint8Array }>({
      text: 'SELECT points FROM metric_chunks WHERE run = ? AND key = ? ORDER BY first',
      values: [run, key],
    });
    yield [key, new PackedPoints(joined([...chunks.map(({ points }) => points), ...(arrived.get(key) ?? [])]))];
  }
}

async function pointsInChunks(reader: Reader, { run, key }: Series): Promise<number> {
  const row = await reader.first<{ points: number }>({
    text: `SELECT first + length(points) / ${recordBytes} AS points FROM metric_chunks
           WHERE run = ? AND key = ? ORDER BY first DESC LIMIT 1`,
    values: [run, key],
  });
  return row?.points ?? 0;
}

/** How many points of a series arrived; those that came twice count twice. */
export async function numberOfPoints(reader: Reader, series: Series): Promise<number> {
  let count = await pointsInChunks(reader, series);
  const arrivals = await reader.all<Pick<Arrival, 'keys'>>({
    text: 'SELECT keys FROM metric_arrivals WHERE id BETWEEN ? AND ?',
    values: idsOf(series.run),
  });
  for (const { keys } of arrivals) for (const [key, points] of countsOf(keys)) if (key === series.key) count += points;
  return count;
}

/**
 * The keys of a run with more than one point, but for those that are known. A point that came twice is one: whoever logs
 * a model logs the run's metrics again for it. So points are read, of keys alone whose points did not come in order.
 */
export async function keysOfSeveralPoints(
  reader: Reader,
  run: number,
  known: ReadonlySet<number> = new Set(),
): Promise<Set<number>> {
  const points = new Map<number, number>();
  const add = (key: number, more: number): void => {
    points.set(key, (points.get(key) ?? 0) + more);
  };
  const chunks = await reader.all<{ key: number; bytes: number }>({
    text: 'SELECT key, sum(length(points)) AS bytes FROM metric_chunks WHERE run = ? GROUP BY key',
    values: [run],
  });
  for (const { key, bytes } of chunks) add(key, bytes / recordBytes);
  const arrivals = await reader.all<Pick<Arrival, 'keys'>>({
    text: 'SELECT keys FROM metric_arrivals WHERE id BETWEEN ? AND ?',
    values: idsOf(run),
  });
  for (const { keys } of arrivals) for (const [key, count] of countsOf(keys)) add(key, count);
  const several = new Set([...points].flatMap(([key, count]) => (count > 1 && !known.has(key) ? [key] : [])));
  if (several.size === 0) return several;
  const unordered = await reader.all<{ key: number }>({
    text: 'SELECT key FROM latest_metrics WHERE run = ? AND in_time_order = 0',
    values: [run],
  });
  const doubtful = unordered.filter(({ key }) => several.has(key));
  const arrived = doubtful.length === 0 ? undefined : await arrivedParts(reader, run);
  const chunked = new Set(chunks.map(({ key }) => key));
  for (const { key } of doubtful) {
    const holds = isOnePoint();
    if (arrived?.get(key)?.every(holds) === false) continue;
    if (!chunked.has(key) || (await everyChunk(reader, { run, key }, holds))) several.delete(key);
  }
  return several;
}

/** Whether a part of a series, and each that it was asked of before, holds but the same point. */
function isOnePoint(): (part: Uint8Array) => boolean {
  let point: Uint8Array | undefined;
  return (part) => {
    const one = (point ??= part.subarray(0, recordBytes));
    return part.every((byte, i) => byte === one[i % recordBytes]);
  };
}

/** Chunk by chunk, as the first mostly tells. */
async function everyChunk(
  reader: Reader,
  { run, key }: Series,
  holds: (points: Uint8Array) => boolean,
): Promise<boolean> {
  for (let first = 0; ; first += chunkPoints) {
    const chunk = await reader.first<{ points: Uint8Array }>({
      text: 'SELECT points FROM metric_chunks WHERE run = ? AND key = ? AND first = ?',
      values: [run, key, first],
    });
    if (!chunk) return true;
    if (!holds(chunk.points)) return false;
  }
}
