import { expect, test } from 'bun:test';
import { terminalText } from './terminal-text.ts';

test('colour codes are left out', () => {
  expect(terminalText('\u001b[31mred\u001b[0m and \u001b[1;38;5;12mblue\u001b[m\n')).toBe('red and blue\n');
  expect(terminalText('\u001b]8;;http://x.test\u0007link\u001b]8;;\u0007')).toBe('link');
  expect(terminalText('a[31m is no code')).toBe('a[31m is no code');
});

test('a progress bar shows its last state', () => {
  expect(terminalText('start\n 10%\r 20%\r100%\nend\n')).toBe('start\n100%\nend\n');
  expect(terminalText(' 10%\r 20%')).toBe(' 20%');
  // As it stands while the next state is awaited.
  expect(terminalText(' 10%\r 20%\r')).toBe(' 20%');
});

test('line ends of Windows are line ends', () => {
  expect(terminalText('a\r\nb\r\n')).toBe('a\nb\n');
  expect(terminalText('a\r\r\nb')).toBe('a\nb');
});

test('a long line is no trap', () => {
  const long = `${'x'.repeat(200_000)}\u001b[31${'1'.repeat(200_000)}\n${'y\r'.repeat(100_000)}z`;
  expect(terminalText(long).endsWith('\nz')).toBe(true);
});
