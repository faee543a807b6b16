import { expect, test } from 'bun:test';
import { steppedImages } from './stepped-images.ts';

test('images by step are known by their names, in the order of their steps', () => {
  const names = [
    'in~mask+step+10+timestamp+2+bbbb.png',
    'in~mask+step+-3+timestamp+1+aaaa.png',
    'in~mask+step+-3+timestamp+1+aaaa+compressed.webp',
    'old%step%0%timestamp%1795445429319%cccc.png',
    'step.png',
  ];
  const entries = names.map((name) => ({ name, path: `images/${name}`, isFolder: false, size: 1 }));
  expect(steppedImages(entries).map(({ key, step, small }) => [key, step, small !== undefined])).toEqual([
    ['in/mask', -3, true],
    ['old', 0, false],
    ['in/mask', 10, false],
  ]);
});
