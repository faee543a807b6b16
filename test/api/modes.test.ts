/** What a server answers depends on how it was started: prefix, artifacts alone, no artifacts. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Api, type ErrorBody } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';
import { freshFolder, removeFolder } from '../support/folders.ts';
import { rawRequest } from '../support/raw-request.ts';
import { startServer, type TestServer } from '../support/start-server.ts';

async function status(url: string, init?: RequestInit): Promise<number> {
  const response = await fetch(url, init);
  await response.arrayBuffer();
  return response.status;
}

const jsonPost = (body: unknown): RequestInit => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'Content-Type': 'application/json' },
});

describe('--static-prefix', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startServer(['--static-prefix', '/lab/mlflow']);
  }, 30_000);

  afterAll(() => server.stop());

  test('serves everything below the prefix', async () => {
    expect(server.url).toEndWith('/lab/mlflow');
    const api = new Api(server);
    const id = await api.createRun();
    const paths = [
      '/',
      '/health',
      '/version',
      '/api/3.0/mlflow/server-info',
      `/ajax-api/2.0/mlflow/runs/get?run_id=${id}`,
    ];
    for (const path of paths) expect([path, await status(server.url + path)]).toEqual([path, 200]);
    const upload = await status(`${server.url}/api/2.0/mlflow-artifacts/artifacts/a/b.txt`, {
      method: 'PUT',
      body: 'x',
    });
    expect(upload).toBe(200);
  });

  test('and nothing beside it', async () => {
    const root = `http://127.0.0.1:${server.port}`;
    for (const path of ['/', '/health', '/api/2.0/mlflow/experiments/search', '/lab', '/lab/mlflowhealth', '/lab/']) {
      expect([path, await status(root + path)]).toEqual([path, 404]);
    }
    const beside = await (await fetch(`${root}/api/2.0/mlflow/experiments/list`)).text();
    expect(beside).toContain('No route: GET /api/2.0/mlflow/experiments/list. This server answers below /lab/mlflow.');
    const below = await (await fetch(`${server.url}/api/2.0/mlflow/experiments/list`)).text();
    expect(below).toContain('No route: GET /lab/mlflow/api/2.0/mlflow/experiments/list"');
  });
});

describe('--artifacts-only', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startServer(['--artifacts-only']);
  }, 30_000);

  afterAll(() => server.stop());

  test('keeps, lists, gives and deletes artifacts', async () => {
    const base = `${server.url}/api/2.0/mlflow-artifacts/artifacts`;
    expect(await status(`${base}/folder/file.txt`, { method: 'PUT', body: 'hello' })).toBe(200);
    expect(await (await fetch(`${base}/folder/file.txt`)).text()).toBe('hello');
    expect(await (await fetch(`${base}?path=folder`)).json()).toEqual({
      files: [{ path: 'file.txt', is_dir: false, file_size: 5 }],
    });
    expect(await status(`${base}/folder/file.txt`, { method: 'DELETE' })).toBe(200);
    expect(await status(`${base}/folder/file.txt`)).toBe(404);
  });

  test('has no tracking, no registry and no database', async () => {
    const api = new Api(server);
    const id = 'a'.repeat(32);
    const calls: [string, string, unknown?][] = [
      ['POST', 'runs/create', {}],
      ['POST', 'runs/search', { experiment_ids: ['0'] }],
      ['GET', 'experiments/search?max_results=1'],
      ['GET', `metrics/get-history?run_id=${id}&metric_key=m`],
      ['GET', `artifacts/list?run_id=${id}`],
      ['POST', 'registered-models/create', { name: 'm' }],
    ];
    for (const [method, path, body] of calls) {
      const error = await api.refused(method, path, body);
      expect([path, error.status, error.error_code]).toEqual([path, 404, 'ENDPOINT_NOT_FOUND']);
      expect(error.message).toContain('--artifacts-only');
    }
    expect(await status(`${server.url}/get-artifact?run_id=${id}&path=x`)).toBe(404);
    expect(await status(server.url)).toBe(200);
    expect(await Bun.file(join(server.dir, 'm.db')).exists()).toBe(false);
  });
});

describe('--no-serve-artifacts --default-artifact-root FOLDER', () => {
  let server: TestServer;
  let api: Api;
  let folder: string;
  let root: string;

  beforeAll(async () => {
    folder = freshFolder();
    root = join(folder, 'runs');
    server = await startServer(['--no-serve-artifacts', '--default-artifact-root', root]);
    api = new Api(server);
  }, 30_000);

  afterAll(async () => {
    await server.stop();
    removeFolder(folder);
  });

  interface Listing {
    readonly root_uri: string;
    readonly files?: readonly { path: string; is_dir: boolean; file_size?: number }[];
  }

  const list = (id: string, path = ''): Promise<Listing> =>
    api.get<Listing>(`artifacts/list?run_id=${id}&path=${encodeURIComponent(path)}`);

  const fileUrl = (id: string, path: string): string =>
    `${server.url}/get-artifact?run_id=${id}&path=${encodeURIComponent(path)}`;

  test('shows what clients wrote into the folder themselves', async () => {
    const experiment = await api.createExperiment('local');
    const id = await api.createRun({ experiment_id: experiment });
    const { artifact_uri } = (await api.run(id)).info;
    expect(artifact_uri).toBe(`${root}/${experiment}/${id}/artifacts`);
    expect(await list(id)).toEqual({ root_uri: artifact_uri });
    mkdirSync(join(artifact_uri, 'model'), { recursive: true });
    writeFileSync(join(artifact_uri, 'model', 'weights.bin'), '12345');
    writeFileSync(join(artifact_uri, 'note.txt'), 'by hand');
    expect((await list(id)).files).toEqual([
      { path: 'model', is_dir: true },
      { path: 'note.txt', is_dir: false, file_size: 7 },
    ]);
    expect((await list(id, 'model')).files).toEqual([{ path: 'model/weights.bin', is_dir: false, file_size: 5 }]);
    expect(await (await fetch(fileUrl(id, 'note.txt'))).text()).toBe('by hand');
    expect(await (await fetch(fileUrl(id, 'model/weights.bin'))).text()).toBe('12345');
  });

  test('refuses what lies outside', async () => {
    const id = await api.createRun({ experiment_id: await api.createExperiment('outside') });
    const { artifact_uri } = (await api.run(id)).info;
    mkdirSync(artifact_uri, { recursive: true });
    writeFileSync(join(folder, 'secret.txt'), 'secret');
    symlinkSync(join(folder, 'secret.txt'), join(artifact_uri, 'link.txt'));
    symlinkSync(folder, join(artifact_uri, 'up'));
    const up = '../'.repeat(4);
    const wrong = [`${up}secret.txt`, join(folder, 'secret.txt'), 'link.txt', 'up/secret.txt', '..', 'a/../../x'];
    for (const path of wrong) {
      const response = await fetch(fileUrl(id, path));
      const text = await response.text();
      expect([path, response.status >= 400 && response.status < 500, text.includes('secret\n')]).toEqual([
        path,
        true,
        false,
      ]);
      expect(text).not.toBe('secret');
    }
    expect((await list(id)).files).toBeUndefined();
    const elsewhere = await api.send('POST', 'experiments/create', { name: 'elsewhere', artifact_location: folder });
    if (elsewhere.status === 200) {
      const { experiment_id } = JSON.parse(elsewhere.text) as { experiment_id: string };
      const other = await api.createRun({ experiment_id });
      expect(await status(fileUrl(other, 'secret.txt'))).toBe(403);
      expect((await api.refused('GET', `artifacts/list?run_id=${other}`)).status).toBe(403);
    }
  });

  test('does not proxy', async () => {
    const url = `${server.url}/api/2.0/mlflow-artifacts/artifacts`;
    for (const init of [{ method: 'GET' }, { method: 'PUT', body: 'x' }, { method: 'DELETE' }]) {
      const response = await fetch(`${url}/x.txt`, init);
      const error = (await response.json()) as ErrorBody;
      expect([init.method, response.status, error.error_code]).toEqual([init.method, 404, 'ENDPOINT_NOT_FOUND']);
      expect(error.message).toContain('--no-serve-artifacts');
    }
    expect(await status(`${server.url}/api/2.0/mlflow/runs/create`, jsonPost({}))).toBe(200);
  });
});

describe('--access-log', () => {
  /** Of the access log: its lines without their times, in order; each is written before its answer. */
  const requestsOf = (server: TestServer): string[] =>
    [...server.log().matchAll(/ info access: (.*) \d+\.\d ms\n/g)].map(([, line]) => line ?? '');

  test('has a line for each request, refused ones too', async () => {
    const server = await startServer(['--access-log']);
    try {
      const search = `${server.url}/api/2.0/mlflow/experiments/search?max_results=5&filter=name%20%3D%20'a%0Ab'`;
      expect(await status(search)).toBe(200);
      expect(await status(`${server.url}/api/2.0/mlflow/runs/get?run_id=none`)).toBe(404);
      const target = '/api/2.0/mlflow-artifacts/artifacts/../../m.db';
      expect((await rawRequest({ port: server.port, target })).status).toBe(400);
      expect(await status(`${server.url}/health`, { headers: { Host: 'evil.example' } })).toBe(200);
      await eventually(() => requestsOf(server).length >= 4);
      expect(requestsOf(server)).toEqual([
        '127.0.0.1 GET /api/2.0/mlflow/experiments/search?max_results=5&filter=name%20%3D%20%27a%0Ab%27 200',
        '127.0.0.1 GET /api/2.0/mlflow/runs/get?run_id=none 404',
        '127.0.0.1 GET /api/2.0/m.db 400',
        '127.0.0.1 GET /health 200',
      ]);
    } finally {
      await server.stop();
    }
  }, 30_000);

  test('is silent unless it is asked for', async () => {
    const server = await startServer([]);
    try {
      expect(await status(`${server.url}/health`)).toBe(200);
    } finally {
      await server.stop();
    }
    expect(server.log()).toBe('');
  }, 30_000);
});
