/** Mistakes on the command line and at start: one line that says what to do, and a plain exit code. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder, removeFolder } from '../support/folders.ts';
import { runModelyard } from '../support/run-modelyard.ts';
import { startServer } from '../support/start-server.ts';

let dir: string;

beforeAll(() => {
  dir = freshFolder();
});

afterAll(() => removeFolder(dir));

const server = (...args: string[]): string[] => ['server', '--port', '0', ...args];

test.each<[string, string[], number, RegExp]>([
  ['an unknown flag', ['server', '--nope'], 2, /'--nope'.*modelyard server --help/],
  ['an unknown short flag', ['server', '-z'], 2, /'-z'.*modelyard server --help/],
  ['a flag without its value', ['server', '--port'], 2, /--port/],
  ['a flag that takes no value', ['server', '--artifacts-only=maybe'], 2, /--artifacts-only/],
  ['a word too many', ['server', 'extra'], 2, /'extra'/],
  ['an unknown command', ['serve'], 2, /no command 'serve'.*server/],
  ['a port that is no number', ['server', '--port', 'http'], 1, /--port takes a number from 0 to 65535, not 'http'/],
  ['a port that is too great', ['server', '--port', '65536'], 1, /--port takes a number from 0 to 65535/],
  ['a negative port', ['server', '--port=-1'], 1, /--port takes a number from 0 to 65535/],
  ['an address of another machine', server('--host', '203.0.113.7'), 1, /no address '203\.0\.113\.7'.*--host/],
  ['a host name that nobody knows', server('--host', 'nowhere.invalid'), 1, /no address 'nowhere\.invalid'.*--host/],
  ['artifacts only, without artifacts', server('--artifacts-only', '--no-serve-artifacts'), 1, /--artifacts-only/],
  ['a database of another kind', server('--backend-store-uri', 'postgresql://h/d'), 1, /sqlite:\/\/\/path/],
  [
    'one with a password',
    server('--backend-store-uri', 'postgresql://u:secret@h/d'),
    1,
    /'postgresql:\/\/h\/d' is not/,
  ],
  ['a registry of its own', server('--registry-store-uri', 'sqlite:///other.db'), 1, /share one database/],
  ['artifacts in storage that is not there', server('--artifacts-destination', 's3://bucket'), 1, /takes a folder/],
  ['a prefix without a slash', server('--static-prefix', 'app'), 1, /must start with a '\/'/],
  ['a prefix with a slash at the end', server('--static-prefix', '/app/'), 1, /must not end with a '\/'/],
  ['a prefix that no address has', server('--static-prefix', '/a b'), 1, /letters, digits.*not '\/a b'/],
  ['a prefix outside ASCII', server('--static-prefix', '/ü'), 1, /--static-prefix takes/],
  ['a prefix that leads away', server('--static-prefix', '/../x'), 1, /--static-prefix takes/],
  ['a prefix with a query', server('--static-prefix', '/a?b'), 1, /--static-prefix takes/],
  ['no folder for the data', server('--data', ''), 1, /--data is empty.*leave it out/],
  ['no folder for artifacts', server('--artifacts-destination='), 1, /--artifacts-destination is empty/],
  ['a list without a host', server('--allowed-hosts', ','), 1, /--allowed-hosts names nothing/],
  ['an origin without a scheme', server('--cors-allowed-origins', 'example.com'), 1, /https:\/\/example\.com/],
  ['db alone', ['db'], 2, /'upgrade' or 'check'/],
  ['db with an unknown word', ['db', 'vacuum'], 2, /'upgrade' or 'check'/],
  ['db with too many words', ['db', 'check', 'a', 'b'], 2, /'upgrade' or 'check'/],
  ['db with a flag', ['db', 'check', '--fast'], 2, /'upgrade' or 'check'/],
  ['db check of nothing', ['db', 'check', 'sqlite:///missing.db'], 1, /there is no database at/],
  ['db upgrade of nothing', ['db', 'upgrade', 'sqlite:///missing.db'], 1, /there is no database at/],
  ['db check of another kind', ['db', 'check', 'mysql://h/d'], 1, /sqlite:\/\/\/path/],
])('%s', async (_name, args, code, message) => {
  const finished = await runModelyard(args, { dir });
  expect(finished.error).toMatch(message);
  expect(finished.error).toMatch(/^modelyard: [^\n]+\n$/);
  expect({ code: finished.code, out: finished.out }).toEqual({ code, out: '' });
});

test.each<[string, string[], RegExp]>([
  ['a login', ['--app-name', 'basic-auth'], /--app-name is not offered: .*proxy/],
  ['no checks', ['--disable-security-middleware'], /--disable-security-middleware is not offered: .*--allowed-hosts/],
  ['other frames', ['--x-frame-options', 'NONE'], /--x-frame-options is not offered: .*SAMEORIGIN/],
  ['monitoring', ['--expose-prometheus', 'metrics'], /--expose-prometheus is not offered: .*\/health/],
  ['workspaces', ['--enable-workspaces'], /--enable-workspaces is not offered: .*one server for each team/],
  ['a workspace store', ['--workspace-store-uri', 'x'], /--workspace-store-uri is not offered: .*each team/],
])("MLflow's flag for %s is refused with what to do instead", async (_name, args, message) => {
  const { code, error } = await runModelyard(server(...args), { dir });
  expect(error).toMatch(message);
  expect(error).toMatch(/^modelyard: [^\n]+\n$/);
  expect(code).toBe(1);
});

/** What a command says before it fails for its port. */
async function notes(args: string[], env: Record<string, string> = {}): Promise<string[]> {
  const { error } = await runModelyard(['server', ...args, '--port', 'x'], { dir, env });
  return error.trim().split('\n').slice(0, -1);
}

test("MLflow's flags without a use here are ignored, with one line each", async () => {
  const opts = ['--gunicorn-opts', '--uvicorn-opts', '--waitress-opts'].map((flag) => `${flag}=--timeout 60`);
  const traces = ['--trace-archival-config', 'a.yaml', '--secrets-cache-ttl', '60', '--secrets-cache-max-size', '9'];
  const replica = ['--read-replica-backend-store-uri', 'postgresql://h/d'];
  const lines = await notes(['-w', '4', '--dev', ...opts, ...traces, ...replica]);
  expect(lines).toHaveLength(9);
  for (const line of lines) expect(line).toMatch(/^modelyard: --[a-z-]+ is ignored: .+\.$/);
});

test("options for MLflow's own server are taken as MLflow takes them", async () => {
  const lines = await notes(['--gunicorn-opts', '--timeout 120', '--uvicorn-opts', '--log-level debug']);
  expect(lines.map((line) => line.split(':', 2)[1])).toEqual([
    ' --gunicorn-opts is ignored',
    ' --uvicorn-opts is ignored',
  ]);
  // One word of that look is most often the next flag.
  const { error, code } = await runModelyard(server('--gunicorn-opts', '--dev'), { dir });
  expect(error).toContain('--gunicorn-opts=VALUE');
  expect(code).toBe(2);
});

test('what asks for how things are here anyway needs no line', async () => {
  expect(await notes(['--disable-workspaces', '--x-frame-options', 'SAMEORIGIN'])).toEqual([]);
  const off = { MLFLOW_ENABLE_WORKSPACES: 'false', MLFLOW_SERVER_DISABLE_SECURITY_MIDDLEWARE: '0', MLFLOW_WORKERS: '' };
  expect(await notes([], off)).toEqual([]);
});

test("MLflow's variables count as its flags do", async () => {
  const lines = await notes([], { MLFLOW_WORKERS: '4', MLFLOW_UVICORN_OPTS: '--reload' });
  expect(lines.map((line) => line.split(':', 2).join(':'))).toEqual([
    'modelyard: MLFLOW_WORKERS is ignored',
    'modelyard: MLFLOW_UVICORN_OPTS is ignored',
  ]);
  const env = { MLFLOW_SERVER_X_FRAME_OPTIONS: 'DENY' };
  const { code, error } = await runModelyard(server(), { dir, env });
  expect(error).toMatch(/^modelyard: MLFLOW_SERVER_X_FRAME_OPTIONS is not offered: /);
  expect(code).toBe(1);
});

test('wrong calls make no files', async () => {
  const empty = freshFolder();
  await runModelyard(['server', '--nope'], { dir: empty });
  await runModelyard(['server', '--port', 'x'], { dir: empty });
  await runModelyard(['db', 'check'], { dir: empty });
  expect(existsSync(join(empty, 'modelyard-data'))).toBe(false);
  removeFolder(empty);
});

test('no command shows the help with code 2, --help with code 0', async () => {
  const calls = [[], ['--help'], ['server', '--help'], ['db', '--help'], ['--version']];
  const runs = await Promise.all(calls.map((args) => runModelyard(args, { dir })));
  expect(runs.map(({ code, error }) => [code, error])).toEqual([
    [2, ''],
    [0, ''],
    [0, ''],
    [0, ''],
    [0, ''],
  ]);
  for (const { out } of runs.slice(0, 4)) expect(out).toContain('Usage: modelyard');
});

/** Undefined where another program listens already, which is as good. */
function listenUnlessTaken(port: number): Bun.TCPSocketListener | undefined {
  try {
    return Bun.listen({ port, hostname: '127.0.0.1', socket: { data: () => undefined } });
  } catch {
    return undefined;
  }
}

test('a port in use is named, with another one to take, and the database stays usable', async () => {
  const first = await startServer();
  const taken = listenUnlessTaken(first.port + 1);
  const args = ['server', '--host', '127.0.0.1', '--port', String(first.port)];
  const { code, error } = await runModelyard(args, { dir });
  expect(code).toBe(1);
  const message = `modelyard: port ${first.port} on 127.0.0.1 is in use. Stop what runs there, or take another port: --port `;
  expect(error).toStartWith(message);
  expect(Number(error.slice(message.length))).toBeGreaterThan(first.port + 1);
  taken?.stop(true);
  expect((await fetch(`${first.url}/health`)).status).toBe(200);
  expect(await first.stop()).toBe(0);
  for (const place of [[], ['modelyard-data'], ['--data', 'modelyard-data']]) {
    expect((await runModelyard(['db', 'check', ...place], { dir })).code).toBe(0);
  }
  writeFileSync(join(dir, 'empty.db'), '');
  expect((await runModelyard(['db', 'check', 'empty.db'], { dir })).code).toBe(1);
  expect(statSync(join(dir, 'empty.db')).size).toBe(0);
});

test('~ in a folder is the home folder, as where a shell leaves it alone', async () => {
  const home = freshFolder();
  const started = await startServer(['--artifacts-destination=~/kept', '--data=~/data'], { env: { HOME: home } });
  expect(await started.stop()).toBe(0);
  expect(existsSync(join(home, 'kept'))).toBe(true);
  removeFolder(home);
});

test('an empty host does not open the server to every network', async () => {
  const opened = await startServer(['--host', '']);
  expect(opened.url).toStartWith('http://127.0.0.1:');
  expect(await opened.stop()).toBe(0);
});

test('a .env or bunfig.toml of the folder it starts in changes nothing', async () => {
  const folder = freshFolder();
  writeFileSync(join(folder, '.env'), 'MLFLOW_PORT=nonsense\n');
  writeFileSync(join(folder, 'bunfig.toml'), 'preload = ["./missing.ts"]\n');
  const started = await startServer([], { dir: folder });
  expect((await fetch(`${started.url}/health`)).status).toBe(200);
  expect(await started.stop()).toBe(0);
  removeFolder(folder);
});
