/** Projects in folders of their own, and what their runs are recorded as. */
import { afterAll, beforeAll } from 'bun:test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Client } from '../../../src/sdk/index.ts';
import { cliOf, type Cli } from '../../cli/support/cli.ts';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import type { Finished } from '../../support/run-modelyard.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';

export type Files = Readonly<Record<string, string>>;

/** @returns the folder */
export function projectOf(files: Files, folder = freshFolder()): string {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** MLproject of one entry point, main. @param more lines of main or of the project, with their indentation */
export function mainOf(command: string, ...more: readonly string[]): Files {
  const lines = ['name: tested', 'entry_points:', '  main:', `    command: ${JSON.stringify(command)}`, ...more];
  return { MLproject: `${lines.join('\n')}\n` };
}

export interface Recorded {
  readonly runId: string;
  readonly status: string;
  readonly runName: string;
  readonly experimentId: string;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

export interface Projects {
  readonly url: string;
  readonly client: Client;
  readonly cli: Cli;
  /** `modelyard run`, and the run that it made, if any. */
  run(...args: string[]): Promise<Finished & { run: Recorded | undefined }>;
  /** The same with a clean end. */
  ran(...args: string[]): Promise<{ out: string; error: string; run: Recorded }>;
  /** All runs of an experiment, newest first. */
  runs(experimentId?: string): Promise<Recorded[]>;
  text(runId: string, path: string): Promise<string>;
}

/** One server for all tests of a file. @param env of the commands */
export function testedProjects(env: Readonly<Record<string, string>> = {}, limit = 60_000): Projects {
  let server: TestServer;
  let cli: Cli;
  let client: Client;
  beforeAll(async () => {
    server = await startServer([], { through: ['setpriv', '--pdeathsig', 'KILL'] });
    cli = cliOf(server.url, env, limit);
    client = new Client({ trackingUri: server.url });
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    removeFolder(cli.dir);
  });
  const runs = async (experimentId = '0'): Promise<Recorded[]> =>
    (await client.searchRuns({ experiment_ids: [experimentId], run_view_type: 'ALL' })).runs.map(recordedOf);
  const run = async (...args: string[]): Promise<Finished & { run: Recorded | undefined }> => {
    const before = new Set((await runs()).map(({ runId }) => runId));
    const finished = await cli.run('run', ...args);
    const made = (await runs()).filter(({ runId }) => !before.has(runId));
    return { ...finished, run: made.find(({ tags }) => tags['mlflow.parentRunId'] === undefined) };
  };
  return {
    get url() {
      return server.url;
    },
    get client() {
      return client;
    },
    get cli() {
      return cli;
    },
    runs,
    run,
    async ran(...args) {
      const { code, out, error, run: made } = await run(...args);
      if (code !== 0 || made === undefined) throw new Error(`modelyard run ended with ${code}: ${out}${error}`);
      return { out, error, run: made };
    },
    async text(runId, path) {
      const answer = await fetch(`${server.url}/get-artifact?run_id=${runId}&path=${encodeURIComponent(path)}`);
      return answer.ok ? answer.text() : `${answer.status}`;
    },
  };
}

type Answered = Awaited<ReturnType<Client['searchRuns']>>['runs'][number];

function recordedOf({ info, data }: Answered): Recorded {
  const record = (pairs: readonly { readonly key?: string | undefined; readonly value?: string | undefined }[]) =>
    Object.fromEntries(pairs.map(({ key = '', value = '' }) => [key, value]));
  return {
    runId: info?.run_id ?? '',
    status: info?.status ?? '',
    runName: info?.run_name ?? '',
    experimentId: info?.experiment_id ?? '',
    params: record(data?.params ?? []),
    tags: record(data?.tags ?? []),
  };
}
