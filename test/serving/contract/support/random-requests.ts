/** Requests that nobody would write: values of every kind in any place, fields that are missing or too many. */
import type { Random } from '../../../support/random.ts';

/** Models that are asked at random, with the columns that they take. */
export const randomlyAsked: Readonly<Record<string, readonly string[]>> = {
  'onnx-whole': ['l', 'i', 'b', 'd'],
  'onnx-total': ['a', 'b', 'c'],
  'onnx-floats': ['a', 'b', 'c'],
  'onnx-one': ['x'],
  'onnx-tensor': ['a', 'b', 'c'],
};

const usual = ['1', '2', '3.5', '0', '-1', '-0.5'];
const odd =
  '7 -3 2147483648 9007199254740993 18446744073709551615 0.1 true false null NaN Infinity "5" "5.5" "x" "" "7_0" "nan" "true" "1e3" {} {"k":1}'.split(
    ' ',
  );
const forms = ['records', 'split', 'columns', 'rows', 'lists', 'value'] as const;

export function randomRequest(names: readonly string[], random: Random): string {
  const often = (share: number): boolean => random.below(100) < share * 100;
  const cell = (): string => random.pick(often(0.8) ? usual : odd);
  const list = (length: number, item: () => string): string => `[${Array.from({ length }, item).join(',')}]`;
  const record = (): string => {
    const there = [...names.filter(() => often(0.95)), ...(often(0.1) ? ['extra'] : [])];
    return `{${there.map((name) => `"${name}":${cell()}`).join(',')}}`;
  };
  const rows = random.pick([1, 1, 2, 2, 3]);
  const form = random.pick(['inputs', 'instances']);
  switch (random.pick(forms)) {
    case 'records':
      return `{"dataframe_records":${list(rows, record)}}`;
    case 'split': {
      const width = (): number => (often(0.95) ? names.length : names.length - 1);
      const columns = often(0.8) ? names : names.toReversed();
      return `{"dataframe_split":{"columns":${JSON.stringify(columns)},"data":${list(rows, () => list(width(), cell))}}}`;
    }
    case 'columns': {
      const values = (): string => (often(0.1) ? cell() : list(often(0.95) ? rows : rows + 1, cell));
      const there = names.filter(() => often(0.95));
      return `{"${form}":{${there.map((name) => `"${name}":${values()}`).join(',')}}}`;
    }
    case 'rows':
      return `{"${form}":${list(rows, record)}}`;
    case 'lists':
      return `{"${form}":${list(rows, () => list(often(0.95) ? 3 : 2, cell))}}`;
    case 'value':
      return `{"${form}":${cell()}}`;
  }
}
