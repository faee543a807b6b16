/** Files and folders that cannot serve: one clear line, exit code 1, and every byte as it was. */
import { Database } from 'bun:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Api } from '../support/api.ts';
import { freshFolder, removeFolder } from '../support/folders.ts';
import { runModelyard } from '../support/run-modelyard.ts';
import { startServer } from '../support/start-server.ts';

let dir: string;
/** A database of ours with a few thousand points, stopped cleanly. */
let sound: string;

beforeAll(async () => {
  dir = freshFolder();
  const home = join(dir, 'home');
  mkdirSync(home);
  const server = await startServer([], { dir: home });
  const api = new Api(server);
  const run_id = await api.createRun({ run_name: 'kept' });
  for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) {
    const metrics = Array.from({ length: 1000 }, (_, i) => ({ key, value: i / 7, timestamp: i, step: i }));
    await api.post('runs/log-batch', { run_id, metrics });
  }
  expect(await server.stop()).toBe(0);
  sound = join(home, 'm.db');
}, 30_000);

afterAll(() => removeFolder(dir));

function serve(file: string, through: readonly string[] = []): ReturnType<typeof runModelyard> {
  return runModelyard(['server', '--port', '0', '--backend-store-uri', `sqlite:///${file}`], { dir, through });
}

function oneLine(text: string): boolean {
  return /^modelyard: [^\n]{20,400}\n$/.test(text);
}

function sqlite(file: string, ...statements: string[]): void {
  const database = new Database(file, { create: true });
  for (const statement of statements) database.run(statement);
  database.close();
}

/** A copy of the sound database, and then a change to it. */
function changed(file: string, change: (file: string) => void): void {
  copyFileSync(sound, file);
  change(file);
}

function overwrite(file: string, from: number, bytes: Uint8Array): void {
  const content = readFileSync(file);
  content.set(bytes, from);
  writeFileSync(file, content);
}

const refused: readonly (readonly [name: string, make: (file: string) => void, reason: RegExp])[] = [
  ['garbage', (file) => writeFileSync(file, 'no database at all\n'.repeat(1000)), /not a database or is damaged/],
  ['a few bytes', (file) => writeFileSync(file, 'x'), /not a database or is damaged/],
  ['a header alone', (file) => changed(file, () => truncateSync(file, 100)), /not a database or is damaged/],
  [
    'a damaged header',
    (file) => changed(file, () => overwrite(file, 16, new Uint8Array(84).fill(0xff))),
    /not a database or is damaged|Cannot open the database/,
  ],
  [
    'a damaged schema',
    (file) => changed(file, () => overwrite(file, 100, new Uint8Array(2000).fill(0x55))),
    /not a database or is damaged/,
  ],
  ['cut in half', (file) => changed(file, () => truncateSync(file, statSync(file).size / 2)), /is damaged/],
  [
    'of MLflow',
    (file) => sqlite(file, 'CREATE TABLE alembic_version (version_num TEXT)', 'CREATE TABLE runs (run_uuid TEXT)'),
    /belongs to an MLflow server and was left as it is.* Take over what it holds: modelyard import \S+ --data DIR$/m,
  ],
  [
    'of MLflow, with a WAL',
    (file) => sqlite(file, 'PRAGMA journal_mode = WAL', 'CREATE TABLE alembic_version (version_num TEXT)'),
    /belongs to an MLflow server and was left as it is.* Take over what it holds: modelyard import \S+ --data DIR$/m,
  ],
  ['of another program', (file) => sqlite(file, 'CREATE TABLE notes (text TEXT)'), /belongs to another program/],
  [
    'of another program that numbers its schema',
    (file) => sqlite(file, 'CREATE TABLE runs (id TEXT)', 'PRAGMA application_id = 77', 'PRAGMA user_version = 1'),
    /belongs to another program/,
  ],
  [
    'of a newer version',
    (file) => changed(file, () => sqlite(file, 'PRAGMA user_version = 9999')),
    /has schema 9999, newer than .* Upgrade Modelyard; the file was left as it is/,
  ],
];

describe.each(refused)('a database file: %s', (name, make, reason) => {
  test('is refused by the server and by both db commands, and keeps its bytes', async () => {
    const file = join(dir, `${name.replace(/\W+/g, '-')}.db`);
    make(file);
    const before = readFileSync(file);
    const uri = `sqlite:///${file}`;
    const runs = await Promise.all([
      serve(file),
      runModelyard(['db', 'check', uri], { dir }),
      runModelyard(['db', 'upgrade', uri], { dir }),
    ]);
    for (const { code, error } of runs) {
      expect(error).toMatch(reason);
      expect([code, oneLine(error), error.includes(file)]).toEqual([1, true, true]);
    }
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('db check names the tables that another program left', async () => {
    const file = join(dir, 'foreign.db');
    copyFileSync(sound, file);
    sqlite(file, 'CREATE TABLE alembic_version (version_num TEXT)', 'CREATE TABLE "my metrics" (value REAL)');
    const { code, out } = await runModelyard(['db', 'check', `sqlite:///${file}`], { dir });
    expect(code).toBe(0);
    expect(out).toMatch(/foreign +alembic_version, my metrics: /);
    expect((await runModelyard(['db', 'check', `sqlite:///${sound}`], { dir })).out).not.toContain('foreign');
  });
});

describe("MLflow's file store", () => {
  let store: string;
  beforeAll(() => {
    store = join(dir, 'mlruns');
    mkdirSync(join(store, '0'), { recursive: true });
    writeFileSync(join(store, '0/meta.yaml'), 'experiment_id: "0"\nname: Default\nlifecycle_stage: active\n');
  });

  test('is refused with the command that takes it over, and nothing is written into it', async () => {
    for (const uri of [store, './mlruns', `file://${store}`, 'mlruns/']) {
      const { code, out, error } = await runModelyard(['server', '--port', '0', '--backend-store-uri', uri], { dir });
      expect([code, out]).toEqual([1, '']);
      expect(error).toContain(`modelyard import ${uri} --data DIR`);
      expect(oneLine(error)).toBe(true);
    }
    expect(readdirSync(store)).toEqual(['0']);
    const done = await runModelyard(['import', './mlruns', '--data', 'taken-over'], { dir });
    expect(done.code).toBe(0);
  });

  test('in which a Modelyard keeps its database since it was not refused serves as before', async () => {
    copyFileSync(sound, join(store, 'modelyard.db'));
    const { code, out } = await runModelyard(['db', 'check', store], { dir });
    expect([code, out.includes(join(store, 'modelyard.db'))]).toEqual([0, true]);
  });

  test('or a database of another kind names the way through its server', async () => {
    const uri = 'postgresql://user@host/mlflow';
    const { code, error } = await runModelyard(['server', '--port', '0', '--backend-store-uri', uri], { dir });
    expect(code).toBe(1);
    expect(error).toContain('modelyard import http://ITS_ADDRESS --data DIR');
  });
});

describe('damage in the middle', () => {
  /** Overwrites the last five pages, which hold points. */
  function damaged(name: string): string {
    const file = join(dir, name);
    changed(file, () => overwrite(file, statSync(file).size - 5 * 4096, new Uint8Array(5 * 4096).fill(0xa5)));
    return file;
  }

  test('is reported by db check', async () => {
    const file = damaged('flipped-check.db');
    const { code, out, error } = await runModelyard(['db', 'check', `sqlite:///${file}`], { dir });
    expect([code, error.includes('    at ')]).toEqual([1, false]);
    expect(out + error).toMatch(/integrity {2}(?!ok)|damaged/);
  });

  test('never shows a stack or ends the server', async () => {
    const home = join(dir, 'flipped');
    mkdirSync(home);
    copyFileSync(damaged('flipped-serve.db'), join(home, 'm.db'));
    const server = await startServer([], { dir: home });
    const api = new Api(server);
    const id = (await api.searchAll({ experiment_ids: ['0'] }))[0]?.info.run_id ?? '';
    const statuses = new Set<number>();
    for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) {
      const answers = [
        await api.send('GET', `metrics/get-history?run_id=${id}&metric_key=${key}`),
        await api.send('POST', 'runs/log-metric', { run_id: id, key, value: 1, timestamp: 1, step: 500 }),
      ];
      for (const { status, text } of answers) {
        statuses.add(status);
        if (status !== 200) expect(text).not.toMatch(/ at |\.ts|SELECT|INSERT/);
      }
    }
    expect([...statuses].filter((status) => ![200, 500, 503].includes(status))).toEqual([]);
    expect(statuses.size).toBeGreaterThan(1);
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
    expect(await server.stop()).toBe(0);
  }, 20_000);
});

describe('places that cannot be written', () => {
  test('a folder instead of a file, and a file instead of a folder', async () => {
    const folder = join(dir, 'folder.db');
    mkdirSync(folder);
    const file = join(dir, 'plain-file');
    writeFileSync(file, 'x');
    const runs = [
      await serve(folder),
      await serve(join(file, 'm.db')),
      await runModelyard(['server', '--port', '0', '--data', file], { dir }),
      await runModelyard(['server', '--port', '0', '--artifacts-destination', file], { dir }),
      await runModelyard(['server', '--port', '0', '--artifacts-destination', join(file, 'below')], { dir }),
    ];
    for (const { code, error, out } of runs) expect([code, oneLine(error), out]).toEqual([1, true, '']);
    expect(readFileSync(file, 'utf8')).toBe('x');
  });

  // Root may write whatever the permissions say, so the server runs as a user without rights.
  const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
  const canSwitch = Bun.spawnSync([...asNobody, 'true']).exitCode === 0;
  const through = canSwitch ? asNobody : [];

  test('a read-only folder and a read-only file', async () => {
    const folder = join(dir, 'read-only');
    mkdirSync(folder);
    const file = join(folder, 'm.db');
    copyFileSync(sound, file);
    const before = readFileSync(file);
    chmodSync(dir, 0o755);
    chmodSync(file, 0o444);
    chmodSync(folder, 0o777);
    const readOnlyFile = await serve(file, through);
    chmodSync(file, 0o666);
    chmodSync(folder, 0o555);
    const readOnlyFolder = await serve(file, through);
    const newFile = await serve(join(folder, 'new.db'), through);
    chmodSync(folder, 0o755);
    for (const { code, error } of [readOnlyFile, readOnlyFolder, newFile]) {
      expect(error).toMatch(/^modelyard: Cannot write to the (database file|folder) \/.*\(EACCES\).*\n$/);
      expect([code, oneLine(error)]).toEqual([1, true]);
    }
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('a read-only artifact folder serves what it holds and refuses uploads with a reason', async () => {
    const home = join(dir, 'archive');
    mkdirSync(join(home, 'artifacts'), { recursive: true });
    writeFileSync(join(home, 'artifacts', 'old.txt'), 'old');
    chmodSync(home, 0o777);
    chmodSync(join(home, 'artifacts'), 0o555);
    const server = await startServer([], { dir: home, through });
    const url = `${server.url}/api/2.0/mlflow-artifacts/artifacts`;
    expect(await (await fetch(`${url}/old.txt`)).text()).toBe('old');
    const upload = await fetch(`${url}/new.txt`, { method: 'PUT', body: 'new' });
    expect([upload.status, (await upload.text()).includes('TEMPORARILY_UNAVAILABLE')]).toEqual([503, true]);
    expect(await server.stop()).toBe(0);
    // The first upload that was refused, and nothing else.
    expect(server.log()).toMatch(/^\S+ error artifacts: writes to artifacts are refused: .+\n$/);
    chmodSync(join(home, 'artifacts'), 0o755);
  });
});
