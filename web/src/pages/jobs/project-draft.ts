/** What is filled in to run a project: as it stands in the fields, in the address of the page, and as it is sent. */
import type { NewProjectJob } from '../../api/job-changes.ts';
import { numberNeeded, withoutPassword } from '../../api/job-rules.ts';
import type { Job } from '../../api/jobs.ts';
import type { EntryPoint, ProjectParameter } from '../../api/projects.ts';
import type { UrlValues } from '../../components/url-state.ts';
import { text } from '../../text/jobs.ts';

export interface TypedParameter {
  readonly name: string;
  readonly value: string;
}

export interface ProjectDraft {
  readonly uri: string;
  readonly version: string;
  readonly entryPoint: string;
  /** Those that were typed, declared or not. */
  readonly parameters: readonly TypedParameter[];
  readonly experiment: string;
  readonly runName: string;
  /** The empty text: as the project says. */
  readonly environment: string;
  readonly attempts: string;
}

const prefix = 'p.';

export function draftOfUrl(url: UrlValues): ProjectDraft {
  return {
    uri: url['uri'] ?? '',
    version: url['version'] ?? '',
    entryPoint: url['entry'] ?? '',
    parameters: Object.entries(url).flatMap(([key, value = '']) =>
      key.startsWith(prefix) ? [{ name: key.slice(prefix.length), value }] : [],
    ),
    experiment: url['experiment'] ?? '',
    runName: url['run_name'] ?? '',
    environment: url['env'] ?? '',
    attempts: url['attempts'] ?? '1',
  };
}

/** @param experiment its name */
export function draftOfJob({ project, maxAttempts }: Job, experiment: string): ProjectDraft {
  return {
    uri: project.uri,
    version: project.version,
    entryPoint: project.entryPoint,
    parameters: Object.entries(project.parameters).map(([name, value]) => ({ name, value })),
    experiment,
    runName: project.runName,
    environment: project.envManager,
    attempts: String(maxAttempts),
  };
}

/** The whole query of the page: what the draft no longer has leaves it. Secrets never come into it. */
export function urlOfDraft(draft: ProjectDraft, before: UrlValues): UrlValues {
  const gone = Object.keys(before).filter((key) => key.startsWith(prefix));
  return {
    ...Object.fromEntries(gone.map((key) => [key, undefined])),
    ...Object.fromEntries(
      draft.parameters
        .filter(({ name }) => name !== '' && !isSecret(name))
        .map(({ name, value }) => [prefix + name, value]),
    ),
    again: undefined,
    uri: plain(draft.uri),
    version: draft.version,
    entry: draft.entryPoint,
    experiment: draft.experiment,
    run_name: draft.runName,
    env: draft.environment,
    attempts: draft.attempts === '1' ? undefined : draft.attempts,
  };
}

/** By its name, which is all that a project says of it. */
export function isSecret(name: string): boolean {
  return /pass(?:word|wd|phrase)|secret|token|credential|(?:api|access|private)[_-]?key/i.test(name);
}

/** The name in an address of SSH is no secret, and it is needed. */
function plain(uri: string): string {
  return /^ssh:/i.test(uri) ? uri : withoutPassword(uri);
}

export function valueOf({ parameters }: ProjectDraft, name: string): string | undefined {
  return parameters.find((one) => one.name === name)?.value;
}

export function withValue(draft: ProjectDraft, name: string, value: string): ProjectDraft {
  const known = draft.parameters.some((one) => one.name === name);
  const parameters = known
    ? draft.parameters.map((one) => (one.name === name ? { name, value } : one))
    : [...draft.parameters, { name, value }];
  return { ...draft, parameters };
}

/** What is wrong with the value of a parameter, typed or not. */
export function valueProblem(parameter: ProjectParameter, typed: string | undefined): string | undefined {
  const value = typed ?? parameter.default;
  if (value === undefined || (value === '' && parameter.default === undefined)) return text.form.missing;
  const needed = numberNeeded(parameter.type, value);
  if (needed !== undefined) return needed === 'a number' ? text.form.float : text.form.whole;
  if (parameter.type === 'uri' && !/^[a-z][\w+.-]*:/i.test(value)) return text.form.uri;
  return undefined;
}

const mostAttempts = 10;

export function attemptsProblem(typed: string): string | undefined {
  const attempts = Number(typed);
  const good = typed.trim() !== '' && Number.isInteger(attempts) && attempts >= 1 && attempts <= mostAttempts;
  return good ? undefined : text.form.attemptsWrong;
}

/** Parameters that the entry point does not declare. */
export function others(draft: ProjectDraft, entry: EntryPoint | undefined): readonly TypedParameter[] {
  const declared = new Set(entry?.parameters.map(({ name }) => name));
  return draft.parameters.filter(({ name }) => !declared.has(name));
}

export function isReady(draft: ProjectDraft, entry: EntryPoint): boolean {
  const more = others(draft, entry);
  return (
    entry.parameters.every((parameter) => valueProblem(parameter, valueOf(draft, parameter.name)) === undefined) &&
    more.every(({ name }) => name.trim() !== '') &&
    new Set(more.map(({ name }) => name)).size === more.length &&
    attemptsProblem(draft.attempts) === undefined
  );
}

/** What is sent: defaults stay the project's own. */
export function wishOf(draft: ProjectDraft, entry: EntryPoint): NewProjectJob {
  const defaults = new Map(entry.parameters.map((one) => [one.name, one.default]));
  const set = draft.parameters.filter(({ name, value }) => !defaults.has(name) || defaults.get(name) !== value);
  return {
    uri: draft.uri.trim(),
    ...(draft.version.trim() !== '' && { version: draft.version.trim() }),
    entry_point: entry.name,
    parameters: Object.fromEntries(set.map(({ name, value }) => [name, value])),
    ...(draft.experiment.trim() !== '' && { experiment_name: draft.experiment.trim() }),
    ...(draft.runName.trim() !== '' && { run_name: draft.runName.trim() }),
    ...(draft.environment !== '' && { env_manager: draft.environment }),
    ...(draft.attempts !== '1' && { max_attempts: Number(draft.attempts) }),
  };
}

/** The field that an error of the server is about: that of a parameter it names, or one of our own. */
export function fieldOf(message: string, draft: ProjectDraft, entry: EntryPoint): string {
  const names = [...entry.parameters, ...draft.parameters].map(({ name }) => name).filter((name) => name !== '');
  const listed = /: ([^:]+)\.$/.exec(message)?.[1]?.split(', ') ?? [];
  const named = names.find((name) => listed.includes(name) || isNamed(message, name));
  if (named !== undefined) return prefix + named;
  if (/experiment/i.test(message)) return 'experiment';
  if (/entry point/i.test(message)) return 'entry';
  return fieldOfReading(message, draft.version);
}

/** In quotes, or as `the parameter alpha`. */
function isNamed(message: string, name: string): boolean {
  const word = RegExp.escape(name);
  return new RegExp(`['"\`‘“]${word}['"\`’”]|parameter ${word}(?![\\w-])`).test(message);
}

/** The same while the project is read. */
export function fieldOfReading(message: string, version: string): 'version' | 'uri' {
  const aboutVersion = version !== '' && (message.includes(version) || /branch|tag|commit|version/i.test(message));
  return aboutVersion ? 'version' : 'uri';
}
