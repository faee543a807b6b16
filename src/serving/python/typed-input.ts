/** Requests that this process reads itself: their columns go to the worker as they lie in memory, with no JSON. */
import type { Column, Frame } from '../../models/frame.ts';
import type { ModelFolder } from '../../models/model-folder.ts';
import { readRequest } from '../../models/request/read-request.ts';
import type { FrameHeader } from '../../python-workers/frames.ts';
import type { ScoringRequest } from '../scorer.ts';

export interface TypedInput {
  readonly frame: Frame;
  /** Inputs of one likeness can be one table. */
  readonly likeness: string;
}

/** Types that leave nothing to be inferred from the values: JSON as read here does not know 1 from 1.0. */
const plainTypes: ReadonlySet<string> = new Set([
  'boolean',
  'integer',
  'long',
  'float',
  'double',
  'string',
  'datetime',
]);
/** Bytes of bodies that are read here; while this process reads, others wait. */
const largestBody = 4 * 1024 * 1024;
/** Words that stand for what a table alone does not say: parameters, and the names of rows. */
const more = ['"params"', '"index"'].map((word) => Buffer.from(word));

/** Whether bodies for this model can be read here. */
export function readsHere({ inputs, typeHints }: Pick<ModelFolder, 'inputs' | 'typeHints'>): boolean {
  return (
    inputs?.kind === 'columns' && inputs.named && !typeHints && inputs.fields.every(({ type }) => plainTypes.has(type))
  );
}

/** undefined for what mlflow itself is to read: what is out of the ordinary, and what is refused, in its own words. */
export function typedInput(request: ScoringRequest, folder: ModelFolder): TypedInput | undefined {
  const { body, format } = request;
  if (format !== 'json' || body.length > largestBody) return undefined;
  const text = Buffer.from(body.buffer, body.byteOffset, body.length);
  if (more.some((word) => text.includes(word))) return undefined;
  const frame = frameOf({ body, format }, folder);
  if (!frame || frame.rows === 0 || isAmbiguous(frame, text)) return undefined;
  return { frame, likeness: JSON.stringify(frame.columns.map(({ name, dtype }) => [name, dtype])) };
}

function frameOf(request: Parameters<typeof readRequest>[0], folder: ModelFolder): Frame | undefined {
  try {
    const { data } = readRequest(request, folder);
    return data.kind === 'frame' ? data : undefined;
  } catch {
    return undefined;
  }
}

const bareWords = ['NaN', 'Infinity'].map((word) => Buffer.from(word));

/** Whether Python might have read other values, or the same values otherwise. */
function isAmbiguous({ columns }: Frame, text: Buffer): boolean {
  const types = new Set(columns.map(({ dtype }) => dtype));
  if (types.has('object')) return true;
  // A bare NaN is no text.
  if (types.has('str') && bareWords.some((word) => text.includes(word))) return true;
  // Fractions are cut and large whole numbers wrap, or are refused, by what else is in their column.
  if (types.has('int32')) return /\d{10}|\d[eE]/.test(text.toString('latin1'));
  return types.has('int64') && /\d{16}/.test(text.toString('latin1'));
}

const encoder = new TextEncoder();

/** Inputs of one likeness as one table, column after column. */
export function tableOf(inputs: readonly TypedInput[]): { header: FrameHeader; parts: Uint8Array[] } {
  const [first] = inputs as readonly [TypedInput];
  const parts: Uint8Array[] = [];
  const columns = first.frame.columns.map(({ name, dtype }, place) => {
    const pieces = inputs.map(({ frame }) => frame.columns[place] as Column);
    const own = dtype === 'str' ? [textsOf(pieces)] : pieces.map(bytesOf);
    parts.push(...own);
    return [name, dtype, own.reduce((sum, { length }) => sum + length, 0)];
  });
  return { header: { kind: 'table', columns, rows: inputs.map(({ frame }) => frame.rows) }, parts };
}

function textsOf(pieces: readonly Column[]): Uint8Array {
  return encoder.encode(JSON.stringify(pieces.flatMap(({ values }) => values as readonly (string | null)[])));
}

function bytesOf({ values }: Column): Uint8Array {
  const { buffer, byteOffset, byteLength } = values as Float64Array;
  return new Uint8Array(buffer, byteOffset, byteLength);
}
