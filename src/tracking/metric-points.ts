/**
 * Points as they are stored: records of 24 bytes, little-endian as every machine that Bun runs on: step and timestamp
 * as int64, value as a double. So a series is put together by joining bytes, and read without parsing.
 */
import type { Int64 } from '../protocol/schema.ts';

/** NaN is `value: 0, nan: 1`, so that points have an order; infinities are the greatest double. */
export interface Point {
  step: Int64;
  timestamp: Int64;
  value: number;
  nan: 0 | 1;
}

export interface HistoryPoint {
  step: Int64;
  timestamp: Int64;
  value: number;
}

export function compare(a: Int64, b: Int64): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** NaN counts as 0, but comes after it. */
export function compareValues(a: number, b: number): number {
  if (a === b) return 0;
  const [aNaN, bNaN] = [Number.isNaN(a), Number.isNaN(b)];
  return compare(aNaN ? 0 : a, bNaN ? 0 : b) || Number(aNaN) - Number(bNaN);
}

export const recordBytes = 24;

export class PackedPoints {
  readonly bytes: Uint8Array;
  readonly length: number;
  readonly #halves: Int32Array;
  readonly #integers: BigInt64Array;
  readonly #doubles: Float64Array;

  /** @param bytes whole records, beginning at a multiple of 8 in their buffer */
  constructor(bytes: Uint8Array) {
    const { buffer, byteOffset, byteLength } = bytes;
    this.bytes = bytes;
    this.length = byteLength / recordBytes;
    this.#halves = new Int32Array(buffer, byteOffset, byteLength / 4);
    this.#integers = new BigInt64Array(buffer, byteOffset, byteLength / 8);
    this.#doubles = new Float64Array(buffer, byteOffset, byteLength / 8);
  }

  step(i: number): Int64 {
    return this.#integer(3 * i);
  }

  value(i: number): number {
    return this.#doubles[3 * i + 2] as number;
  }

  /** Whether two points have the same step and the same timestamp. */
  isSameMoment(i: number, j: number): boolean {
    const halves = this.#halves;
    for (let half = 0; half < 4; half++) if (halves[6 * i + half] !== halves[6 * j + half]) return false;
    return true;
  }

  /** Puts point `j` of others at place `i`; by halves, because a double that is copied may become another NaN. */
  copy(i: number, others: PackedPoints, j: number): void {
    for (let half = 0; half < 6; half++) this.#halves[6 * i + half] = others.#halves[6 * j + half] as number;
  }

  at(i: number): HistoryPoint {
    return {
      step: this.#integer(3 * i),
      timestamp: this.#integer(3 * i + 1),
      value: this.#doubles[3 * i + 2] as number,
    };
  }

  // A bigint for each number would cost several times the rest, so ordinary integers go by halves.
  #integer(at: number): Int64 {
    const number = (this.#halves[2 * at + 1] as number) * 2 ** 32 + ((this.#halves[2 * at] as number) >>> 0);
    return Number.isSafeInteger(number) ? number : (this.#integers[at] as bigint);
  }

  set(i: number, { step, timestamp, value, nan }: Point): void {
    this.#setInteger(3 * i, step);
    this.#setInteger(3 * i + 1, timestamp);
    this.#doubles[3 * i + 2] = nan === 1 ? NaN : value;
  }

  #setInteger(at: number, value: Int64): void {
    if (typeof value === 'bigint') {
      this.#integers[at] = value;
      return;
    }
    this.#halves[2 * at] = value;
    this.#halves[2 * at + 1] = Math.floor(value / 2 ** 32);
  }
}

// Kept, because making buffers and views takes longer than filling them.
let packedKeys = new Int32Array(0);
let packedPoints = new PackedPoints(new Uint8Array(0));

/** For each key in turn its id and the number of its points; and the points. Both are good until the next call. */
export function packed(pointsOfKeys: ReadonlyMap<number, readonly Point[]>): [keys: Int32Array, points: Uint8Array] {
  let count = 0;
  for (const points of pointsOfKeys.values()) count += points.length;
  if (count > packedPoints.length) {
    packedKeys = new Int32Array(2 * count);
    packedPoints = new PackedPoints(new Uint8Array(count * recordBytes));
  }
  let [i, k] = [0, 0];
  for (const [key, points] of pointsOfKeys) {
    packedKeys[k++] = key;
    packedKeys[k++] = points.length;
    for (const point of points) packedPoints.set(i++, point);
  }
  return [packedKeys.subarray(0, k), packedPoints.bytes.subarray(0, count * recordBytes)];
}
