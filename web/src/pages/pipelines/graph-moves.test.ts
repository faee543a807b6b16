import { expect, test } from 'bun:test';
import { layoutPipeline } from '../../api/pipeline-layout.ts';
import { moveFrom } from './graph-moves.ts';

const layout = layoutPipeline([
  { name: 'load', upstream: [] },
  { name: 'clean', upstream: ['load'] },
  { name: 'describe', upstream: ['load'] },
  { name: 'train', upstream: ['clean'] },
]);

test('right and left follow the lines', () => {
  expect(['clean', 'describe']).toContain(moveFrom(layout, 'load', 'ArrowRight') ?? '');
  expect(moveFrom(layout, 'clean', 'ArrowRight')).toBe('train');
  expect(moveFrom(layout, 'train', 'ArrowLeft')).toBe('clean');
  expect(moveFrom(layout, 'describe', 'ArrowRight')).toBeUndefined();
});

test('up and down stay in the column, home and end are the first and the last task', () => {
  const [upper = '', lower = ''] = layout.nodes
    .filter(({ column }) => column === 1)
    .toSorted((a, b) => a.y - b.y)
    .map(({ name }) => name);
  expect(moveFrom(layout, upper, 'ArrowDown')).toBe(lower);
  expect(moveFrom(layout, upper, 'ArrowUp')).toBeUndefined();
  expect(moveFrom(layout, upper, 'End')).toBe('train');
  expect(moveFrom(layout, upper, 'Home')).toBe('load');
});
