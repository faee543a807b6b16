import { afterAll, expect, test } from 'bun:test';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLog } from './job-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'modelyard-test-'));
const file = join(folder, 'log');
afterAll(() => rmSync(folder, { recursive: true }));

test('a log that is not there yet is empty', () => {
  expect(readLog(join(folder, 'none'), 0, false)).toEqual({ text: '', offset: 0, next_offset: 0, size: 0 });
});

test('half a character at the end waits for its rest, unless there will be none', () => {
  const whole = Buffer.from('a😀');
  writeFileSync(file, whole.subarray(0, 3));
  expect(readLog(file, 0, false)).toEqual({ text: 'a', offset: 0, next_offset: 1, size: 3 });
  expect(readLog(file, 1, false)).toMatchObject({ text: '', next_offset: 1 });
  expect(readLog(file, 0, true)).toMatchObject({ text: 'a\ufffd', next_offset: 3 });
  writeFileSync(file, whole);
  expect(readLog(file, 1, false)).toMatchObject({ text: '😀', next_offset: 5 });
});

test('what is no text does not stop it', () => {
  writeFileSync(file, Buffer.from([0xff, 0x80, 0x80, 0x80, 0x80, 0x61]));
  expect(readLog(file, 0, false)).toMatchObject({ next_offset: 6 });
  expect(readLog(file, 1, false)).toMatchObject({ offset: 4, next_offset: 6 });
});

test('a long log comes in pieces that make it whole', () => {
  const text = '€'.repeat(700_000);
  writeFileSync(file, text);
  let read = '';
  let offset = 0;
  for (let pieces = 0; pieces < 5; pieces++) {
    const piece = readLog(file, offset, true);
    expect(piece.offset).toBe(offset);
    read += piece.text;
    offset = piece.next_offset;
  }
  expect(read === text).toBe(true);
});
