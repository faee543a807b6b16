import { expect, test } from 'bun:test';
import { alignedNumbers, alignedTexts, sameDecimals } from './aligned-numbers.ts';

const shown = (values: readonly number[], sample = values): string[] =>
  values.map((value) => alignedNumbers(sample)(value).replaceAll('\u00a0', '_'));

test('accuracies have as many decimals as the most precise', () => {
  expect(shown([0.9, 0.8712, 1, 0])).toEqual(['0.9000', '0.8712', '1.000_', '0.0000']);
});

test('points stand below each other, with four digits in all', () => {
  expect(shown([0.9, 0.8712, 12, 345.678, 12345.6])).toEqual([
    '0.9000',
    '0.8712',
    '12.00__',
    '345.7___',
    '12,346_____',
  ]);
});

test('counts stay whole', () => {
  expect(shown([1, 20, 300_000])).toEqual(['1', '20', '300,000']);
  expect(shown([12_345_678, 5])).toEqual(['12,345,678', '5']);
  expect(shown([2e9, 5])).toEqual(['2e9', '5']);
});

test('rates are written out while that is short, else all small ones with exponents', () => {
  expect(shown([1e-5, 3e-4, 0.5])).toEqual(['0.00001', '0.00030', '0.5000_']);
  expect(shown([1.234e-5, 3e-4, 0.5])).toEqual(['1.234e-5', '3.000e-4', '0.5']);
  expect(shown([1e-9, 2.5e7])).toEqual(['1.0e-9', '2.5e7']);
});

test('what is no number is a word', () => {
  expect(shown([NaN, Infinity, -Number.MAX_VALUE, 0.25])).toEqual(['NaN', 'Infinity', '-Infinity', '0.25']);
});

test('a number that was not in the sample loses no digit', () => {
  expect(shown([0.1234], [1, 2])).toEqual(['0.1234']);
  expect(shown([9.99996, -0.5], [0.5])).toEqual(['10.0', '-0.5']);
});

test('numbers that were written by somebody stay as they are, with room behind', () => {
  const texts = (values: readonly string[]): string[] =>
    values.map((value) => alignedTexts(values)(value).replaceAll('\u00a0', '_'));
  expect(texts(['0.3', '0.44', '12'])).toEqual(['0.3_', '0.44', '12___']);
  expect(texts(['1', '20'])).toEqual(['1', '20']);
  expect(texts(['0.3', '1e-5'])).toEqual(['0.3', '1e-5']);
});

test('numbers with all digits of a double are cut to four, what merely looks like them is not', () => {
  const texts = (values: readonly string[]): string[] =>
    values.map((value) => alignedTexts(values)(value).replaceAll('\u00a0', '_'));
  expect(texts(['2.8543499814050734e-05', '0.0002031252446', '0.012345678901', '0.1'])).toEqual([
    '2.854e-5',
    '2.031e-4',
    '0.01235',
    '0.1____',
  ]);
  expect(texts(['-0.30000000000000004', '12', '1e-5', 'nan'])).toEqual(['-0.3000', '12_____', '1e-5', 'nan']);
  expect(texts(['1234.5678901', '0.99999'])).toEqual(['1235______', '0.99999']);
  expect(texts(['1234567.12345678', '0.00000000'])).toEqual(['1.235e6', '0.000']);
  const kept = ['9223372036854775807', '0x10', '007', '1.10', '0071.12345678', '1.123456'];
  expect(kept.map((value) => alignedTexts(kept)(value).trimEnd())).toEqual(kept);
  expect(alignedTexts(['0.5'])('2.8543499814050734e-05')).toBe('2.854e-5');
});

test('numbers below each other have as many decimals, those written in another way stay as they are', () => {
  expect(sameDecimals([1.35, 2.471, 2])).toEqual(['1.350', '2.471', '2.000']);
  expect(sameDecimals([1.80184, 0.40971])).toEqual(['1.8018', '0.4097']);
  expect(sameDecimals([1, 20, 3000])).toEqual(['1', '20', '3,000']);
  expect(sameDecimals([0.5, NaN, 1e9, -Infinity])).toEqual(['0.5', 'NaN', '1e9', '-Infinity']);
  expect(sameDecimals([])).toEqual([]);
});
