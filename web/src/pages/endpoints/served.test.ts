import { expect, test } from 'bun:test';
import { addressOf, alone, sameShares, shortUri, splitText, withCanary, withShare } from './served.ts';

const two = [
  { model_uri: 'models:/churn/1', traffic_percentage: 90 },
  { model_uri: 'models:/churn/2', traffic_percentage: 10 },
];

test('an address is a version or an alias', () => {
  expect(addressOf('models:/churn/3')).toEqual({ name: 'churn', version: '3' });
  expect(addressOf('models:/churn@champion')).toEqual({ name: 'churn', alias: 'champion' });
  expect(addressOf('models:/a@b/3')).toEqual({ name: 'a@b', version: '3' });
  expect(shortUri('models:/churn/3')).toBe('churn v3');
  expect(shortUri('models:/churn@champion')).toBe('churn@champion');
});

test.each([
  [0, 35, [35, 65]],
  [1, 35, [65, 35]],
  [1, 120, [0, 100]],
  [1, -3, [100, 0]],
  [0, NaN, [0, 100]],
  [0, 33.4, [33, 67]],
])('share %p set to %p leaves the rest to the other', (index, share, expected) => {
  expect(withShare(two, index, share).map((one) => one.traffic_percentage)).toEqual(expected);
});

test('one alone has all traffic', () => {
  expect(withShare(alone('models:/churn/1'), 0, 20)).toEqual(alone('models:/churn/1'));
});

test('a canary takes its share from the one with most traffic, and the place of the canary before', () => {
  expect(splitText(withCanary(two, 'models:/churn/3', 25))).toBe('churn v1 75 %, churn v3 25 %');
  expect(splitText(withCanary(two, 'models:/churn/2', 25))).toBe('churn v1 75 %, churn v2 25 %');
  expect(withCanary(alone('models:/churn/1'), 'models:/churn/1', 25)).toEqual(alone('models:/churn/1'));
});

test('splits are the same when models and shares are', () => {
  expect(sameShares(two, [...two])).toBe(true);
  expect(sameShares(two, withShare(two, 0, 89))).toBe(false);
});
