import { expect, test } from 'bun:test';
import { csvText } from './save-file.ts';

test('texts that a spreadsheet would run are quoted, numbers are not', () => {
  expect(csvText([['step', '=1+1', '@x'], [-0.5, 'a"b', 'c,d'], [NaN, '+a\n', -Infinity]])).toBe(
    'step,\'=1+1,\'@x\r\n-0.5,"a""b","c,d"\r\nNaN,"\'+a\n",-Infinity\r\n',
  );
  expect(csvText([['-0.5', '+1e-3', '-a', '-1+1']])).toBe("-0.5,+1e-3,'-a,'-1+1\r\n");
  expect(csvText([])).toBe('');
}); // prettier-ignore
