/** Records as lines of JSON. Integers beyond 2^53 and NaN, which JSON has not, are texts. */
import { existsSync } from 'node:fs';
import { linesOf } from '../common/lines.ts';
import type { Int64 } from '../protocol/schema.ts';
import type { KeyedPoint } from '../tracking/metric-store.ts';

export function toLine(value: unknown): string {
  return `${JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'bigint') return String(part);
    return typeof part === 'number' && !Number.isFinite(part) ? String(part) : part;
  })}\n`;
}

/** The values of a file's lines; none when there is no file. */
export async function* valuesOf<T>(path: string): AsyncGenerator<T> {
  if (!existsSync(path)) return;
  let number = 0;
  for await (const line of linesOf(Bun.file(path).stream())) {
    number++;
    if (line === '') continue;
    try {
      yield JSON.parse(line) as T;
    } catch (cause) {
      throw new Error(`${path}, line ${number}: not JSON; was the export stopped half-way?`, { cause });
    }
  }
}

/** A number as `toLine` writes it. */
export type Written = number | string;

export function int64Of(value: Written): Int64 {
  return typeof value === 'string' ? BigInt(value) : value;
}

export function doubleOf(value: Written): number {
  return Number(value);
}

/** A part of a series, as a line of `metrics.jsonl`. */
export interface MetricLine {
  readonly run_id: string;
  readonly key: string;
  /** [step, timestamp, value] */
  readonly points: readonly (readonly [Written, Written, Written])[];
}

export function pointsOf({ key, points }: MetricLine): KeyedPoint[] {
  return points.map(([step, timestamp, value]) => {
    const nan = value === 'NaN';
    return {
      key,
      step: int64Of(step),
      timestamp: int64Of(timestamp),
      value: nan ? 0 : Number(value),
      nan: nan ? 1 : 0,
    };
  });
}
