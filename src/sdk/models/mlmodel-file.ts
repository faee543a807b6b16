/** What the MLmodel file of a model says. */
import { schemaFrom, type Signature } from './signature.ts';
import { fromYaml } from './yaml-reader.ts';

export type Flavors = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface ModelDescription {
  readonly flavors: Flavors;
  readonly signature: Signature | undefined;
  readonly metadata: Readonly<Record<string, unknown>> | undefined;
  /** The logged model that it is, when the file says so. */
  readonly modelId: string | undefined;
  readonly runId: string | undefined;
}

/** @throws SyntaxError when the file is damaged */
export function readMlmodel(text: string): ModelDescription {
  const file = recordOf(fromYaml(text));
  const flavors = recordOf(file?.['flavors']);
  if (!file || !flavors) throw new SyntaxError('This MLmodel file names no flavors.');
  return {
    flavors: Object.fromEntries(Object.entries(flavors).map(([name, options]) => [name, recordOf(options) ?? {}])),
    signature: signatureOf(recordOf(file['signature'])),
    metadata: recordOf(file['metadata']),
    modelId: textOf(file['model_id']),
    runId: textOf(file['run_id']),
  };
}

function signatureOf(parts: Readonly<Record<string, unknown>> | undefined): Signature | undefined {
  const [inputs, outputs] = [textOf(parts?.['inputs']), textOf(parts?.['outputs'])];
  if (inputs === undefined && outputs === undefined) return undefined;
  return {
    ...(inputs === undefined ? {} : { inputs: schemaFrom(inputs) }),
    ...(outputs === undefined ? {} : { outputs: schemaFrom(outputs) }),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
