/** A server that runs projects, small projects of shell scripts, and what tests ask of both. */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { getJobLog, job, listJobs } from '../../../src/protocol/jobs.ts';
import type { Decoded } from '../../../src/protocol/schema.ts';
import { Api } from '../../support/api.ts';
import { startServer, type StartOptions, type TestServer } from '../../support/start-server.ts';

export type Job = Decoded<typeof job>;
type Log = Decoded<(typeof getJobLog)['response']>;
type JobPage = Decoded<(typeof listJobs)['response']>;

/** Nothing that a test starts may outlive it. */
const untilTestEnds = ['setpriv', '--pdeathsig', 'TERM'];
/** Milliseconds. */
const limit = 60_000;

/** @param dir a folder of the caller's, which holds what must outlive one server */
export async function startJobServer(
  dir: string,
  args: readonly string[] = [],
  options: StartOptions = {},
): Promise<TestServer> {
  const env = { XDG_CACHE_HOME: join(dir, 'cache'), ...options.env };
  return startServer(args, { through: untilTestEnds, ...options, dir, env });
}

/**
 * Entry points: `main` writes a line to `out`; `hold` writes `begin`, waits for the file `go` and writes `end`;
 * `fail` ends with code 7; `letters` prints what takes several bytes.
 */
export function makeProject(dir: string): string {
  const folder = join(dir, 'project');
  mkdirSync(folder, { recursive: true });
  const files: Readonly<Record<string, string>> = {
    MLproject: `name: small
entry_points:
  main:
    parameters:
      out: string
      text: {type: string, default: hello}
    command: "sh main.sh {out} {text}"
  hold:
    parameters: {out: string, go: string}
    command: "sh hold.sh {out} {go}"
  rated:
    parameters: {rate: float, steps: {type: int, default: 3}}
    command: "echo {rate} {steps}"
  fail:
    command: "sh fail.sh"
  letters:
    command: "sh letters.sh"
`,
    'main.sh': 'printf \'%s\\n\' "$2" >> "$1"; printf \'said %s\\n\' "$2"\n',
    // Nobody waits for ever for a test that was killed.
    'hold.sh': `echo begin >> "$1"; echo began
for i in $(seq 1200); do [ -e "$2" ] && break; sleep 0.05; done
echo end >> "$1"; echo ended
`,
    'fail.sh': 'echo no good >&2; exit 7\n',
    'letters.sh': "printf 'a€😀é\\n'\n",
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  chmodSync(folder, 0o755);
  return folder;
}

export function linesOf(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
}

export class JobApi {
  readonly api: Api;
  readonly runs: Api;

  constructor(server: Pick<TestServer, 'url'>) {
    this.api = new Api(server, '/api/2.0/modelyard');
    this.runs = new Api(server);
  }

  async submit(uri: string, entry: string, parameters: Record<string, string> = {}, more = {}): Promise<Job> {
    const request = { uri, entry_point: entry, parameters, env_manager: 'local', ...more };
    return (await this.api.post<{ job: Job }>('jobs/projects', request)).job;
  }

  async get(id: string | undefined): Promise<Job> {
    return (await this.api.get<{ job: Job }>(`jobs/${id}`)).job;
  }

  async list(query = ''): Promise<JobPage> {
    return this.api.get<JobPage>(`jobs${query}`);
  }

  async cancel(id: string | undefined): Promise<Job> {
    return (await this.api.post<{ job: Job }>(`jobs/${id}/cancel`, {})).job;
  }

  async retry(id: string | undefined): Promise<Job> {
    return (await this.api.post<{ job: Job }>(`jobs/${id}/retry`, {})).job;
  }

  async log(id: string | undefined, offset = 0): Promise<Log> {
    return this.api.get<Log>(`jobs/${id}/log?offset=${offset}`);
  }

  /** The job, once it is so. */
  async until(id: string | undefined, is: (job: Job) => boolean): Promise<Job> {
    return until(
      () => this.get(id),
      is,
      async (last) => `${JSON.stringify(last)}\n${(await this.log(id)).text}`,
    );
  }

  async ended(id: string | undefined): Promise<Job> {
    return this.until(id, ({ state }) => !['queued', 'running'].includes(state ?? ''));
  }

  async statusOf(job: Job): Promise<string> {
    return (await this.runs.run(job.run_id ?? '')).info.status;
  }
}

export async function until<T>(
  look: () => T | Promise<T>,
  is: (found: T) => boolean,
  tell: (last: T) => string | Promise<string> = String,
): Promise<T> {
  const end = Date.now() + limit;
  for (;;) {
    const found = await look();
    if (is(found)) return found;
    if (Date.now() > end) throw new Error(`it did not become so: ${await tell(found)}`);
    await Bun.sleep(50);
  }
}
