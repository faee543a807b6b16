/** A PostgreSQL of its own for a file of tests, on a free port of this machine; it ends with the tests. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Postgresql extends AsyncDisposable {
  readonly uri: string;
}

const longestStart = 30_000;

export async function startPostgresql(): Promise<Postgresql> {
  const folder = mkdtempSync(join(tmpdir(), 'modelyard-postgresql-'));
  const data = join(folder, 'data');
  chmodSync(folder, 0o755);
  mkdirSync(data);
  const programs = join('/usr/lib/postgresql', readdirSync('/usr/lib/postgresql')[0] ?? '', 'bin');
  // It refuses to run as root.
  const user = process.getuid?.() === 0 ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups'] : [];
  if (user.length > 0) Bun.spawnSync(['chown', 'postgres', data]);
  const made = Bun.spawnSync(
    [...user, join(programs, 'initdb'), '-D', data, '-A', 'trust', '-U', 'tester', '--no-sync'],
    { cwd: folder },
  );
  if (made.exitCode !== 0) throw new Error(made.stderr.toString());
  const port = freePort();
  const settings = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'fsync=off'];
  const server = Bun.spawn(
    [...user, 'setpriv', '--pdeathsig', 'INT', join(programs, 'postgres'), '-D', data, '-p', String(port), ...settings],
    {
      cwd: folder,
      stdout: 'ignore',
      stderr: 'ignore',
    },
  );
  const uri = `postgresql://tester@127.0.0.1:${port}/postgres`;
  await untilAnswers(uri);
  return {
    uri,
    async [Symbol.asyncDispose]() {
      server.kill('SIGINT');
      await server.exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): number {
  const listener = Bun.listen({ hostname: '127.0.0.1', port: 0, socket: { data() {} } });
  const { port } = listener;
  listener.stop(true);
  return port;
}

async function untilAnswers(uri: string): Promise<void> {
  for (const start = Date.now(); ;) {
    const sql = new Bun.SQL(uri, { max: 1, connectionTimeout: 5 });
    try {
      await sql`select 1`;
      return;
    } catch (error) {
      if (Date.now() - start > longestStart) throw error;
      await Bun.sleep(50);
    } finally {
      await sql.close({ timeout: 0 });
    }
  }
}
