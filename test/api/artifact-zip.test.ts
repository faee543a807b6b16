/** A folder as one ZIP file: every file, byte for byte, as any unpacker reads it. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { centralHeader, endRecord, localHeader } from '../../src/artifacts/zip/zip-records.ts';
import { Api } from '../support/api.ts';
import { startServer, type TestServer } from '../support/start-server.ts';

let server: TestServer;
let runId: string;

const files: Readonly<Record<string, string>> = {
  'a.txt': 'alpha',
  'empty.bin': '',
  'deep/er/ünï, c:ode & #1.txt': 'names are UTF-8',
  'deep/large.bin': 'x'.repeat(3_000_000),
};

beforeAll(async () => {
  server = await startServer();
  const api = new Api(server);
  runId = await api.createRun({ experiment_id: '0' });
  for (const [path, body] of Object.entries(files)) {
    const url = `${server.url}/api/2.0/mlflow-artifacts/artifacts/0/${runId}/artifacts/${encodeURI(path).replace('#', '%23')}`;
    expect([path, (await fetch(url, { method: 'PUT', body })).status]).toEqual([path, 200]);
  }
}, 30_000);

afterAll(() => server.stop());

const zipUrl = (path: string): string =>
  `${server.url}/ajax-api/2.0/modelyard/artifacts/zip?${new URLSearchParams({ run_id: runId, path }).toString()}`;

/** By the central directory, as unpackers do. */
function unzip(bytes: Buffer): Record<string, string> {
  const end = bytes.length - 22;
  expect(bytes.readUInt32LE(end)).toBe(0x06054b50);
  let at = bytes.readUInt32LE(end + 16);
  const found: Record<string, string> = {};
  for (let i = 0; i < bytes.readUInt16LE(end + 10); i++) {
    const [crc, size, nameLength] = [
      bytes.readUInt32LE(at + 16),
      bytes.readUInt32LE(at + 24),
      bytes.readUInt16LE(at + 28),
    ];
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const local = bytes.readUInt32LE(at + 42);
    expect(bytes.readUInt32LE(local)).toBe(0x04034b50);
    expect(bytes.readUInt32LE(local + 14)).toBe(crc);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(start, start + size);
    expect(crc32(content)).toBe(crc);
    found[name] = content.toString();
    at += 46 + nameLength + bytes.readUInt16LE(at + 30);
  }
  return found;
}

test('all of a run', async () => {
  const answer = await fetch(zipUrl(''));
  expect(answer.headers.get('content-type')).toBe('application/zip');
  expect(answer.headers.get('content-disposition')).toBe(`attachment; filename=${runId}.zip`);
  const wanted = Object.fromEntries(Object.entries(files).map(([path, body]) => [`${runId}/${path}`, body]));
  expect(unzip(Buffer.from(await answer.arrayBuffer()))).toEqual(wanted);
});

test('a folder of it, under its own name', async () => {
  const answer = await fetch(zipUrl('deep/er'));
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename=er.zip');
  expect(unzip(Buffer.from(await answer.arrayBuffer()))).toEqual({ 'er/ünï, c:ode & #1.txt': 'names are UTF-8' });
});

test('what is not there is told', async () => {
  expect((await fetch(zipUrl('nowhere'))).status).toBe(404);
  expect((await fetch(`${server.url}/ajax-api/2.0/modelyard/artifacts/zip?run_id=nobody`)).status).toBe(404);
  expect((await fetch(`${server.url}/ajax-api/2.0/modelyard/artifacts/zip`)).status).toBe(400);
});

test('a reader that stops early leaves the server well', async () => {
  const { body } = await fetch(zipUrl(''));
  await body?.cancel();
  expect((await fetch(zipUrl('deep/er'))).status).toBe(200);
});

test('beyond 4 GB and 65,535 files the 64-bit fields hold what the others cannot', () => {
  const entry = { name: 'x', size: 5_000_000_000, crc: 1, modifiedAt: 0, offset: 6_000_000_000 };
  const local = localHeader(entry);
  expect(local.readUInt32LE(18)).toBe(0xffffffff);
  expect(local.readBigUInt64LE(30 + 1 + 4)).toBe(5_000_000_000n);
  const central = centralHeader(entry);
  expect(central.readBigUInt64LE(46 + 1 + 4 + 16)).toBe(6_000_000_000n);
  const end = endRecord(70_000, 6_000_000_000, 100);
  expect(end.readBigUInt64LE(24)).toBe(70_000n);
  expect(end.readBigUInt64LE(48)).toBe(6_000_000_000n);
  expect(end.readUInt16LE(end.length - 22 + 10)).toBe(0xffff);
});

test('a folder that no client may name leaves the rest as it is', async () => {
  const api = new Api(server);
  const id = await api.createRun({ experiment_id: '0' });
  const base = join(server.dir, 'artifacts', '0', id, 'artifacts');
  for (const folder of ['C:', 'b\\d', '...', 'fine']) {
    mkdirSync(join(base, folder), { recursive: true });
    writeFileSync(join(base, folder, 'x.txt'), folder);
  }
  const query = new URLSearchParams({ run_id: id, path: '' }).toString();
  const answer = await fetch(`${server.url}/ajax-api/2.0/modelyard/artifacts/zip?${query}`);
  expect(unzip(Buffer.from(await answer.arrayBuffer()))).toEqual({ [`${id}/fine/x.txt`]: 'fine' });
});

test('a client that leaves ends the work, also in the middle of a checksum', async () => {
  const api = new Api(server);
  const id = await api.createRun({ experiment_id: '0' });
  const base = join(server.dir, 'artifacts', '0', id, 'artifacts');
  mkdirSync(base, { recursive: true });
  writeFileSync(join(base, 'sparse.bin'), '');
  truncateSync(join(base, 'sparse.bin'), 20_000_000_000);
  const cpu = (): number => {
    const fields = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return Number(fields[11]) + Number(fields[12]);
  };
  const spentIn = async (ms: number): Promise<number> => {
    const before = cpu();
    await Bun.sleep(ms);
    return cpu() - before;
  };
  const left = new AbortController();
  const url = `${server.url}/ajax-api/2.0/modelyard/artifacts/zip?run_id=${id}&path=`;
  const asked = fetch(url, { signal: left.signal }).catch(() => undefined);
  // The checksum is under way once half a second costs a tenth of one of CPU.
  for (let look = 0; look < 10 && (await spentIn(500)) < 10; look++);
  left.abort();
  await asked;
  let quiet = false;
  for (let look = 0; look < 20 && !quiet; look++) quiet = (await spentIn(500)) < 5;
  expect(quiet).toBe(true);
}, 30_000);
