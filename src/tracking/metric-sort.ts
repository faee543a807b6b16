/** Packed points put in order by timestamp, step and value, each once. */
import { compareValues, PackedPoints, recordBytes } from './metric-points.ts';

/** Digits of 16 bits in a record, the least first: four of the step, four of the timestamp, then the value. */
const digitsOfRecord = recordBytes / 2;
const integerDigits = 8;
const digitsOfInteger = 4;

export function sortedByTime(points: PackedPoints): PackedPoints {
  return distinct(points, placesByTime(points));
}

/**
 * The places of the points by timestamp and step, equal ones in the order they have. Digit by digit from the least on
 * (radix sort): no comparison is called 20 million times for a million points, and int64 need no bigint.
 */
function placesByTime({ bytes, length }: PackedPoints): Uint32Array {
  const digits = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
  let places = Uint32Array.from({ length }, (_, i) => i);
  let others = new Uint32Array(length);
  for (let digit = 0; digit < integerDigits; digit++) {
    // The sign is in the greatest digit: negative ones come first.
    const flip = digit % digitsOfInteger === digitsOfInteger - 1 ? 0x8000 : 0;
    const starts = new Uint32Array(0x10001);
    const add = (at: number, more: number): number => (starts[at] = (starts[at] as number) + more);
    for (let at = digit; at < digits.length; at += digitsOfRecord) add(1 + ((digits[at] as number) ^ flip), 1);
    // All alike, as the great digits mostly are.
    if (starts.includes(length)) continue;
    for (let i = 1; i < starts.length; i++) add(i, starts[i - 1] as number);
    for (const place of places) {
      const value = (digits[place * digitsOfRecord + digit] as number) ^ flip;
      others[add(value, 1) - 1] = place;
    }
    [places, others] = [others, places];
  }
  return places;
}

/** Orders those of one time and step by their value, and leaves out what came twice. */
function distinct(points: PackedPoints, places: Uint32Array): PackedPoints {
  const result = new PackedPoints(new Uint8Array(points.bytes.length));
  let length = 0;
  for (let from = 0, to = 1; from < places.length; from = to++) {
    const first = places[from] as number;
    while (to < places.length && points.isSameMoment(first, places[to] as number)) to++;
    if (to === from + 1) {
      result.copy(length++, points, first);
      continue;
    }
    const together = places.subarray(from, to).sort((a, b) => compareValues(points.value(a), points.value(b)));
    let last: number | undefined;
    for (const place of together) {
      if (last === undefined || compareValues(points.value(last), points.value(place)) !== 0)
        result.copy(length++, points, place);
      last = place;
    }
  }
  return new PackedPoints(result.bytes.slice(0, length * recordBytes));
}
