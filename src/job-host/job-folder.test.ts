import { afterAll, expect, test } from 'bun:test';
import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JobFolder } from './job-folder.ts';
import { readLog } from './job-log.ts';

const dir = mkdtempSync(join(tmpdir(), 'modelyard-test-'));
afterAll(() => rmSync(dir, { recursive: true }));

test('a log that grows for ever is cut, and says so once', () => {
  const folder = new JobFolder(dir);
  writeFileSync(folder.log, 'begin\n');
  folder.boundLog();
  expect(folder.logSize()).toBe(6);
  truncateSync(folder.log, 150_000_000);
  folder.boundLog();
  const size = folder.logSize();
  expect(size).toBeLessThan(100_001_000);
  expect(readLog(folder.log, 0, false).text).toStartWith('begin\n');
  for (let more = 0; more < 3; more++) {
    appendFileSync(folder.log, 'more\n');
    folder.boundLog();
    expect(folder.logSize()).toBe(size);
  }
  expect(readLog(folder.log, -200, true).text.match(/\[modelyard: the log has 100 MB/g)).toHaveLength(1);
});
