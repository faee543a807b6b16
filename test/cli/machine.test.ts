import { describe, expect, test } from 'bun:test';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { Client, type SyncedJournal } from '../../src/sdk/node/index.ts';
import { kinds, serverOf } from '../sdk/support/servers.ts';
import { startServer } from '../support/start-server.ts';
import { cliOf, onTerminal } from './support/cli.ts';

interface Doctor {
  readonly ok: boolean;
  readonly problems: string[];
  readonly versions: Record<string, string | null>;
  readonly server: Record<string, unknown>;
  readonly credentials: Record<string, boolean>;
  readonly spool: { readonly runs: number; readonly bytes: number };
  readonly disks: { readonly folder: string; readonly freeBytes: number }[];
}

describe('doctor', () => {
  test.each(kinds)(
    'knows %s by its name and version',
    async (kind) => {
      const url = await serverOf(kind);
      const found = await cliOf(url).json<Doctor>('doctor');
      expect(found).toMatchObject({ ok: true, problems: [] });
      expect(found.versions).toMatchObject({ modelyard: packageJson.version, bun: Bun.version });
      expect(found.server).toMatchObject({ trackingUri: url, answers: true, kind, problem: null });
      expect(found.server['apiVersion']).toMatch(/^\d+\.\d+\.\d+/);
      expect(found.server['latencyMs']).toBeGreaterThan(0);
      expect(found.disks[0]?.freeBytes).toBeGreaterThan(0);
    },
    250_000,
  );

  test('names what is broken and ends with 1', async () => {
    const cli = cliOf('http://someone:geheim1@127.0.0.1:1', { MLFLOW_TRACKING_USERNAME: 'geheim2' });
    const { code, out, error } = await cli.run('doctor');
    expect({ code, error }).toEqual({ code: 1, error: '' });
    expect(out).toContain('Tracking URI\thttp://127.0.0.1:1\n');
    expect(out).toContain('Server\tdoes not answer\n');
    expect(out).toContain('Problem\tNo server answers there. Start one with modelyard server');
    expect(out).toContain('Credentials\tin the tracking URI, MLFLOW_TRACKING_USERNAME\n');
    expect(out + JSON.stringify(await cli.run('doctor', '--json'))).not.toContain('geheim');
  });

  test('says why a server cannot write', async () => {
    const server = await startServer();
    try {
      rmSync(join(server.dir, 'm.db'));
      const { code, out } = await cliOf(server.url).run('doctor');
      expect(code).toBe(1);
      expect(out).toMatch(/Problem.*Nothing can be written: the database file .* was removed/);
    } finally {
      await server.stop();
    }
  });

  test('tells refused credentials, and an answer that is none of a tracking server', async () => {
    let status = 401;
    const server = Bun.serve({ hostname: '127.0.0.1', port: 0, fetch: () => new Response('no', { status }) });
    const url = `http://127.0.0.1:${server.port}`;
    const refused = JSON.parse((await cliOf(url).run('doctor', '--json')).out) as Doctor;
    expect(refused.ok).toBe(false);
    expect(refused.problems[0]).toContain('Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD');
    status = 200;
    const other = await cliOf(url).run('doctor', '--json');
    expect(other.code).toBe(1);
    expect((JSON.parse(other.out) as Doctor).server).toMatchObject({ answers: true, kind: 'other' });
    await server.stop(true);
  });
});

describe('sync', () => {
  /** What the SDK leaves behind when its process is killed while no server answers. */
  async function journal(folder: string, url: string, runId?: string): Promise<string> {
    const client = new Client({ trackingUri: url });
    const { run } = runId === undefined ? await client.createRun({ experiment_id: '0' }) : {};
    const id = runId ?? run?.info?.run_id ?? '';
    const points = [0, 1, 2].map((step) => ({ key: 'loss', value: 1 / (step + 1), timestamp: 1000 + step, step }));
    const lines = [
      { trackingUri: url, runId: id, pid: 999_999_999 },
      { points },
      { end: { status: 'FINISHED', endTime: 5000 } },
    ];
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${id}-1.jsonl`), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    return id;
  }

  test('sends what waits, once', async () => {
    const url = await serverOf('modelyard');
    const cli = cliOf(url);
    const spool = join(cli.dir, 'spool');
    const runId = await journal(spool, url);
    const { spool: waiting } = await cli.json<Doctor>('doctor');
    expect(waiting).toMatchObject({ runs: 1 });
    expect(await cli.out('doctor')).toContain('modelyard sync sends them');
    expect(await cli.json<SyncedJournal[]>('sync')).toMatchObject([
      { runId, points: 3, state: 'sent', trackingUri: url },
    ]);
    expect(readdirSync(spool)).toEqual([]);
    const again = await cli.run('sync');
    expect(again).toEqual({ code: 0, out: '', error: 'Nothing waits to be sent.\n' });
    const { run } = await new Client({ trackingUri: url }).getRun({ run_id: runId });
    expect(run?.info?.status).toBe('FINISHED');
    expect(run?.data?.metrics).toMatchObject([{ key: 'loss', step: 2 }]);
  });

  test('keeps what a server refuses, or what no server takes', async () => {
    const url = await serverOf('modelyard');
    const cli = cliOf('http://127.0.0.1:1');
    const spool = join(cli.dir, 'elsewhere');
    await journal(spool, url, '0123456789abcdef0123456789abcdef');
    const refused = await cli.run('sync', '--folder', spool);
    expect(refused.code).toBe(1);
    expect(refused.out).toContain('0123456789abcdef0123456789abcdef\t3\trefused\t');
    expect(refused.error).toMatch(/\.jsonl stays: .*not found/);
    const lost = await cli.run('sync', '--folder', spool, '--tracking-uri', 'http://127.0.0.1:1');
    expect(lost.code).toBe(1);
    expect(lost.error).toContain('stays: http://127.0.0.1:1 cannot be reached');
    expect(readdirSync(spool)).toHaveLength(1);
  });
});

describe('completion', () => {
  const cli = cliOf('http://127.0.0.1:1');

  test.each<[string[], string[]]>([
    [['exp'], ['export', 'experiments']],
    [
      ['runs', 'de'],
      ['describe', 'delete'],
    ],
    [['runs', 'list', '--fil'], ['--filter']],
    [['server', '--allowed'], ['--allowed-hosts']],
    [['doctor', '--js'], ['--json']],
    [['completion', 'f'], ['fish']],
  ])('in bash of %j', async (words, expected) => {
    const script = await cli.out('completion', 'bash');
    const ask = `COMP_WORDS=(modelyard ${words.join(' ')}); COMP_CWORD=${words.length}; _modelyard; echo "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = Bun.spawnSync(['bash', '-c', `${script}\n${ask}`]);
    expect(stderr.toString()).toBe('');
    expect(stdout.toString().trim().split(' ')).toEqual(expect.arrayContaining(expected) as string[]);
  });

  test('in zsh and fish knows every action and flag', async () => {
    for (const shell of ['zsh', 'fish']) {
      const script = await cli.out('completion', shell);
      for (const word of ['registered-models', 'set-alias', 'artifact-path', 'older-than'])
        expect(script).toContain(word);
      const program = Bun.which(shell);
      if (program === null) continue;
      const { exitCode } = Bun.spawnSync([program, '-n', '-c', script]);
      expect(exitCode).toBe(0);
    }
  });
});

test('doctor fits a terminal and paints what is broken', async () => {
  const { dir } = cliOf('');
  const text = await onTerminal(['doctor', '--tracking-uri', 'http://127.0.0.1:1'], {
    dir,
    env: { MODELYARD_SPOOL: dir },
  });
  expect(text).toContain('\u001b[31mdoes not answer\u001b[0m');
});
