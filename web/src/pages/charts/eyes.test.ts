/** Which runs are drawn: rules, and single runs against them. */
import { expect, test } from 'bun:test';
import type { UrlValues } from '../../components/url-state.ts';
import { isOpen, isPutAway, readEyes, urlOfAllBack, urlOfEyes, urlOfOnly, urlOfRule, urlOfSingled } from './eyes.ts';

const runs = Array.from({ length: 30 }, (_, i) => ({ run_id: `r${i}`, status: i % 3 === 0 ? 'RUNNING' : 'FINISHED' }));

function open(url: UrlValues, found?: ReadonlySet<string>): number[] {
  const eyes = readEyes(url);
  return runs.flatMap((run, i) => (isOpen(eyes, run, i, found) ? [i] : []));
}

function away(url: UrlValues): number[] {
  const eyes = readEyes(url);
  return runs.flatMap((run, i) => (isPutAway(eyes, run, i, undefined) ? [i] : []));
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

test('runs that are singled out are alone until they are let go, and what was before is as it was', () => {
  const before = press(urlOfRule('first10'), 'r2', false);
  const alone = { ...before, ...urlOfSingled(readEyes(before), ['r3']) };
  expect(open(alone)).toEqual([3]);
  expect(open(press(alone, 'r4', true))).toEqual([3, 4]);
  expect(open(press(alone, 'r3', false))).toEqual([]);
  expect(away(alone)).toEqual([0, 1, 2, 4, 5, 6, 7, 8, 9]);
  expect(open({ ...alone, ...urlOfSingled(readEyes(alone), ['r5']) })).toEqual([5]);
  expect(open({ ...alone, ...urlOfSingled(readEyes(alone), ['r3']) })).toEqual(open(before));
  expect(open({ ...alone, ...urlOfAllBack(readEyes(alone)) })).toEqual(open(urlOfRule('first10')));
});

test('what was closed by hand is put away, what a rule leaves out is not', () => {
  expect(away(press({}, 'r7', false))).toEqual([7]);
  expect(away(urlOfRule('first10'))).toEqual([]);
  expect(away(press(urlOfOnly(['r3', 'r29']), 'r3', false))).toEqual([3]);
});
