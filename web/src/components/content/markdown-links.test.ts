import { expect, test } from 'bun:test';
import { relativePath } from './markdown-links.ts';

test.each([
  ['docs', 'plot.png', 'docs/plot.png'],
  ['docs', '../plots/a%20b.png', 'plots/a b.png'],
  ['docs', './plots/', 'docs/plots'],
  ['', '../../x.png', 'x.png'],
  ['a b/50%', 'c.md', 'a b/50%/c.md'],
  ['models:/m-1/docs', '../x.png', 'models:/m-1/x.png'],
  ['models:/m-1', '../m-2/x.png', 'models:/m-1/m-2/x.png'],
  ['docs', '..%2f..%2fx', undefined],
  ['', './models:/m-2/x.png', undefined],
  ['docs', '/x.png', undefined],
  ['docs', '//host/x.png', undefined],
  ['docs', 'javascript:alert(1)', undefined],
  ['docs', '#part', undefined],
])('in %j %j is %j', (folder, href, path) => {
  expect(relativePath(folder, href)).toBe(path);
});
