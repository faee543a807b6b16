import type { ByteRange } from './artifact-store.ts';

/**
 * The single range a `Range` header asks for. Undefined means "send all" (no header, several ranges, other units),
 * 'unsatisfiable' means 416.
 */
export function parseByteRange(header: string | null, size: number): ByteRange | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (match === null || (match[1] === '' && match[2] === '')) return undefined;
  const first = match[1] === '' ? undefined : Number(match[1]);
  const last = match[2] === '' ? undefined : Number(match[2]);
  if (first === undefined) {
    const length = Math.min(last ?? 0, size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 };
  }
  // MLflow answers 416 for bytes=9-2 too.
  if (first >= size || (last !== undefined && last < first)) return 'unsatisfiable';
  return { start: first, end: Math.min(last ?? size - 1, size - 1) };
}
