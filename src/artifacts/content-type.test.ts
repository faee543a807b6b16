import { expect, test } from 'bun:test';
import { contentType, downloadHeaders } from './content-type.ts';

// As asked of mlflow 3.17, except MLMODEL in other letter cases.
test.each([
  ['a.txt', 'text/plain'],
  ['d/b.html', 'text/html'],
  ['d/s.HTML', 'text/html'],
  ['e.svg', 'image/svg+xml'],
  ['f.pdf', 'application/pdf'],
  ['x.xml', 'text/plain'],
  ['g.json', 'text/plain'],
  ['h.py', 'text/plain'],
  ['i.png', 'image/png'],
  ['j.bin', 'application/octet-stream'],
  ['d.html/MLmodel', 'text/plain'],
  ['MLproject', 'text/plain'],
  ['json', 'text/plain'],
  ['html', 'application/octet-stream'],
  ['noext', 'application/octet-stream'],
  ['.html', 'application/octet-stream'],
  ['k.js', 'text/plain'],
  ['m.css', 'text/css'],
  ['n.csv', 'text/plain'],
  ['q.ipynb', 'text/plain'],
  ['r.tar.gz', 'application/x-tar'],
  ['t.parquet', 'application/octet-stream'],
  ['u.xhtml', 'application/xhtml+xml'],
  ['x.constructor', 'application/octet-stream'],
  ['model.pkl', 'application/octet-stream'],
])('%p is %p', (path, type) => {
  expect(contentType(path)).toBe(type);
});

test.each([
  ['d/a.txt', 'attachment; filename=a.txt'],
  ['a%00b', 'attachment; filename=a%00b'],
  ['q?x.txt', 'attachment; filename="q?x.txt"'],
  ['a "b\\.txt', 'attachment; filename="a \\"b\\\\.txt"'],
  ['日.txt', "attachment; filename=.txt; filename*=UTF-8''%E6%97%A5.txt"],
  ["é'(.txt", "attachment; filename=\"e'(.txt\"; filename*=UTF-8''%C3%A9%27%28.txt"],
  ['a\r\nb', "attachment; filename=ab; filename*=UTF-8''a%0D%0Ab"],
])('%p is sent as %p', (path, disposition) => {
  const headers = downloadHeaders(path);
  expect(headers['content-disposition']).toBe(disposition);
  expect(() => new Headers(headers)).not.toThrow();
});

test('nothing is a page', () => {
  for (const path of ['a.html', 'a.svg', 'a.xml', 'a.pdf', 'a.txt']) {
    const headers = downloadHeaders(path);
    expect(headers['content-disposition']).toStartWith('attachment');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-security-policy']).toContain('sandbox');
  }
});
