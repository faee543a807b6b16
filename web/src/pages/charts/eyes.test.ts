/** Which runs are drawn: rules, and single runs against them. */
import { expect, test } from 'bun:test';
import type { UrlValues } from '../../components/url-state.ts';
import { isOpen, readEyes, urlOfEyes, urlOfOnly, urlOfRule } from './eyes.ts';

const runs = Array.from({ length: 30 }, (_, i) => ({ run_id: `r${i}`, status: i % 3 === 0 ? 'RUNNING' : 'FINISHED' }));

function open(url: UrlValues, found?: ReadonlySet<string>): number[] {
  const eyes = readEyes(url);
  return runs.flatMap((run, i) => (isOpen(eyes, run, i, found) ? [i] : []));
}

const press = (url: UrlValues, id: string, to: boolean): UrlValues => ({
  ...url,
  ...urlOfEyes(readEyes(url), [id], to),
});

test('rules are for all runs', () => {
  expect(open({}).length).toBe(30);
  expect(open(urlOfRule('none'))).toEqual([]);
  expect(open(urlOfRule('first10'))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(open(urlOfRule('first20')).length).toBe(20);
  expect(open(urlOfRule('unfinished')).length).toBe(10);
  expect(open(urlOfOnly(['r3', 'r29']))).toEqual([3, 29]);
  expect(open(urlOfRule('where', 'metrics.loss < 1'), new Set(['r5']))).toEqual([5]);
  expect(readEyes(urlOfRule('where', 'metrics.loss < 1')).filter).toBe('metrics.loss < 1');
});

test('one eye changes one run, whatever the rule', () => {
  const first = urlOfRule('first10');
  expect(open(press(first, 'r2', false))).toEqual([0, 1, 3, 4, 5, 6, 7, 8, 9]);
  expect(open(press(first, 'r20', true))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 20]);
  expect(open(press(press(first, 'r2', false), 'r2', true))).toEqual(open(first));
  expect(open(press(urlOfRule('none'), 'r7', true))).toEqual([7]);
  expect(press(press({}, 'r7', false), 'r7', true)).toEqual({ shown: '', hidden: '' });
});

test('more runs than an address has room for are refused', () => {
  const ids = Array.from({ length: 101 }, (_, i) => `r${i}`);
  expect(urlOfEyes(readEyes({}), ids, false)).toBeUndefined();
  expect(urlOfEyes(readEyes(urlOfRule('none')), ids, false)).toEqual({ shown: '', hidden: '' });
});
