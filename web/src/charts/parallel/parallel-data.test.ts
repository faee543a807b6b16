import { describe, expect, test } from 'bun:test';
import { brushOf, none, passing, placeOn, snapped, stepped, valuesOf, type ParallelAxis } from './parallel-data.ts';
import { valueAxis } from '../value-axis.ts';

type Cells = readonly (number | string | null)[];

function axisOf(column: string, cells: Cells, flipped = false): ParallelAxis {
  const axis = valueAxis(column, cells, { air: false });
  return { column, title: column, axis, flipped, hasNone: cells.includes(null) };
}

const lr = axisOf('params.lr', ['0', '10', null]);
const model = axisOf('params.model', ['a', 'b', 'c', 'd']);

describe('a brush', () => {
  const lines = [0, 5, 10, null].map((cell, i) => ({
    runId: String(i),
    name: '',
    colour: '',
    places: [placeOn(lr, cell), placeOn(model, ['a', 'b', 'c', 'd'][i])],
  }));
  const left = (brushes: readonly (readonly [string, { low: number; high: number }])[]): string[] =>
    passing({ axes: [lr, model], lines }, new Map(brushes)).map(({ runId }) => runId);

  test('leaves what lies in it, together with others what lies in all', () => {
    expect(left([])).toEqual(['0', '1', '2', '3']);
    expect(left([['params.lr', { low: 0.4, high: 1 }]])).toEqual(['1', '2']);
    expect(left([['params.lr', { low: none, high: 0 }]])).toEqual(['0', '3']);
    expect(left([['params.lr', { low: none, high: none }]])).toEqual(['3']);
    expect(left([['params.lr', { low: 0.4, high: 1 }], ['params.model', snapped(model, 0.3, 0.4)]])).toEqual(['1']); // prettier-ignore
  });

  test('holds categories whole', () => {
    expect(snapped(model, 0.6, 0.3)).toEqual({ low: 0.25, high: 0.75 });
    expect(snapped(model, 0.3, 0.3)).toEqual({ low: 0.25, high: 0.5 });
    expect(snapped(lr, 0.6, none)).toEqual({ low: none, high: 0.6 });
  });

  test('is the same again from its values, also when the axis was turned around', () => {
    for (const [axis, brush] of [
      [lr, { low: 0.25, high: 0.5 }],
      [lr, { low: none, high: 0.5 }],
      [lr, { low: none, high: none }],
      [model, { low: 0.25, high: 0.75 }],
    ] as const) {
      expect(brushOf(axis, valuesOf(axis, brush))).toEqual(brush);
    }
    expect(valuesOf(lr, { low: 0.25, high: 0.5 })).toEqual([2.5, 5]);
    expect(valuesOf(model, { low: 0.25, high: 0.75 })).toEqual(['b', 'c']);
    const turned = axisOf('params.lr', ['0', '10'], true);
    expect(brushOf(turned, [2.5, 5])).toEqual({ low: 0.5, high: 0.75 });
    const turnedModel = axisOf('params.model', ['a', 'b', 'c', 'd'], true);
    expect(brushOf(turnedModel, ['a', 'b'])).toEqual({ low: 0.5, high: 1 });
    expect(brushOf(model, ['gone', 'b'])).toBeUndefined();
  });

  test('moves by keys, from the bottom on to runs without a value', () => {
    const whole = { low: 0, high: 1 };
    expect(stepped(lr, whole, 'low', 'ArrowUp')).toEqual({ low: 0.02, high: 1 });
    expect(stepped(lr, whole, 'low', 'ArrowDown')).toEqual({ low: none, high: 1 });
    expect(stepped(lr, { low: none, high: 1 }, 'low', 'ArrowUp')).toEqual(whole);
    expect(stepped(lr, { low: 0.2, high: 0.2 }, 'high', 'ArrowDown')).toEqual({ low: 0.2, high: 0.2 });
    expect(stepped(model, whole, 'high', 'ArrowDown')).toEqual({ low: 0, high: 0.75 });
    expect(stepped(model, whole, 'low', 'ArrowDown')).toEqual(whole);
    expect(stepped(model, whole, 'low', 'x')).toBeUndefined();
  });
});
