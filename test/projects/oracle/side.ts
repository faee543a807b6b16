/** One of the two commands, with a server, projects and repositories of its own. */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '../../../src/sdk/index.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';
import { failureTag } from '../../../src/projects/record.ts';
import type { Case } from './cases.ts';
import type { Outcome, RecordedRun } from './outcome.ts';

export interface Call {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Runs the command. */
export type Command = (call: Call) => Promise<{ readonly code: number; readonly said: string }>;

/** What both sides have: the folder of projects that each gets a copy of, and what its repository is known by. */
export interface Given {
  readonly projects: string;
  readonly git: string;
  readonly first: string;
}

/** What is read by http: an artifact of the server. */
const stored = '/api/2.0/mlflow-artifacts/artifacts/given/rows.csv';

export class Side {
  readonly #server: TestServer;
  readonly #client: Client;
  readonly #folder: string;
  readonly #command: Command;
  readonly #given: Given;
  readonly #places: ReadonlyMap<string, string>;
  readonly #experiment: string;
  readonly #known = new Set<string>();
  /** What the command printed last. */
  said = '';

  private constructor(server: TestServer, folder: string, command: Command, given: Given, experiment: string) {
    const artifact = `${server.url}${stored}`;
    this.#server = server;
    this.#client = new Client({ trackingUri: server.url });
    this.#folder = folder;
    this.#command = command;
    this.#given = given;
    this.#experiment = experiment;
    this.#places = new Map([
      ['root', folder],
      ['git', given.git],
      ['first', given.first],
      ['experiment', experiment],
      ['artifact', artifact],
    ]);
  }

  static async start(folder: string, command: Command, given: Given): Promise<Side> {
    mkdirSync(folder, { recursive: true });
    cpSync(given.projects, folder, { recursive: true });
    const server = await startServer();
    const { experiment_id = '' } = await new Client({ trackingUri: server.url }).createExperiment({
      name: 'made before',
    });
    await fetch(`${server.url}${stored}`, { method: 'PUT', body: 'a,b\n1,2\n' });
    return new Side(server, folder, command, given, experiment_id);
  }

  async stop(): Promise<void> {
    await this.#server.stop();
  }

  async outcome({ args, cwd = '.', env = {} }: Case): Promise<Outcome> {
    const places = new Map(this.#places);
    if (args.includes('<run>')) places.set('run', await this.#newRun());
    const fill = (text: string): string => text.replaceAll(/<(\w+)>/g, (all, name: string) => places.get(name) ?? all);
    const seen = join(this.#folder, 'seen.txt');
    rmSync(seen, { force: true });
    const { code, said } = await this.#command({
      args: args.map(fill),
      cwd: join(this.#folder, cwd),
      env: {
        MLFLOW_TRACKING_URI: this.#server.url,
        SEEN: seen,
        HOME_OF_TEST: 'home',
        ...Object.fromEntries(Object.entries(env).map(([name, text]) => [name, fill(text)])),
      },
    });
    this.said = said;
    const { runs, names } = await this.#newRuns();
    const same = (text: string): string => this.#same(text, names);
    const lines = existsSync(seen) ? readFileSync(seen, 'utf8').trimEnd().split('\n') : [];
    return { code, seen: lines.map(same), runs: runs.map((run) => recorded(run, same, args.includes('--run-name'))) };
  }

  async #newRun(): Promise<string> {
    const { run } = await this.#client.createRun({
      experiment_id: this.#experiment,
      run_name: 'made before',
      start_time: 1,
      tags: [{ key: 'own', value: '1' }],
    });
    return run?.info?.run_id ?? '';
  }

  async #newRuns(): Promise<{ runs: FoundRun[]; names: Map<string, string> }> {
    const { experiments } = await this.#client.searchExperiments({ max_results: 1000 });
    const names = new Map(experiments.map(({ experiment_id = '', name = '' }) => [experiment_id, name]));
    const { runs } = await this.#client.searchRuns({ experiment_ids: [...names.keys()], max_results: 1000 });
    const found = runs
      .map(({ info, data }): FoundRun => ({
        id: info?.run_id ?? '',
        experiment: names.get(info?.experiment_id ?? '') ?? '',
        status: info?.status ?? '',
        start: Number(info?.start_time),
        ended: info?.end_time !== undefined,
        params: pairs(data?.params),
        tags: pairs(data?.tags),
      }))
      .filter(({ id }) => !this.#known.has(id))
      .sort((a, b) => a.start - b.start);
    for (const { id } of found) this.#known.add(id);
    return { runs: found, names: new Map(found.map(({ id }, at) => [id, `<run ${at}>`])) };
  }

  /** Without what differs between the sides. */
  #same(text: string, names: ReadonlyMap<string, string>): string {
    let same = text.replaceAll(this.#folder, '<root>').replaceAll(this.#given.git, '<git>');
    same = same.replaceAll(this.#server.url, '<server>').replaceAll(/\S*\/bash(?=: line)/g, '<bash>');
    same = same
      .replaceAll(/\/tmp\/(tmp|modelyard-)[\w-]+/g, '<scratch>')
      .replaceAll(/<root>\/storage\/\w+/g, '<stored>');
    return same.replaceAll(/[0-9a-f]{32}/g, (id) => names.get(id) ?? id);
  }
}

interface FoundRun extends RecordedRun {
  readonly id: string;
  readonly start: number;
}

function pairs(
  list: readonly { readonly key?: string | undefined; readonly value?: string | undefined }[] | undefined,
): Record<string, string> {
  return Object.fromEntries((list ?? []).map(({ key = '', value = '' }) => [key, value]));
}

/** Names that were made up are left out, and so is what only we keep. */
function recorded(run: FoundRun, same: (text: string) => string, named: boolean): RecordedRun {
  const { experiment, status, ended, params, tags } = run;
  const each = (values: Readonly<Record<string, string>>): [string, string][] =>
    Object.entries(values).map(([key, value]) => [key, same(value)]);
  const kept = each(tags).filter(([key]) => !key.startsWith('modelyard.') && (named || key !== 'mlflow.runName'));
  return {
    experiment,
    status,
    ended,
    ...(tags[failureTag] === undefined ? {} : { reason: same(tags[failureTag]) }),
    params: Object.fromEntries(each(params)),
    tags: Object.fromEntries(kept),
  };
}
