import { expect, test } from 'bun:test';
import { laidOutJson } from './laid-out-json.ts';

test.each([
  ['{"id":12345678901234567890,"a":[1,0.1]}', '{\n  "id": 12345678901234567890,\n  "a": [\n    1,\n    0.1\n  ]\n}'],
  ['{"mean": NaN}', '{\n  "mean": NaN\n}'],
  ['{"a": 1', '{"a": 1'],
  ['['.repeat(100_000) + ']'.repeat(100_000), '['.repeat(100_000) + ']'.repeat(100_000)],
])('%.20s', (text, laidOut) => {
  expect(laidOutJson(text)).toBe(laidOut);
});
