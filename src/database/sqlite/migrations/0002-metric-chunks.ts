import type { Database as Connection } from 'bun:sqlite';

interface OldPoint {
  run: number;
  key: number;
  step: string;
  timestamp: string;
  value: number;
  nan: number;
}

const recordBytes = 24;
const chunkPoints = 256;

/** Packs the points of the table `metrics` of schema 1, by step, and drops it. */
export function packMetrics(connection: Connection): void {
  const insert = connection.prepare('INSERT INTO metric_chunks (run, key, first, points) VALUES (?, ?, ?, ?)');
  const old = connection.prepare<OldPoint, []>(
    `SELECT run, key, CAST(step AS TEXT) AS step, CAST(timestamp AS TEXT) AS timestamp, value, nan
     FROM metrics m ORDER BY m.run, m.key, m.step, m.timestamp, m.value, m.nan`,
  );
  const bytes = new Uint8Array(chunkPoints * recordBytes);
  const view = new DataView(bytes.buffer);
  let [run, key, first, points] = [0, 0, 0, 0];
  const write = (): void => {
    if (points > 0) insert.run(run, key, first, bytes.subarray(0, points * recordBytes));
    first += points;
    points = 0;
  };
  for (const point of old.iterate()) {
    const sameSeries = point.run === run && point.key === key;
    if (!sameSeries || points === chunkPoints) write();
    if (!sameSeries) [run, key, first] = [point.run, point.key, 0];
    const at = points++ * recordBytes;
    view.setBigInt64(at, BigInt(point.step), true);
    view.setBigInt64(at + 8, BigInt(point.timestamp), true);
    view.setFloat64(at + 16, point.nan === 1 ? NaN : point.value, true);
  }
  write();
  insert.finalize();
  old.finalize();
  connection.run('DROP TABLE metrics');
}
