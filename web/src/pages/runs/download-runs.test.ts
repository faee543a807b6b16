import { expect, test } from 'bun:test';
import { toCsv } from './download-runs.ts';

test('fields are quoted where they must be, and none becomes a formula of a spreadsheet', () => {
  const csv = toCsv([
    { run: 'a "b", c', loss: -0.5, note: '=cmd()', lr: '1e-3' },
    { run: 'two\nlines', loss: null, note: '-1+1', lr: '-1' },
  ]);
  expect(csv).toBe('run,loss,note,lr\r\n"a ""b"", c",-0.5,\'=cmd(),1e-3\r\n"two\nlines",,\'-1+1,-1\r\n');
});
