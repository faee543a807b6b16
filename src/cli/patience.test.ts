import { expect, test } from 'bun:test';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { startPatience } from './patience.ts';

test('a step that holds the thread is told of while it does, and only one that takes long', async () => {
  const file = join(tmpdir(), `patience-${crypto.randomUUID()}`);
  const to = openSync(file, 'w');
  const patience = await startPatience({ first: 100, every: 100_000, to });
  patience.at('a long step');
  const end = performance.now() + 10_000;
  while (readFileSync(file, 'utf8') === '' && performance.now() < end) Bun.sleepSync(10);
  patience.at('the next');
  patience.end();
  expect(readFileSync(file, 'utf8')).toMatch(/^ {2}a long step takes \d+ s so far \.\.\.\n$/);
  closeSync(to);
});
