import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import {
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { symlinkSync, utimesSync, writeFileSync, existsSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiError } from '../../protocol/errors.ts';
import { parseByteRange } from '../byte-range.ts';
import { storageError } from './file-errors.ts';
import { LocalArtifactStore } from './local-artifact-store.ts';

let base: string;
let root: string;
let outside: string;
let store: LocalArtifactStore;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'artifacts-'));
  root = join(base, 'root');
  outside = join(base, 'outside');
  mkdirSync(outside);
  writeFileSync(join(outside, 'secret'), 'secret');
  store = new LocalArtifactStore(root);
});

afterEach(() => {
  rmSync(base, { recursive: true });
  expect(openFilesBelow(base)).toEqual([]);
});

function openFilesBelow(folder: string): string[] {
  if (!existsSync('/proc/self/fd')) return [];
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${fd}`);
      return path.startsWith(folder) ? [path] : [];
    } catch {
      return [];
    }
  });
}

function body(...pieces: string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(Buffer.from(piece));
      controller.close();
    },
  });
}

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ApiError) return `${error.status} ${error.message}`;
    throw error;
  }
  throw new Error('was accepted');
}

async function text(path: string): Promise<string> {
  return new Response((await store.open(path)).stream()).text();
}

/** Everything in the root, the hidden folder included. */
function everything(): string[] {
  return readdirSync(root, { recursive: true }).map(String).sort();
}

function staged(): string[] {
  return readdirSync(join(root, '.modelyard-staging'));
}

const escaped = '400 Invalid path: resolved path is outside the artifact directory';

describe('write, open, list, delete', () => {
  test('what is written is read and listed', async () => {
    expect(await store.write('run/model/a.txt', body('hel', '', 'lo'))).toBe(5);
    expect(await store.write('run/empty', null)).toBe(0);
    expect(await store.write('run/empty2', body())).toBe(0);
    expect(await text('run/model/a.txt')).toBe('hello');
    expect(await text('run/empty')).toBe('');
    expect(await store.list('run')).toEqual([
      { path: 'run/empty', name: 'empty', isDir: false, size: 0 },
      { path: 'run/empty2', name: 'empty2', isDir: false, size: 0 },
      { path: 'run/model', name: 'model', isDir: true, size: 0 },
    ]);
    expect(await store.list('')).toEqual([{ path: 'run', name: 'run', isDir: true, size: 0 }]);
    expect(await store.list('run/model/')).toEqual([{ path: 'run/model/a.txt', name: 'a.txt', isDir: false, size: 5 }]);
  });

  test('odd names are kept to the letter', async () => {
    const names = ['a+%41#é.txt', ' b ', 'q?x=1', '100%', '日本語', 'a;b', '-rf', 'a%2Fb', '__proto__', '"', '$(id)'];
    for (const name of names) await store.write(`odd/${name}`, body(name));
    expect((await store.list('odd')).map((entry) => entry.name)).toEqual(names.toSorted());
    expect(readdirSync(join(root, 'odd')).sort()).toEqual(names.toSorted());
    for (const name of names) expect(await text(`odd/${name}`)).toBe(name);
  });

  test('lists of files and missing folders are empty', async () => {
    await store.write('a', body('x'));
    for (const path of ['a', 'a/b', 'missing', 'missing/b']) expect(await store.list(path)).toEqual([]);
  });

  test('opening what is no file', async () => {
    await store.write('d/a', body('x'));
    for (const path of ['d', 'd/']) {
      expect(await refusal(store.open(path))).toBe("400 Artifact path refers to a directory, not a file: 'd'");
    }
    expect(await refusal(store.open(''))).toBe("400 Artifact path refers to a directory, not a file: ''");
    for (const path of ['d/b', 'd/a/b', 'x/y']) {
      expect(await refusal(store.open(path))).toBe(`404 No such artifact: '${path}'`);
    }
    Bun.spawnSync(['mkfifo', join(root, 'd/pipe')]);
    expect(await refusal(store.open('d/pipe'))).toBe("404 No such artifact: 'd/pipe'");
    expect((await store.list('d')).map((entry) => entry.name)).toEqual(['a']);
  });

  test('a write replaces a file, also while it is read', async () => {
    await store.write('a', body('old'));
    const reader = (await store.open('a')).stream();
    await store.write('a', body('new and longer'));
    expect(await new Response(reader).text()).toBe('old');
    expect(await text('a')).toBe('new and longer');
  });

  test('a write where it cannot be leaves all as it was', async () => {
    await store.write('d/a', body('x'));
    expect(await refusal(store.write('d', body('y')))).toBe("400 Invalid path: 'd' is a directory already");
    expect(await refusal(store.write('d/a/b', body('y')))).toContain('400 Invalid path: a part of it is a file');
    expect(await refusal(store.write('d/a/b/c', body('y')))).toContain('400 Invalid path: a part of it is a file');
    for (const path of ['d/', '', '.', 'd/.']) expect(await refusal(store.write(path, body('y')))).toContain('400 ');
    expect(await text('d/a')).toBe('x');
    expect(everything()).toEqual(['.modelyard-staging', 'd', 'd/a']);
  });

  test('a refused upload is not read', async () => {
    let cancelled = false;
    const upload = new ReadableStream<Uint8Array>({ cancel: () => void (cancelled = true) }, { highWaterMark: 0 });
    expect(await refusal(store.write('../x', upload))).toBe('400 Invalid path');
    expect(cancelled).toBe(true);
  });

  test('deleting files, folders and nothing', async () => {
    await store.write('d/a', body('x'));
    await store.write('d/e/f', body('x'));
    await store.delete('d/a');
    expect((await store.list('d')).map((entry) => entry.name)).toEqual(['e']);
    await store.delete('d');
    await store.delete('d');
    await store.delete('d/e/f');
    expect(await store.list('')).toEqual([]);
    expect(staged()).toEqual([]);
    expect(await refusal(store.delete(''))).toBe('400 Invalid path');
  });

  test('every verb refuses a hostile path', async () => {
    for (const path of ['../outside/secret', '/etc/passwd', '%2e%2e/outside', 'a\\b', 'a\0b', '.modelyard-staging/x']) {
      const attempts = [store.list(path), store.open(path), store.write(path, body('x')), store.delete(path)];
      for (const attempt of attempts) expect(await refusal(attempt)).toStartWith('400 Invalid path');
    }
    expect(readdirSync(outside)).toEqual(['secret']);
  });

  test('names and paths too long for the disk', async () => {
    expect(await refusal(store.write('x'.repeat(256), body('x')))).toBe('400 Invalid path');
    const deep = `${'x'.repeat(254)}/`.repeat(16) + 'y';
    expect(await refusal(store.write(deep, body('x')))).toBe('400 Invalid path');
    expect(everything()).toEqual([]);
  });

  test('many writers of one file and of new folders', async () => {
    const contents = Array.from({ length: 20 }, (_, n) => `${n}`.repeat(1000));
    await Promise.all(contents.map((content) => store.write('a/b/c/same', body(content))));
    expect(contents).toContain(await text('a/b/c/same'));
    expect(staged()).toEqual([]);
  });

  test('new files get the usual mode, the staging folder is private', async () => {
    await store.write('a', body('x'));
    expect(statSync(join(root, 'a')).mode & 0o777).toBe(statSync(join(outside, 'secret')).mode & 0o777);
    expect(statSync(join(root, '.modelyard-staging')).mode & 0o777).toBe(0o700);
  });
});

describe('uploads that fail', () => {
  test('a broken stream leaves nothing', async () => {
    let pieces = 0;
    const upload = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (pieces++ < 40) controller.enqueue(new Uint8Array(65536));
        else controller.error(new Error('connection lost'));
      },
    });
    const failure = await store.write('new/folder/a', upload).catch((error: unknown) => error);
    expect(failure).toMatchObject({ message: 'connection lost' });
    expect(await store.list('')).toEqual([]);
    expect(everything()).toEqual(['.modelyard-staging']);
  });

  test('too few or too many bytes', async () => {
    for (const expectedSize of [0, 3, 5]) {
      expect(await refusal(store.write('a', body('ab', 'cd'), { expectedSize }))).toContain('400 The upload does not');
    }
    expect(everything()).toEqual(['.modelyard-staging']);
    expect(await store.write('a', body('ab', 'cd'), { expectedSize: 4 })).toBe(4);
  });

  test('incomplete data is private and shown to nobody', async () => {
    await store.write('a', body('old'));
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
    const writing = store.write('a', upload);
    await written;
    const [name = ''] = staged();
    const temporary = statSync(join(root, '.modelyard-staging', name));
    expect([temporary.size, temporary.mode & 0o777]).toEqual([32 * 65536, 0o600]);
    expect((await store.list('')).map((entry) => entry.name)).toEqual(['a']);
    expect(await text('a')).toBe('old');
    release?.();
    expect(await writing).toBe(32 * 65536);
    expect(staged()).toEqual([]);
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
    expect(await refusal(store.write('a', upload, { expectedSize: 10 * 65536 }))).toContain('400 The upload does not');
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
        await store.write('up/a', request.body, Number.isNaN(expectedSize) ? {} : { expectedSize }).then(
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
      expect(everything()).toEqual(['.modelyard-staging']);
    } finally {
      await server.stop(true);
    }
  });

  test('what a crash left is removed, what is under way is not', async () => {
    await store.write('a', body('x'));
    mkdirSync(join(root, '.modelyard-staging/old-folder/sub'), { recursive: true });
    writeFileSync(join(root, '.modelyard-staging/old'), 'x');
    utimesSync(join(root, '.modelyard-staging/old'), 1, 1);
    expect(await store.removeLeftovers(Date.now() - 60_000)).toBe(0);
    expect(await store.removeLeftovers(Date.now() + 60_000)).toBe(2);
    expect(everything()).toEqual(['.modelyard-staging', 'a']);
    expect(await new LocalArtifactStore(join(base, 'fresh')).removeLeftovers(Date.now())).toBe(0);
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
    mkdirSync(root, { mode: 0o500 });
    // Root may write everywhere, so the write is tried as nobody, who owns the folder.
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) chownSync(root, nobody, nobody);
    if (isRoot) process.seteuid?.(nobody);
    try {
      expect(await refusal(store.write('a', body('x')))).toContain('503 The server has no permission');
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
});

/** The uid of nobody. */
const nobody = 65534;

describe('symbolic links', () => {
  test('a link to a folder outside', async () => {
    await store.write('run/a', body('x'));
    symlinkSync(outside, join(root, 'run/link'));
    expect(await refusal(store.list('run/link'))).toBe(escaped);
    expect(await refusal(store.open('run/link/secret'))).toBe(escaped);
    expect(await refusal(store.write('run/link/new', body('x')))).toBe(escaped);
    expect(await refusal(store.write('run/link/sub/new', body('x')))).toBe(escaped);
    expect(await refusal(store.delete('run/link/secret'))).toBe(escaped);
    expect((await store.list('run')).map((entry) => entry.name)).toEqual(['a']);
    expect(readdirSync(outside)).toEqual(['secret']);
  });

  test('a link to a file outside', async () => {
    mkdirSync(root);
    symlinkSync(join(outside, 'secret'), join(root, 'link'));
    symlinkSync('/dev/zero', join(root, 'device'));
    symlinkSync('../outside/nothing', join(root, 'dangling'));
    for (const path of ['link', 'device', 'dangling']) expect(await refusal(store.open(path))).toBe(escaped);
    expect(await store.list('')).toEqual([]);
    expect(await store.list('link')).toEqual([]);
  });

  test('writing on a link replaces the link, not its target', async () => {
    mkdirSync(root);
    symlinkSync(join(outside, 'secret'), join(root, 'link'));
    symlinkSync(join(outside, 'nothing'), join(root, 'dangling'));
    await store.write('link', body('mine'));
    await store.write('dangling', body('mine'));
    expect(await text('link')).toBe('mine');
    expect(readFileSync(join(outside, 'secret'), 'utf8')).toBe('secret');
    expect(readdirSync(outside)).toEqual(['secret']);
  });

  test('deleting a link, or a folder with links in it, spares the target', async () => {
    await store.write('d/a', body('x'));
    symlinkSync(outside, join(root, 'd/link'));
    symlinkSync(outside, join(root, 'link'));
    await store.delete('link');
    await store.delete('d');
    expect(readdirSync(outside)).toEqual(['secret']);
    expect(everything()).toEqual(['.modelyard-staging']);
  });

  test('a link within the root is not followed either', async () => {
    await store.write('real/a', body('x'));
    symlinkSync('real', join(root, 'alias'));
    expect(await refusal(store.open('alias/a'))).toBe(escaped);
  });

  test('the root itself may be a link', async () => {
    mkdirSync(join(base, 'disk'));
    symlinkSync('disk', root);
    await store.write('a/b', body('x'));
    expect(readFileSync(join(base, 'disk/a/b'), 'utf8')).toBe('x');
    expect(await text('a/b')).toBe('x');
  });

  test('the staging folder replaced by a link', async () => {
    mkdirSync(root);
    symlinkSync(outside, join(root, '.modelyard-staging'));
    expect(await refusal(store.write('a', body('x')))).toBe(escaped);
    expect(readdirSync(outside)).toEqual(['secret']);
  });

  test('a folder swapped for a link while an upload runs', async () => {
    await store.write('run/a', body('x'));
    const upload = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          renameSync(join(root, 'run'), join(root, 'run-old'));
          symlinkSync(outside, join(root, 'run'));
          controller.enqueue(Buffer.from('evil'));
          controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    expect(await refusal(store.write('run/b', upload))).toBe(escaped);
    expect(readdirSync(outside)).toEqual(['secret']);
    expect(staged()).toEqual([]);
  });

  test('swapping without end never lets anything out or in', async () => {
    mkdirSync(join(root, 'run'), { recursive: true });
    writeFileSync(join(root, 'run/secret'), 'public');
    // A second process that swaps the folder and the link as fast as it can.
    const swap = `const fs=require('fs');process.chdir(process.argv[1]);fs.symlinkSync(process.argv[2],'link');
      for(;;){fs.renameSync('run','folder');fs.renameSync('link','run');fs.renameSync('run','link');fs.renameSync('folder','run')}`;
    const swapper = Bun.spawn([process.execPath, '-e', swap, root, outside], { stdout: 'ignore', stderr: 'ignore' });
    try {
      const seen = new Set<string>();
      // On a busy machine many rounds may pass within one state of the folder.
      const end = Date.now() + 20_000;
      for (let round = 0; round < 1500 || (!seen.has('public') && Date.now() < end); round++) {
        const [read, wrote] = await Promise.allSettled([text('run/secret'), store.write('run/new', body('x'))]);
        seen.add(read.status === 'fulfilled' ? read.value : 'refused');
        if (wrote.status === 'rejected') expect(wrote.reason).toBeInstanceOf(Error);
        await store.delete('run/secret2').catch(() => undefined);
      }
      expect(seen.has('secret')).toBe(false);
      expect(seen.has('public')).toBe(true);
      expect(readdirSync(outside)).toEqual(['secret']);
    } finally {
      swapper.kill();
      await swapper.exited;
    }
  }, 60_000);
});

describe('downloads over HTTP', () => {
  const content = Buffer.from(Array.from({ length: 2_000_003 }, (_, n) => (n * 31) & 0xff));

  async function serve(work: (url: string) => Promise<void>): Promise<void> {
    await store.write('big', new Blob([content]).stream());
    const server = Bun.serve({
      port: 0,
      hostname: '127.0.0.1',
      async fetch(request) {
        const file = await store.open('big');
        const range = parseByteRange(request.headers.get('range'), file.size);
        if (range === 'unsatisfiable' || request.method === 'HEAD') {
          await file.close();
          return new Response(null, { status: range === 'unsatisfiable' ? 416 : 200 });
        }
        const length = range === undefined ? file.size : range.end - range.start + 1;
        return new Response(await file.body(range), {
          status: range === undefined ? 200 : 206,
          headers: { 'content-length': `${length}` },
        });
      },
    });
    try {
      await work(`http://127.0.0.1:${server.port}/`);
    } finally {
      await server.stop(true);
    }
  }

  test('whole, in ranges, HEAD', () =>
    serve(async (url) => {
      const whole = await fetch(url);
      expect(content.equals(Buffer.from(await whole.arrayBuffer()))).toBe(true);
      for (const [range, start, end] of [
        ['bytes=1-2', 1, 3],
        ['bytes=524287-1048577', 524287, 1048578],
        ['bytes=-5', content.length - 5, content.length],
        ['bytes=2000000-', 2_000_000, content.length],
      ] as const) {
        const part = await fetch(url, { headers: { range } });
        expect(part.status).toBe(206);
        // Bun drops the header of streams.
        if (end - start < 500_000) expect(part.headers.get('content-length')).toBe(`${end - start}`);
        expect(content.subarray(start, end).equals(Buffer.from(await part.arrayBuffer()))).toBe(true);
      }
      expect((await fetch(url, { headers: { range: 'bytes=9-2' } })).status).toBe(416);
      expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
    }));

  test('a reader that leaves early closes the file', () =>
    serve(async (url) => {
      const abort = new AbortController();
      const response = await fetch(url, { signal: abort.signal });
      const reader = response.body?.getReader();
      await reader?.read();
      abort.abort();
      await reader?.closed.catch(() => undefined);
    }));

  test('cancelled, closed and never read', async () => {
    await store.write('a', body('x'.repeat(100)));
    const file = await store.open('a');
    const reader = file.stream().getReader();
    await reader.cancel();
    await file.close();
    const unread = await store.open('a');
    expect(unread.size).toBe(100);
    expect(unread.etag).toMatch(/^"[0-9a-z-]+"$/);
    expect(Math.abs(unread.modifiedAt - Date.now())).toBeLessThan(60_000);
    await unread.close();
    await unread.close();
  });

  test('a file cut short while it is sent ends in an error, not in silence', async () => {
    await store.write('a', new Blob([new Uint8Array(2_000_000)]).stream());
    const reader = (await store.open('a')).stream().getReader();
    await reader.read();
    writeFileSync(join(root, 'a'), '');
    const failure = await reader.read().catch((error: unknown) => error);
    expect(failure).toMatchObject({ message: 'the file became shorter while it was sent' });
  });
});

test.each([
  [null, undefined],
  ['bytes=0-', { start: 0, end: 9 }],
  ['bytes=3-100', { start: 3, end: 9 }],
  ['bytes=-3', { start: 7, end: 9 }],
  ['bytes=-30', { start: 0, end: 9 }],
  ['bytes=10-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=9-2', 'unsatisfiable'],
  ['bytes=0-1,3-4', undefined],
  ['bytes=-', undefined],
  ['items=0-1', undefined],
])('range %p', (header, range) => {
  expect(parseByteRange(header, 10)).toEqual(range as ReturnType<typeof parseByteRange>);
});
