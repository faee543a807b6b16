/** Uploads that fail leave nothing, and nobody sees what is not complete. */
import { expect, test } from 'bun:test';
import { chownSync, existsSync, mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { storageError } from './file-errors.ts';
import { LocalArtifactStore } from './local-artifact-store.ts';
import { body, refusal, testStore } from './test-store.ts';

const place = testStore();

test('a broken stream leaves nothing', async () => {
  let pieces = 0;
  const upload = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (pieces++ < 40) controller.enqueue(new Uint8Array(65536));
      else controller.error(new Error('connection lost'));
    },
  });
  const failure = await place.store.write('new/folder/a', upload).catch((error: unknown) => error);
  expect(failure).toMatchObject({ message: 'connection lost' });
  expect(await place.store.list('')).toEqual([]);
  expect(place.everything()).toEqual(['.modelyard-staging']);
});

test('too few or too many bytes', async () => {
  for (const expectedSize of [0, 3, 5]) {
    expect(await refusal(place.store.write('a', body('ab', 'cd'), { expectedSize }))).toContain(
      '400 The upload does not',
    );
  }
  expect(place.everything()).toEqual(['.modelyard-staging']);
  expect(await place.store.write('a', body('ab', 'cd'), { expectedSize: 4 })).toBe(4);
});

test('incomplete data is private and shown to nobody', async () => {
  await place.store.write('a', body('old'));
  let sawFile: (() => void) | undefined;
  const written = new Promise<void>((resolve) => (sawFile = resolve));
  let release: (() => void) | undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  let pieces = 0;
  const upload = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        // More than one batch, so the first bytes are on the disk when the second half is asked for.
        if (pieces++ < 32) return controller.enqueue(new Uint8Array(65536));
        sawFile?.();
        await gate;
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  const writing = place.store.write('a', upload);
  await written;
  const [name = ''] = place.staged();
  const temporary = statSync(join(place.root, '.modelyard-staging', name));
  expect([temporary.size, temporary.mode & 0o777]).toEqual([32 * 65536, 0o600]);
  expect((await place.store.list('')).map((entry) => entry.name)).toEqual(['a']);
  expect(await place.text('a')).toBe('old');
  release?.();
  expect(await writing).toBe(32 * 65536);
  expect(place.staged()).toEqual([]);
});

test('no more is asked for than can be written', async () => {
  let asked = 0;
  const upload = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        asked++;
        controller.enqueue(new Uint8Array(65536));
      },
    },
    { highWaterMark: 0 },
  );
  // An endless body: the writer must stop asking once it knows that it is too much.
  expect(await refusal(place.store.write('a', upload, { expectedSize: 10 * 65536 }))).toContain(
    '400 The upload does not',
  );
  expect(asked).toBe(11);
});

test('a client that hangs up in the middle of an HTTP upload', async () => {
  let outcome: ((result: string) => void) | undefined;
  const done = new Promise<string>((resolve) => (outcome = resolve));
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    async fetch(request) {
      const expectedSize = Number(request.headers.get('content-length') ?? NaN);
      await place.store.write('up/a', request.body, Number.isNaN(expectedSize) ? {} : { expectedSize }).then(
        () => outcome?.('stored'),
        () => outcome?.('refused'),
      );
      return new Response();
    },
  });
  try {
    const socket = connect(server.port ?? 0, '127.0.0.1');
    socket.write('PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\n');
    await new Promise((resolve) => socket.write(Buffer.alloc(300_000), resolve));
    socket.destroy();
    expect(await done).toBe('refused');
    expect(place.everything()).toEqual(['.modelyard-staging']);
  } finally {
    await server.stop(true);
  }
});

test('what a crash left is removed, what is under way is not', async () => {
  await place.store.write('a', body('x'));
  mkdirSync(join(place.root, '.modelyard-staging/old-folder/sub'), { recursive: true });
  writeFileSync(join(place.root, '.modelyard-staging/old'), 'x');
  utimesSync(join(place.root, '.modelyard-staging/old'), 1, 1);
  expect(await place.store.removeLeftovers(Date.now() - 60_000)).toBe(0);
  expect(await place.store.removeLeftovers(Date.now() + 60_000)).toBe(2);
  expect(place.everything()).toEqual(['.modelyard-staging', 'a']);
  expect(await new LocalArtifactStore(join(place.base, 'fresh')).removeLeftovers(Date.now())).toBe(0);
});

test.each([
  ['ENOSPC', '503 The artifact was not stored: the disk of the artifact folder is full.'],
  ['EDQUOT', '503 The artifact was not stored: the disk of the artifact folder is full.'],
  ['EROFS', '503 The server has no permission for this in the artifact folder, or its disk is read-only.'],
  ['EACCES', '503 The server has no permission for this in the artifact folder, or its disk is read-only.'],
  ['EMFILE', '503 Too many artifact files are open at once; try again.'],
  ['ENAMETOOLONG', '400 Invalid path'],
])('%s is explained', async (code, message) => {
  const failure = storageError(Object.assign(new Error(`${code}: /srv/secret`), { code }));
  expect(await refusal(Promise.reject(failure))).toBe(message);
});

test('a read-only folder', async () => {
  mkdirSync(place.root, { mode: 0o500 });
  // Root may write everywhere, so the write is tried as nobody, who owns the folder.
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) chownSync(place.root, nobody, nobody);
  if (isRoot) process.seteuid?.(nobody);
  try {
    expect(await refusal(place.store.write('a', body('x')))).toContain('503 The server has no permission');
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
});

test.skipIf(!existsSync('/dev/full'))('a disk that is full', async () => {
  const write = Bun.write('/dev/full', 'x'.repeat(100_000)).catch((error: unknown) =>
    Promise.reject(storageError(error)),
  );
  expect(await refusal(write)).toContain('disk of the artifact folder is full');
});

/** The uid of nobody. */
const nobody = 65534;
