/** What a project can do, asked of `modelyard projects describe`: it fetches and parses. */
import { withoutPassword } from '../common/without-password.ts';
import { invalidParameter } from '../protocol/errors.ts';
import type { describeProject } from '../protocol/jobs.ts';
import type { Encoded } from '../protocol/schema.ts';
import { numberNeeded } from '../protocol/project-parameters.ts';
import { askProgram } from './ask-program.ts';
import { Places } from './places.ts';
import { isGitAddress } from './project-address.ts';

export type ProjectDescription = Encoded<(typeof describeProject)['response']>;

/** Milliseconds. */
const longest = 60_000;
/** Milliseconds that what a git address gave is kept: a form is filled in, then submitted. */
const kept = 60_000;
const atOnce = 4;

export class ProjectDescriptions {
  readonly #environment: () => Record<string, string>;
  readonly #kept = new Map<string, Promise<ProjectDescription>>();
  readonly #places = new Places(atOnce);

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
    const flags = ['--json', ...(version === '' ? [] : [`--version=${version}`])];
    const answer = await this.#places.within(() =>
      askProgram({
        command: ['projects', 'describe', ...flags, uri],
        env: this.#environment(),
        longest,
        late: `${withoutPassword(uri)} could not be read within ${longest / 1000} s. Is its host reachable?`,
        failed: 'The project cannot be read',
      }),
    );
    return answer as ProjectDescription;
  }
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
