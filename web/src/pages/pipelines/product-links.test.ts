import { expect, test } from 'bun:test';
import { pathAmong } from './product-links.ts';

const below = 'pipeline/products/report';
const product = (identifier: string, name = identifier.slice(identifier.lastIndexOf('/') + 1)) => ({
  identifier,
  kind: 'file' as const,
  artifact: `${below}/${name}`,
});
const products = [product('./out/report.md'), product('out/plots/roc.png'), product('out/tables')];

test.each([
  ['plots/roc.png', `${below}/roc.png`],
  ['./tables/a%20b.csv', `${below}/tables/a b.csv`],
  // What was not a product is looked for beside the file.
  ['other.png', `${below}/other.png`],
  ['https://a.test/x.png', undefined],
])('from a report %j is %j', (href, path) => {
  expect(pathAmong(products)(`${below}/report.md`, href)).toBe(path);
});

test('a file of a run that is no product leads beside itself', () => {
  expect(pathAmong(products)('notes/a.md', 'b.png')).toBe('notes/b.png');
});
