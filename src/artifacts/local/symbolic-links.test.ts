/** No symbolic link leads out of the folder of artifacts. */
import { expect, test } from 'bun:test';
import { mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { body, escaped, refusal, testStore } from './test-store.ts';

const place = testStore();

test('a link to a folder outside', async () => {
  await place.store.write('run/a', body('x'));
  symlinkSync(place.outside, join(place.root, 'run/link'));
  expect(await refusal(place.store.list('run/link'))).toBe(escaped);
  expect(await refusal(place.store.open('run/link/secret'))).toBe(escaped);
  expect(await refusal(place.store.write('run/link/new', body('x')))).toBe(escaped);
  expect(await refusal(place.store.write('run/link/sub/new', body('x')))).toBe(escaped);
  expect(await refusal(place.store.delete('run/link/secret'))).toBe(escaped);
  expect((await place.store.list('run')).map((entry) => entry.name)).toEqual(['a']);
  expect(readdirSync(place.outside)).toEqual(['secret']);
});

test('a link to a file outside', async () => {
  mkdirSync(place.root);
  symlinkSync(join(place.outside, 'secret'), join(place.root, 'link'));
  symlinkSync('/dev/zero', join(place.root, 'device'));
  symlinkSync('../outside/nothing', join(place.root, 'dangling'));
  for (const path of ['link', 'device', 'dangling']) expect(await refusal(place.store.open(path))).toBe(escaped);
  expect(await place.store.list('')).toEqual([]);
  expect(await place.store.list('link')).toEqual([]);
});

test('writing on a link replaces the link, not its target', async () => {
  mkdirSync(place.root);
  symlinkSync(join(place.outside, 'secret'), join(place.root, 'link'));
  symlinkSync(join(place.outside, 'nothing'), join(place.root, 'dangling'));
  await place.store.write('link', body('mine'));
  await place.store.write('dangling', body('mine'));
  expect(await place.text('link')).toBe('mine');
  expect(readFileSync(join(place.outside, 'secret'), 'utf8')).toBe('secret');
  expect(readdirSync(place.outside)).toEqual(['secret']);
});

test('deleting a link, or a folder with links in it, spares the target', async () => {
  await place.store.write('d/a', body('x'));
  symlinkSync(place.outside, join(place.root, 'd/link'));
  symlinkSync(place.outside, join(place.root, 'link'));
  await place.store.delete('link');
  await place.store.delete('d');
  expect(readdirSync(place.outside)).toEqual(['secret']);
  expect(place.everything()).toEqual(['.modelyard-staging']);
});

test('a link within the root is not followed either', async () => {
  await place.store.write('real/a', body('x'));
  symlinkSync('real', join(place.root, 'alias'));
  expect(await refusal(place.store.open('alias/a'))).toBe(escaped);
});

test('the root itself may be a link', async () => {
  mkdirSync(join(place.base, 'disk'));
  symlinkSync('disk', place.root);
  await place.store.write('a/b', body('x'));
  expect(readFileSync(join(place.base, 'disk/a/b'), 'utf8')).toBe('x');
  expect(await place.text('a/b')).toBe('x');
});

test('the staging folder replaced by a link', async () => {
  mkdirSync(place.root);
  symlinkSync(place.outside, join(place.root, '.modelyard-staging'));
  expect(await refusal(place.store.write('a', body('x')))).toBe(escaped);
  expect(readdirSync(place.outside)).toEqual(['secret']);
});

test('a folder swapped for a link while an upload runs', async () => {
  await place.store.write('run/a', body('x'));
  const upload = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        renameSync(join(place.root, 'run'), join(place.root, 'run-old'));
        symlinkSync(place.outside, join(place.root, 'run'));
        controller.enqueue(Buffer.from('evil'));
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  expect(await refusal(place.store.write('run/b', upload))).toBe(escaped);
  expect(readdirSync(place.outside)).toEqual(['secret']);
  expect(place.staged()).toEqual([]);
});

test('swapping without end never lets anything out or in', async () => {
  mkdirSync(join(place.root, 'run'), { recursive: true });
  writeFileSync(join(place.root, 'run/secret'), 'public');
  // A second process that swaps the folder and the link as fast as it can.
  const swap = `const fs=require('fs');process.chdir(process.argv[1]);fs.symlinkSync(process.argv[2],'link');
    for(;;){fs.renameSync('run','folder');fs.renameSync('link','run');fs.renameSync('run','link');fs.renameSync('folder','run')}`;
  const swapper = Bun.spawn([process.execPath, '-e', swap, place.root, place.outside], {
    stdout: 'ignore',
    stderr: 'ignore',
  });
  try {
    const seen = new Set<string>();
    // On a busy machine many rounds may pass within one state of the folder.
    const end = Date.now() + 20_000;
    for (let round = 0; round < 1500 || (!seen.has('public') && Date.now() < end); round++) {
      const [read, wrote] = await Promise.allSettled([
        place.text('run/secret'),
        place.store.write('run/new', body('x')),
      ]);
      seen.add(read.status === 'fulfilled' ? read.value : 'refused');
      if (wrote.status === 'rejected') expect(wrote.reason).toBeInstanceOf(Error);
      await place.store.delete('run/secret2').catch(() => undefined);
    }
    expect(seen.has('secret')).toBe(false);
    expect(seen.has('public')).toBe(true);
    expect(readdirSync(place.outside)).toEqual(['secret']);
  } finally {
    swapper.kill();
    await swapper.exited;
  }
}, 60_000);
