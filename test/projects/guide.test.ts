import { expect, test } from 'bun:test';
import { runGuide } from '../support/run-guide.ts';

test('each example of the guide to projects runs as it stands there', async () => {
  const { code, out, error } = await runGuide('docs/projects.md', 110_000);
  expect({ code, error: code === 0 ? '' : error }).toEqual({ code: 0, error: '' });
  expect(out).toMatch(/depth[^]*int[^]*data[^]*path/);
}, 120_000);
