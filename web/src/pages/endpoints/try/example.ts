/** A request to begin with: the example that was logged with the model, or else one that its signature tells. */
import { exampleOf } from '../../models/snippet-data.ts';
import type { SchemaField, Signature } from '../../models/signature.ts';
import { isRecord } from './json.ts';

/** Where a version's MLmodel says that its example lies: best as a request, as it was written for. */
export function examplePath(mlmodel: string): string | undefined {
  const block = /^saved_input_example_info:\n((?: .*\n?)+)/m.exec(mlmodel)?.[1] ?? '';
  const of = (key: string): string | undefined =>
    new RegExp(`^ +${key}: *(.+)$`, 'm').exec(block)?.[1]?.replaceAll(/^['"]|['"]$/g, '');
  return of('serving_input_path') ?? of('artifact_path');
}

const formats = ['dataframe_split', 'dataframe_records', 'inputs', 'instances'];

/** The content of that file as a request. */
export function requestOfExample(content: unknown): unknown {
  if (isRecord(content)) {
    if (formats.some((format) => format in content)) return content;
    if (Array.isArray(content['data'])) return { dataframe_split: content };
  }
  return { inputs: content };
}

/** A tensor with more values is left to whoever has one. */
const mostValues = 1000;

/** What the signature tells: a row of plausible values, or a tensor of zeros. */
export function requestOfSignature(signature: Signature | undefined): unknown {
  const inputs = signature?.inputs ?? [];
  if (inputs.length === 0) return { inputs: [[0.5, 0.5]] };
  if (!inputs.every(isTensor)) {
    const columns = inputs.map(({ name }) => name);
    const named = columns.every((name) => name !== undefined);
    return { dataframe_split: { ...(named && { columns }), data: [inputs.map(({ type }) => exampleOf(type))] } };
  }
  const [first] = inputs;
  if (inputs.length === 1 && first?.name === undefined) return { inputs: zeros(first) };
  return { inputs: Object.fromEntries(inputs.map((field) => [field.name ?? '', zeros(field)])) };
}

export function isTensor({ type }: SchemaField): boolean {
  return type.startsWith('tensor ');
}

function zeros(field: SchemaField | undefined): unknown {
  const [, of = '', dimensions = ''] = /^tensor (\S+) \((.*)\)$/.exec(field?.type ?? '') ?? [];
  const shape = dimensions.split(', ').map((one) => Math.max(1, Number(one) || 1));
  if (shape.reduce((product, one) => product * one, 1) > mostValues) return [];
  const zero = /^(str|object|<U)/.test(of) ? '' : of === 'bool' ? false : 0;
  return shape.reduceRight<unknown>((inner, length) => Array.from({ length }, () => inner), zero);
}
