import { expect, test } from 'bun:test';
import { addressOf } from './dataset-source.ts';

test('the only address in JSON stands for it', () => {
  expect(addressOf('{"uri": "/data/wine.csv"}')).toBe('/data/wine.csv');
});

test.each(['{"path": "a/b", "revision": "c"}', '{"tags": {"user": "x"}}', '{}', 'null', '"x', 's3://bucket/x', ''])(
  '%j is shown as it is',
  (source) => {
    expect(addressOf(source)).toBe(source);
  },
);
