import { expect, test } from 'bun:test';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { body, refusal, testStore } from './test-store.ts';

const place = testStore();

test('what is written is read and listed', async () => {
  expect(await place.store.write('run/model/a.txt', body('hel', '', 'lo'))).toBe(5);
  expect(await place.store.write('run/empty', null)).toBe(0);
  expect(await place.store.write('run/empty2', body())).toBe(0);
  expect(await place.text('run/model/a.txt')).toBe('hello');
  expect(await place.text('run/empty')).toBe('');
  expect(await place.store.list('run')).toEqual([
    { path: 'run/empty', name: 'empty', isDir: false, size: 0 },
    { path: 'run/empty2', name: 'empty2', isDir: false, size: 0 },
    { path: 'run/model', name: 'model', isDir: true, size: 0 },
  ]);
  expect(await place.store.list('')).toEqual([{ path: 'run', name: 'run', isDir: true, size: 0 }]);
  expect(await place.store.list('run/model/')).toEqual([
    { path: 'run/model/a.txt', name: 'a.txt', isDir: false, size: 5 },
  ]);
});

test('odd names are kept to the letter', async () => {
  const names = ['a+%41#é.txt', ' b ', 'q?x=1', '100%', '日本語', 'a;b', '-rf', 'a%2Fb', '__proto__', '"', '$(id)'];
  for (const name of names) await place.store.write(`odd/${name}`, body(name));
  expect((await place.store.list('odd')).map((entry) => entry.name)).toEqual(names.toSorted());
  expect(readdirSync(join(place.root, 'odd')).sort()).toEqual(names.toSorted());
  for (const name of names) expect(await place.text(`odd/${name}`)).toBe(name);
});

test('lists of files and missing folders are empty', async () => {
  await place.store.write('a', body('x'));
  for (const path of ['a', 'a/b', 'missing', 'missing/b']) expect(await place.store.list(path)).toEqual([]);
});

test('opening what is no file', async () => {
  await place.store.write('d/a', body('x'));
  for (const path of ['d', 'd/']) {
    expect(await refusal(place.store.open(path))).toBe("400 Artifact path refers to a directory, not a file: 'd'");
  }
  expect(await refusal(place.store.open(''))).toBe("400 Artifact path refers to a directory, not a file: ''");
  for (const path of ['d/b', 'd/a/b', 'x/y']) {
    expect(await refusal(place.store.open(path))).toBe(`404 No such artifact: '${path}'`);
  }
  Bun.spawnSync(['mkfifo', join(place.root, 'd/pipe')]);
  expect(await refusal(place.store.open('d/pipe'))).toBe("404 No such artifact: 'd/pipe'");
  expect((await place.store.list('d')).map((entry) => entry.name)).toEqual(['a']);
});

test('a write replaces a file, also while it is read', async () => {
  await place.store.write('a', body('old'));
  const reader = (await place.store.open('a')).stream();
  await place.store.write('a', body('new and longer'));
  expect(await new Response(reader).text()).toBe('old');
  expect(await place.text('a')).toBe('new and longer');
});

test('a write where it cannot be leaves all as it was', async () => {
  await place.store.write('d/a', body('x'));
  expect(await refusal(place.store.write('d', body('y')))).toBe("400 Invalid path: 'd' is a directory already");
  expect(await refusal(place.store.write('d/a/b', body('y')))).toContain('400 Invalid path: a part of it is a file');
  expect(await refusal(place.store.write('d/a/b/c', body('y')))).toContain('400 Invalid path: a part of it is a file');
  for (const path of ['d/', '', '.', 'd/.'])
    expect(await refusal(place.store.write(path, body('y')))).toContain('400 ');
  expect(await place.text('d/a')).toBe('x');
  expect(place.everything()).toEqual(['.modelyard-staging', 'd', 'd/a']);
});

test('a refused upload is not read', async () => {
  let cancelled = false;
  const upload = new ReadableStream<Uint8Array>({ cancel: () => void (cancelled = true) }, { highWaterMark: 0 });
  expect(await refusal(place.store.write('../x', upload))).toBe('400 Invalid path');
  expect(cancelled).toBe(true);
});

test('deleting files, folders and nothing', async () => {
  await place.store.write('d/a', body('x'));
  await place.store.write('d/e/f', body('x'));
  await place.store.delete('d/a');
  expect((await place.store.list('d')).map((entry) => entry.name)).toEqual(['e']);
  await place.store.delete('d');
  await place.store.delete('d');
  await place.store.delete('d/e/f');
  expect(await place.store.list('')).toEqual([]);
  expect(place.staged()).toEqual([]);
  expect(await refusal(place.store.delete(''))).toBe('400 Invalid path');
});

test('every verb refuses a hostile path', async () => {
  for (const path of ['../outside/secret', '/etc/passwd', '%2e%2e/outside', 'a\\b', 'a\0b', '.modelyard-staging/x']) {
    const attempts = [
      place.store.list(path),
      place.store.open(path),
      place.store.write(path, body('x')),
      place.store.delete(path),
    ];
    for (const attempt of attempts) expect(await refusal(attempt)).toStartWith('400 Invalid path');
  }
  expect(readdirSync(place.outside)).toEqual(['secret']);
});

test('names and paths too long for the disk', async () => {
  const long = await refusal(place.store.write('x'.repeat(256), body('x')));
  expect(long).toBe('400 Invalid path: a name in it has more than 255 bytes');
  const deep = `${'x'.repeat(254)}/`.repeat(16) + 'y';
  expect(await refusal(place.store.write(deep, body('x')))).toBe('400 Invalid path');
  expect(place.everything()).toEqual([]);
});

test('many writers of one file and of new folders', async () => {
  const contents = Array.from({ length: 20 }, (_, n) => `${n}`.repeat(1000));
  await Promise.all(contents.map((content) => place.store.write('a/b/c/same', body(content))));
  expect(contents).toContain(await place.text('a/b/c/same'));
  expect(place.staged()).toEqual([]);
});

test('new files get the usual mode, the staging folder is private', async () => {
  await place.store.write('a', body('x'));
  expect(statSync(join(place.root, 'a')).mode & 0o777).toBe(statSync(join(place.outside, 'secret')).mode & 0o777);
  expect(statSync(join(place.root, '.modelyard-staging')).mode & 0o777).toBe(0o700);
});
