import { describe, expect, test } from 'bun:test';
import { ApiError } from '../protocol/errors.ts';
import { decodeUrlPath, resolveArtifactFilePath, resolveArtifactPath } from './artifact-path.ts';

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof ApiError) return `${error.status} ${error.code} ${error.message}`;
    throw error;
  }
  throw new Error('was accepted');
}

// prettier-ignore
const hostile = [
  '..', '../x', 'a/..', 'a/../b', 'a/../../b', './../x', '/../x', '..//x', '...', '....', '....//x', 'a/.../b',
  '/etc/passwd', '//etc', '/', '///', '..\\x', 'a\\b', '\\x', '\\\\host\\share', 'C:\\x', 'C:/x', 'C:', 'a/C:/x',
  '%2e%2e/x', '%2e%2e%2fx', '..%2fx', '.%2e/x', '%2E%2E/x', 'a/%2e%2e', '%2fetc', '%2Fetc%2Fpasswd', '%5cx', 'a%5cb',
  '%252e%252e/x', '%252e%252e%252fx', '..%252fx', '%252fetc', '..%255cx', '%25252e%25252e%25252fx', 'a/%25252e./b',
  '..%c0%afx', '%c0%ae%c0%ae/x', '%c0%ae%c0%ae%c0%afx', '%c0%2e%c0%2e/x', '%e0%80%ae%e0%80%ae/x', '%c1%9cx',
  '%f0%80%80%ae%f0%80%80%ae/x', '%fc%80%80%80%80%ae./x', '%25c0%25ae./x', '%u002e%u002e/x', '%u005cx',
  '..%u2215/../x', 'a\0b', 'a%00b', 'a%2500b', 'a\nb', 'a\rb', 'a\tb', 'a%0ab', 'a%0d%0ab', 'a\x7fb', 'a\x1bb',
  'a\u0085b', '%c2%85', '.. ', '.. /x', ' ../x', '. /x', '.. ./x', '..;/x', 'd/;/../x', '..;a=b/x', '..%3b/x',
  '..%20/x', 'file:///etc', 'FILE:/etc', 'file%3a/etc', 'http://h/x', 's3://b/x', 'C%3a/x', 'C%3a%5cx', 'a\ud800',
  'x'.repeat(256), 'é'.repeat(128), 'a/'.repeat(2100), `%${'25'.repeat(40)}2e`,
  '.%09./x', '.%0d%0a./x', '%0a../x', '..%0a/x', 'a/.%7f.', 'im%step%0%timestamp%1795%5c0a', 'im%step%0%timestamp%1%2f..%2fx',
  'im%step%0%timestamp%1%2f..%2f/0a1b2c3d-0a1b-', '%2e%2e/im%step%0%timestamp%1%0a1b2c3d-0a1b-',
];

// prettier-ignore
const harmless = [
  'a.txt', 'a/b/c.txt', 'a+%41#é.txt', 'a b.txt', ' a', 'a ', 'a.', 'a./b', 'x..y', '..a', 'a..', '.hidden', '.a/.b',
  '100%', '50%25 off', '%', '%zz', '%41', 'a%2Fb', 'a%2eb', '%ff', 'q?x=1', '#', 'a#b?c', '日本語/ファイル.csv', '😀', 'a;b',
  'a;b=c/d', '~', '~root/x', '$HOME', '`id`', '$(id)', '-rf', '*', 'a:b', 'metrics/a:b', 'a"b', "it's", '<b>', 'con',
  'nul.txt', 'a&b', 'a|b', '{x}', '[1]', 'a=..b', '__proto__', 'constructor', 'x'.repeat(255), '．．/x', 'a\u202eb',
  'images/im%step%12%timestamp%1795445429319%jdb05d71-b7c1-48ba-95e9-65d7a97ea417%compressed.webp',
  'im%step%-3%timestamp%1695445429319%5c0a5d71-b7c1-48ba-95e9-65d7a97ea417.png',
  'im%step%0%timestamp%1695445429319%00ab5d71-b7c1-48ba-95e9-65d7a97ea417.png',
];

describe('resolveArtifactPath', () => {
  test.each(hostile)('refuses %p', (path) => {
    expect(refusal(() => resolveArtifactPath(path))).toStartWith('400 INVALID_PARAMETER_VALUE Invalid path');
  });

  test.each([
    ['a\\b', 'a backslash'],
    ['a%5cb', 'a backslash'],
    ['a\tb', 'the control character U+0009'],
    ['a\x9fb', 'the control character U+009F'],
    ['a%2500b', 'the control character U+0000'],
    ['a\ud800', 'half of a surrogate pair'],
  ])('says of %j that %s is not allowed', (path, what) => {
    const message = `Invalid path: ${what} is not allowed, plain or encoded`;
    expect(refusal(() => resolveArtifactPath(path))).toBe(`400 INVALID_PARAMETER_VALUE ${message}`);
  });

  test.each(['...', 'a/....', 'a/..;x'])('says why %j is refused', (path) => {
    expect(refusal(() => resolveArtifactPath(path))).toContain('for a way up');
  });

  test.each(harmless)('keeps %p', (path) => {
    expect(resolveArtifactPath(path)).toBe(path);
  });

  test.each([
    ['', ''],
    ['.', ''],
    ['./a', 'a'],
    ['a//b', 'a/b'],
    ['a/./b/', 'a/b'],
    ['d//', 'd'],
  ])('cleans %p to %p', (path, clean) => {
    expect(resolveArtifactPath(path)).toBe(clean);
  });
});

test('a file path names a file', () => {
  expect(resolveArtifactFilePath('a/b.txt')).toBe('a/b.txt');
  expect(resolveArtifactFilePath('a.')).toBe('a.');
  for (const path of ['', 'a/', 'a/.', '.']) {
    expect(refusal(() => resolveArtifactFilePath(path))).toBe(
      "400 INVALID_PARAMETER_VALUE Artifact path must include a filename (cannot end with '/').",
    );
  }
});

test('URL paths are decoded once', () => {
  expect(decodeUrlPath('a+%2541%23%C3%A9.txt')).toBe('a+%41#é.txt');
  for (const path of ['..%c0%afx', '%ff', '%', '%zz']) {
    expect(refusal(() => decodeUrlPath(path))).toStartWith('400 INVALID_PARAMETER_VALUE Invalid path: a % is followed');
  }
});

test('checking a hostile path stays cheap', () => {
  const started = performance.now();
  for (const path of ['%25'.repeat(1365), '.'.repeat(4096), '. '.repeat(2048), '%c0'.repeat(1365)]) {
    try {
      resolveArtifactPath(path);
    } catch {
      // Only the time counts.
    }
  }
  expect(performance.now() - started).toBeLessThan(2000);
});
