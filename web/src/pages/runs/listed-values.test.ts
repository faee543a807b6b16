import { expect, test } from 'bun:test';
import { listedValues } from './listed-values.ts';

const shown = (kind: 'number' | 'text', ...values: string[]): string[] =>
  listedValues({ kind, values: values.map((value) => ({ value, count: 1 })) }).map((one) => one.shown);

test('numbers stand in their order, with four digits', () => {
  expect(shown('number', '10', '0.0002031252344', '2.8543499814050734e-05', '9', 'nan')).toEqual([
    '2.854e-5',
    '2.031e-4',
    '9',
    '10',
    'nan',
  ]);
});

test('those that would look alike keep all their digits', () => {
  expect(shown('number', '0.12345678', '0.12345679', '0.3333333333')).toEqual(['0.12345678', '0.12345679', '0.3333']);
});

test('texts stay as the server lists them', () => {
  expect(shown('text', 'b', '10', '9', ' a')).toEqual(['b', '10', '9', '" a"']);
});
