import { expect, test } from 'bun:test';
import { scaleColour } from './scale-colour.ts';

const scale = ['rgb(183, 130, 15)', 'rgb(31, 127, 120)', 'rgb(43, 27, 107)'];

test('the ends and the middle are the colours of the theme', () => {
  expect([0, 0.5, 1].map((place) => scaleColour({ scale }, place))).toEqual(scale);
  expect(scaleColour({ scale }, -1)).toBe(scale[0] ?? '');
  expect(scaleColour({ scale }, 2)).toBe(scale[2] ?? '');
});

test('between black and white lies the grey of equal lightness, not the middle number', () => {
  // color-mix(in oklab, white, black) is #636363.
  expect(scaleColour({ scale: ['rgb(0, 0, 0)', 'rgb(255, 255, 255)'] }, 0.5)).toBe('rgb(99, 99, 99)');
});
