/** Values of placeholders: env.yaml, what the command line says instead, and what is there without a file. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { userName } from '../sdk/node/user-name.ts';
import { environment } from '../sdk/settings.ts';
import type { PipelinePlace } from './find-pipeline.ts';
import { gitHash, gitName } from './git.ts';
import { isMapping, type Mapping } from './mapping.ts';
import { didYouMean } from '../common/did-you-mean.ts';
import { PipelineError } from './pipeline.ts';
import { filled, pathsOf, valueAt, type Lookup } from './placeholders.ts';
import { readYamlFile } from './read-yaml-file.ts';

/** Values by `a.b`, as the command line gives them. */
export type EnvChanges = Readonly<Record<string, string>>;

/**
 * @param cwd where the command was given
 * @throws PipelineError
 */
export function placeholderValues(place: PipelinePlace, cwd: string, changes: EnvChanges): Lookup {
  const file = envFileOf(place);
  const env = changed(file === undefined ? {} : readEnv(file), changes, file);
  const builtIn: Readonly<Record<string, () => unknown>> = {
    user: userName,
    cwd: () => cwd,
    root: () => place.folder,
    here: () => (file === undefined ? place.folder : dirname(file)),
    now: once(() => new Date().toISOString()),
    git: once(() => gitName(place.folder)),
    git_hash: once(() => gitHash(place.folder)),
  };
  const usual = Object.keys(builtIn);
  const open = new Set<string>();
  return function lookup(path): unknown {
    if (builtIn[path] && !Object.hasOwn(env, path)) return builtIn[path]();
    // A value of env.yaml may have placeholders itself.
    if (open.has(path)) throw new PipelineError(`{{${path}}} in env.yaml is made of itself.`);
    open.add(path);
    try {
      const faults = new Set<string>();
      const value = filled(valueAt(env, path, usual), lookup, faults);
      if (faults.size > 0) throw new PipelineError([...faults].join('\n'));
      return value;
    } finally {
      open.delete(path);
    }
  };
}

/** `env.serve.yaml` for `pipeline.serve.yaml` where it is there, else `env.yaml`. */
function envFileOf({ folder, file }: PipelinePlace): string | undefined {
  const named = environment('PLOOMBER_ENV_FILENAME');
  if (named !== undefined) {
    if (existsSync(join(folder, named))) return join(folder, named);
    throw new PipelineError(`PLOOMBER_ENV_FILENAME names ${named}, which is not in ${folder}.`);
  }
  const own = /^pipeline\.(.+)\.yaml$/.exec(file)?.[1];
  const names = [...(own === undefined ? [] : [`env.${own}.yaml`]), 'env.yaml'];
  return names.map((name) => join(folder, name)).find((path) => existsSync(path));
}

function readEnv(file: string): Mapping {
  const env = readYamlFile(file, file) ?? {};
  if (isMapping(env)) return env;
  throw new PipelineError(`${file}: it must be names with values, such as "sample: false".`);
}

function changed(env: Mapping, changes: EnvChanges, file: string | undefined): Mapping {
  let result = env;
  for (const [path, text] of Object.entries(changes)) {
    const known = pathsOf(env);
    if (!known.includes(path)) {
      const advice = file === undefined ? 'there is no env.yaml beside the pipeline.' : `${file} has no ${path}.`;
      throw new PipelineError(`--env--${path.replaceAll('.', '--')}: ${advice}${didYouMean(path, known)}`);
    }
    result = withValue(result, path.split('.'), scalar(text));
  }
  return result;
}

function withValue(env: Mapping, [key = '', ...below]: readonly string[], value: unknown): Mapping {
  const there = env[key];
  return { ...env, [key]: below.length > 0 && isMapping(there) ? withValue(there, below, value) : value };
}

/** `3`, `0.5`, `true` and `null` are what they look like; all else is text. */
function scalar(text: string): unknown {
  if (/^(true|false|null)$/i.test(text)) return JSON.parse(text.toLowerCase());
  return /^-?(0|[1-9]\d{0,14})(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : text;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
