import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiError } from '../protocol/errors.ts';
import { ArtifactRepository } from './artifact-repository.ts';

let base: string;
let repository: ArtifactRepository;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'repository-'));
  repository = new ArtifactRepository({ destination: `${base}/art`, allowedLocalRoots: [`file://${base}/mlruns`] });
});
afterEach(() => rmSync(base, { recursive: true }));

function bytes(text: string): ReadableStream<Uint8Array> {
  return new Blob([text]).stream();
}

function refusal(uri: string): string {
  try {
    repository.storeFor(uri);
  } catch (error) {
    if (error instanceof ApiError) return error.code;
    throw error;
  }
  return 'accepted';
}

async function failure(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'accepted',
    (error: unknown) => (error instanceof ApiError ? error.message : 'other'),
  );
}

test('proxied roots lie in the destination', async () => {
  await repository.storeFor('mlflow-artifacts:/7/r/artifacts').write('m/a+%41#é.txt', bytes('x'));
  expect(readFileSync(`${base}/art/7/r/artifacts/m/a+%41#é.txt`, 'utf8')).toBe('x');
  const entry = { path: 'm/a+%41#é.txt', name: 'a+%41#é.txt', isDir: false, size: 1 };
  expect(await repository.storeFor('mlflow-artifacts://host:1/7/r/artifacts/').list('m')).toEqual([entry]);
  expect(await repository.destination.list('7/r')).toEqual([
    { path: '7/r/artifacts', name: 'artifacts', isDir: true, size: 0 },
  ]);
});

test('local roots only inside the allowed folders', async () => {
  await repository.storeFor(`${base}/mlruns/0/r/artifacts`).write('a', bytes('x'));
  expect(await repository.storeFor(`file://${base}/mlruns/0/r/artifacts`).list('')).toHaveLength(1);
  expect(await repository.storeFor(`${base}/art`).list('')).toEqual([]);
  for (const uri of [
    base,
    '/',
    '/etc',
    'file:///etc',
    `${base}/artx`,
    `file://host${base}/art`,
    `/${base}/art`,
    'rel',
    '',
  ]) {
    expect(refusal(uri)).toBe('PERMISSION_DENIED');
  }
  expect(() => repository.storeFor('/etc')).toThrow('--default-artifact-root');
});

test('stored roots that climb are refused', () => {
  for (const uri of ['mlflow-artifacts:/../x', 'mlflow-artifacts:/a/%2e%2e/x', 'mlflow-artifacts:/a/%252e%252e/x']) {
    expect(refusal(uri)).toBe('INVALID_PARAMETER_VALUE');
  }
  for (const uri of [
    `${base}/art/../x`,
    `${base}/art/a/../../x`,
    `file://${base}/art/%2e%2e/x`,
    `${base}/art/%2e%2e/x`,
  ]) {
    expect(refusal(uri)).toBe('INVALID_PARAMETER_VALUE');
  }
});

test('other storage is named', () => {
  for (const uri of ['s3://b/x', 'http://h/x', 'runs:/r/a', 'models:/m/1', 'foo://x']) {
    expect(refusal(uri)).toBe('NOT_IMPLEMENTED');
  }
  expect(() => repository.storeFor('s3://b/x')).toThrow("'s3' storage");
});

test("a folder's store cannot reach its neighbours", async () => {
  await repository.destination.write('7/other/a', bytes('x'));
  const run = repository.storeFor('mlflow-artifacts:/7/r');
  for (const path of ['../other/a', '%2e%2e/other/a', '/7/other/a', '..;/other/a']) {
    expect(await failure(run.open(path))).toContain('Invalid path');
    expect(await failure(run.list(path))).toContain('Invalid path');
    expect(await failure(run.write(path, null))).toContain('Invalid path');
    expect(await failure(run.delete(path))).toContain('Invalid path');
  }
  expect(await failure(run.write('d/', null))).toContain('must include a filename');
  expect(await failure(run.write('', null))).toContain('must include a filename');
  await run.delete('');
  expect(await repository.destination.list('7')).toHaveLength(1);
});

test('a link in a local root is not followed', async () => {
  mkdirSync(`${base}/mlruns/0`, { recursive: true });
  writeFileSync(`${base}/secret`, 'x');
  symlinkSync(base, `${base}/mlruns/0/r`);
  expect(await failure(repository.storeFor(`${base}/mlruns/0/r`).open('secret'))).toContain(
    'outside the artifact directory',
  );
});

test('a destination that is no folder', () => {
  expect(() => new ArtifactRepository({ destination: 's3://b/x', allowedLocalRoots: [] })).toThrow(
    'not a local folder',
  );
});
