import { expect, test } from 'bun:test';
import { fromHalves, toHalves } from './half.ts';

test('half precision, from and to its bits', () => {
  const values = [0, 1, -2, 0.5, 65_504, 2 ** -14, 2 ** -24, Infinity, -Infinity];
  const bits = [0, 0x3c00, 0xc000, 0x3800, 0x7bff, 0x0400, 0x0001, 0x7c00, 0xfc00];
  expect([...toHalves(values)]).toEqual(bits);
  expect([...fromHalves(Uint16Array.from(bits))]).toEqual(values);
  expect([...fromHalves(toHalves([Number.NaN, -0]))]).toEqual([Number.NaN, -0]);
});

test('what lies between two is rounded to the nearer, or the even one', () => {
  const rounded = [...fromHalves(toHalves([2049, 2051, 0.1, 65_519, 65_520, 2 ** -25, 2047.9, 2 ** -14 - 2 ** -26]))];
  expect(rounded).toEqual([2048, 2052, 0.0999755859375, 65_504, Infinity, 0, 2048, 2 ** -14]);
});
