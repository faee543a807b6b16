import { expect, test } from 'bun:test';
import { Traffic } from './traffic.ts';

function chosen(traffic: Traffic<string>, shares: readonly [string, number][], count: number): string {
  const given = shares.map(([to, share]) => ({ to, traffic: share }));
  return Array.from({ length: count }, () => traffic.choose(given)).join('');
}

test('each gets its share exactly, and in turn', () => {
  expect(chosen(new Traffic(), [['a', 50], ['b', 50]], 6)).toBe('ababab'); // prettier-ignore
  const ten = chosen(new Traffic(), [['a', 90], ['b', 10]], 20); // prettier-ignore
  expect(ten).toBe('aaaaabaaaaaaaaabaaaa');
});

test('without traffic one is chosen only where nobody else can answer', () => {
  expect(chosen(new Traffic(), [['a', 100], ['b', 0]], 3)).toBe('aaa'); // prettier-ignore
  expect(chosen(new Traffic(), [['b', 0]], 2)).toBe('bb');
  expect(new Traffic().choose([])).toBeUndefined();
});

test('one that was away does not catch up at once', () => {
  const traffic = new Traffic<string>();
  expect(chosen(traffic, [['a', 50]], 10)).toBe('aaaaaaaaaa');
  expect(chosen(traffic, [['a', 50], ['b', 50]], 4)).toBe('abab'); // prettier-ignore
});
