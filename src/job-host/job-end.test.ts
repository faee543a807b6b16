import { afterAll, expect, test } from 'bun:test';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whatIsNext } from './job-end.ts';
import { JobFolder } from './job-folder.ts';

const dir = mkdtempSync(join(tmpdir(), 'modelyard-test-'));
afterAll(() => rmSync(dir, { recursive: true }));

test.each([
  ['nothing is known of a run', {}, null, false, 'begin'],
  ['its folder knows the run', { 'run.json': '{"run_id": "r"}' }, null, false, 'lost'],
  ['the database alone knows the run, as where it was copied without the folders', {}, 'r', false, 'lost'],
  ['it was seen to end', { 'run.json': '{"run_id": "r"}' }, 'r', true, 'end'],
  ['it left its result', { 'result.json': '{"exit_code": 0}' }, null, false, 'end'],
] as const)('an attempt whose process is gone, when %s', (_, files, run, wasSeen, next) => {
  const folder = mkdtempSync(join(dir, 'job-'));
  mkdirSync(join(folder, 'attempt-1'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'attempt-1', name), text);
  expect(whatIsNext(new JobFolder(folder), { attempts: 1, canceled: false, run }, { wasSeen })).toBe(next);
});
