/** Input held to the signature of a model. */
import { enforceColumns } from './enforce-columns.ts';
import { enforceTensors } from './enforce-tensors.ts';
import type { Input } from './model-input.ts';
import type { ColumnSpec, Schema, TensorSpec } from './signature.ts';

/** @throws ModelInputError when the input does not fit */
export function enforce(input: Input, schema: Schema | undefined): Input {
  const [first] = schema ?? [];
  if (!schema || !first) return input;
  if (!('dtype' in first)) return enforceColumns(input, schema as readonly ColumnSpec[]);
  const tensors = enforceTensors(input, schema as readonly TensorSpec[]);
  const only = tensors[''];
  return only ? { kind: 'unnamed', value: only } : { kind: 'named', values: tensors };
}
