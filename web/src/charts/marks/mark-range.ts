/** The range of an axis along which values lie. */
import { everything, type Range } from '../line/line-data.ts';
import { yRange } from '../scales.ts';

/** Of finite values, with some air; from zero where bars begin there. */
export function rangeOfValues(values: readonly number[], log: boolean, fromZero = false): Range {
  const line = {
    id: '',
    label: '',
    colour: 0,
    x: Float64Array.from(values.keys()),
    y: Float64Array.from(values),
    total: values.length,
  };
  return yRange([line], everything, { log, fit: fromZero ? 'zero' : 'visible', limits: everything });
}
