/** Values as ONNX Runtime for Python makes texts of them. */
import { floatJson } from '../../models/predictions-json.ts';
import { textOf } from '../../models/request/python-text.ts';

/** `str(value)`; what is missing among numbers or texts is `nan`. */
export function textsOf(values: ArrayLike<unknown>): string[] {
  const list = Array.from(values);
  // A column that holds one fraction holds fractions alone.
  const fractions = list.some((value) => typeof value === 'number' && !Number.isInteger(value));
  return list.map((value) => {
    if (value === null || value === undefined || Number.isNaN(value)) return 'nan';
    if (typeof value === 'number' && fractions) return floatJson(value);
    if (typeof value === 'object') throw new TypeError('Lists and records are no texts for the model.');
    return textOf(value);
  });
}
