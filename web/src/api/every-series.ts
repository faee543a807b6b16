/** Every point of lines, for a file: read part by part, each no greater than a server and a page can take at once. */
import { searchMetricSeries } from '../../../src/protocol/views.ts';
import { call } from './client.ts';
import { mostRunsAsked, pointQuestion, seriesOf, type PointScope, type Series } from './run.ts';

/** A browser holds no greater file. */
export const mostInFile = 5_000_000;
const mostInPart = 200_000;

interface Wanted {
  readonly x: PointScope['x'];
  readonly runIds: readonly string[];
  readonly keys: readonly string[];
  /** Called after each part. */
  readonly onRead: (points: number, of: number) => void;
}

export interface EverySeries {
  readonly points: number;
  readonly at: (key: string, runId: string) => Series;
}

export class TooManyPoints extends Error {
  constructor(readonly points: number) {
    super();
  }
}

const none = seriesOf({});

export async function everySeries({ x, runIds, keys, onRead }: Wanted): Promise<EverySeries> {
  const counted = await inParts(runIds, mostRunsAsked, (part) => read({ x, mostPoints: 1 }, part, keys));
  const sizes = counted.flatMap(([key, runId, { whole }]) => (whole ? [{ key, runId, whole }] : []));
  const points = sizes.reduce((sum, { whole }) => sum + whole.points, 0);
  if (points > mostInFile) throw new TooManyPoints(points);
  const found = new Map<string, Map<string, Series>>(keys.map((key) => [key, new Map()]));
  let seen = 0;
  const take = (key: string, runId: string, series: Series): void => {
    found.get(key)?.set(runId, series);
    seen += series.x.length;
    onRead(seen, points);
  };
  for (const [key, lines] of Map.groupBy(sizes, (one) => one.key)) {
    for (const part of partsOf(lines)) {
      const [only] = part;
      if (part.length === 1 && only && only.whole.points > mostInPart) {
        take(key, only.runId, joined(await readHalves(x, only.runId, key, only.whole.first, only.whole.last)));
        continue;
      }
      const ids = part.map(({ runId }) => runId);
      for (const [, runId, series] of await read({ x, mostPoints: mostInFile }, ids, [key])) take(key, runId, series);
    }
  }
  return { points, at: (key, runId) => found.get(key)?.get(runId) ?? none };
}

type Found = readonly [key: string, runId: string, series: Series];

async function read(scope: PointScope, runIds: readonly string[], keys: readonly string[]): Promise<Found[]> {
  const { lines = [] } = await call(searchMetricSeries, pointQuestion(scope, runIds, keys));
  return lines.map((line) => [line.key ?? '', line.run_id ?? '', seriesOf(line)]);
}

async function inParts<T>(ids: readonly string[], size: number, of: (part: readonly string[]) => Promise<T[]>) {
  const all: T[] = [];
  for (let at = 0; at < ids.length; at += size) all.push(...(await of(ids.slice(at, at + size))));
  return all;
}

interface Sized {
  readonly runId: string;
  readonly whole: { readonly first: number; readonly last: number; readonly points: number };
}

function partsOf<T extends Sized>(lines: readonly T[]): T[][] {
  const parts: T[][] = [];
  let points = Infinity;
  for (const line of lines) {
    points += line.whole.points;
    if (points > mostInPart || (parts.at(-1)?.length ?? 0) >= mostRunsAsked) {
      parts.push([]);
      points = line.whole.points;
    }
    parts.at(-1)?.push(line);
  }
  return parts;
}

/** A line too long for one answer in halves of its x, as often as it takes. All x are whole numbers. */
async function readHalves(
  x: PointScope['x'],
  runId: string,
  key: string,
  from: number,
  to: number,
): Promise<readonly Series[]> {
  const middle = Math.floor(from / 2 + to / 2);
  const [[, , series] = ['', '', none]] = await read({ x, mostPoints: mostInPart, from, to }, [runId], [key]);
  if (series.x.length === series.total || !(middle >= from && middle < to)) return [series];
  const left = await readHalves(x, runId, key, from, middle);
  return [...left, ...(await readHalves(x, runId, key, middle + 1, to))];
}

function joined(parts: readonly Series[]): Series {
  const all = (of: (part: Series) => Float64Array): Float64Array => {
    const values = new Float64Array(parts.reduce((sum, { x }) => sum + x.length, 0));
    let at = 0;
    for (const part of parts) {
      values.set(of(part), at);
      at += part.x.length;
    }
    return values;
  };
  const x = all((part) => part.x);
  return { x, y: all(({ y }) => y), total: x.length, whole: parts.find(({ whole }) => whole)?.whole };
}
