/** What a worker answers → the answers to the requests that it was given. */
import { arrayJson } from '../../models/predictions-json.ts';
import type { NdArray } from '../../models/frame.ts';
import type { Frame } from '../../python-workers/frames.ts';
import { broken } from '../refusals.ts';
import type { ScoringAnswer } from '../scorer.ts';

/** undefined when the worker did not take them so. */
export function answersOf({ header, payload }: Frame, rows: readonly number[]): ScoringAnswer[] | undefined {
  if ('refused' in header) return undefined;
  if ('failed' in header) return rows.map(() => broken(lastLine(String(header['failed']))));
  if ('dtype' in header) return arrayAnswers(String(header['dtype']), header['shape'] as number[], payload, rows);
  let end = 0;
  return (header['answers'] as [number, number][]).map(([status, length]) => {
    end += length;
    return { status, body: payload.subarray(end - length, end) };
  });
}

const arrayTypes = {
  '<f8': { dtype: 'float64', of: Float64Array },
  '<f4': { dtype: 'float32', of: Float32Array },
  '<i8': { dtype: 'int64', of: BigInt64Array },
  '<i4': { dtype: 'int32', of: Int32Array },
  '<i2': { dtype: 'int16', of: Int16Array },
  '|i1': { dtype: 'int8', of: Int8Array },
  '<u4': { dtype: 'uint32', of: Uint32Array },
  '<u2': { dtype: 'uint16', of: Uint16Array },
  '|u1': { dtype: 'uint8', of: Uint8Array },
  '|b1': { dtype: 'bool', of: Uint8Array },
} as const;

/** One array for all requests, their rows one after the other. */
function arrayAnswers(
  type: string,
  [all = 0, ...inner]: readonly number[],
  payload: Frame['payload'],
  rows: readonly number[],
): ScoringAnswer[] {
  const { dtype, of } = arrayTypes[type as keyof typeof arrayTypes];
  // A typed array begins at a multiple of its items' size.
  const values = new of(payload.slice().buffer);
  const size = all === 0 ? 0 : values.length / all;
  let end = 0;
  return rows.map((count) => {
    end += count;
    const own: NdArray = { dtype, shape: [count, ...inner], values: values.subarray((end - count) * size, end * size) };
    return { status: 200, body: `{"predictions": ${arrayJson(own)}}` };
  });
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}
