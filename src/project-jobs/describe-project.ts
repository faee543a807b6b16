/** What a project can do, asked of `modelyard projects describe` in a process of its own: it fetches and parses. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withoutPassword } from '../common/without-password.ts';
import { identityOf } from '../jobs/worker.ts';
import { invalidParameter } from '../protocol/errors.ts';
import type { describeProject } from '../protocol/jobs.ts';
import type { Encoded } from '../protocol/schema.ts';
import { numberNeeded } from '../protocol/project-parameters.ts';
import { isGitAddress } from './project-address.ts';
import { ownProgram, signalGroup } from './job-process.ts';

export type ProjectDescription = Encoded<(typeof describeProject)['response']>;

/** Milliseconds. */
const longest = 60_000;
/** Milliseconds that what a git address gave is kept: a form is filled in, then submitted. */
const kept = 60_000;
const atOnce = 4;

export class ProjectDescriptions {
  readonly #environment: () => Record<string, string>;
  readonly #kept = new Map<string, Promise<ProjectDescription>>();
  readonly #waiting: (() => void)[] = [];
  #places = atOnce;

  constructor(environment: () => Record<string, string>) {
    this.#environment = environment;
  }

  async of(uri: string, version: string): Promise<ProjectDescription> {
    if (!isGitAddress(uri)) return this.#ask(uri, version);
    const key = JSON.stringify([uri, version]);
    const known = this.#kept.get(key);
    if (known) return known;
    const asked = this.#ask(uri, version);
    this.#kept.set(key, asked);
    const forget = (): boolean => this.#kept.delete(key);
    asked.then(() => setTimeout(forget, kept).unref(), forget);
    return asked;
  }

  async #ask(uri: string, version: string): Promise<ProjectDescription> {
    if (this.#places === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#places--;
    try {
      return await describe(uri, version, this.#environment());
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#places++;
    }
  }
}

async function describe(uri: string, version: string, env: Record<string, string>): Promise<ProjectDescription> {
  // Its own, so that nothing is left of what it fetched when its time is up.
  const scratch = await mkdtemp(join(tmpdir(), 'modelyard-describe-'));
  try {
    return await described(uri, version, { cwd: scratch, env: { ...env, TMPDIR: scratch } });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function described(
  uri: string,
  version: string,
  options: { cwd: string; env: Record<string, string> },
): Promise<ProjectDescription> {
  const flags = ['--json', ...(version === '' ? [] : [`--version=${version}`])];
  const child = Bun.spawn([...ownProgram(), 'projects', 'describe', ...flags, uri], {
    ...options,
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
    // With git, which it starts, it is one group: both end when the time is up.
    detached: true,
  });
  const identity = identityOf(child.pid);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    signalGroup(identity, 'SIGKILL');
  }, longest);
  const [code, out, error] = await Promise.all([
    child.exited,
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]).finally(() => clearTimeout(timer));
  if (late) {
    throw invalidParameter(
      `${withoutPassword(uri)} could not be read within ${longest / 1000} s. Is its host reachable?`,
    );
  }
  if (code === 0) return JSON.parse(out) as ProjectDescription;
  const said = error.slice(error.lastIndexOf('modelyard: ') + 'modelyard: '.length).trim();
  throw invalidParameter(error.includes('modelyard: ') ? said : `The project cannot be read: ${error.trim()}`);
}

/** As `modelyard run` does before it makes a run: what is wrong leaves nothing behind. */
export function checkEntryPoint(
  description: ProjectDescription,
  entryPoint: string,
  parameters: Readonly<Record<string, string>>,
): void {
  const all = description.entry_points ?? [];
  const found = all.find(({ name }) => name === entryPoint);
  // A script of the project is an entry point too; whether it is there, its process sees.
  if (!found && /\.\w+$/.test(entryPoint)) return;
  if (!found) {
    const names = all.map(({ name }) => name).join(', ');
    throw invalidParameter(
      `The project has no entry point '${entryPoint}'. ${names ? `It has: ${names}` : 'It has none'}.`,
    );
  }
  const isGiven = (name = ''): boolean => Object.hasOwn(parameters, name);
  const declared = found.parameters ?? [];
  const missing = declared.filter((one) => one.default === undefined && !isGiven(one.name));
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(', ');
    throw invalidParameter(`The entry point '${entryPoint}' needs a value for: ${names}.`);
  }
  for (const { name = '', type = '' } of declared.filter((one) => isGiven(one.name))) {
    const value = parameters[name] ?? '';
    const needed = numberNeeded(type, value);
    if (needed !== undefined) throw invalidParameter(`The parameter '${name}' must be ${needed}, not '${value}'.`);
  }
}
