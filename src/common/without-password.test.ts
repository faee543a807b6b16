import { expect, test } from 'bun:test';
import { withoutPassword } from './without-password.ts';

test.each([
  ['https://host/a@b', 'https://host/a@b'],
  ['https://me@host/a', 'https://host/a'],
  ['https://me:secret@host/a', 'https://host/a'],
  ['https://me:sec@ret@host/a@b', 'https://host/a@b'],
  ['ssh://git@host/a', 'ssh://git@host/a'],
  ['ssh://git:secret@host:22/a', 'ssh://git@host:22/a'],
  ['git+ssh://me:secret@host/a', 'git+ssh://me@host/a'],
  ['git@host:a', 'git@host:a'],
  ['/a/b@c', '/a/b@c'],
])('%p is shown as %p', (uri, shown) => expect(withoutPassword(uri)).toBe(shown));
