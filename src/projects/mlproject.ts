/** The file `MLproject`: a project's name, its environment and its entry points. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isAlias, isMap, isPair, isScalar, visit } from 'yaml';
import { plainValues, readYamlDocument } from '../common/yaml.ts';
import { ProjectError } from './project-error.ts';
import { pythonText } from './python-text.ts';

export interface Parameter {
  readonly name: string;
  readonly type: string;
  /** Undefined: it must be given. */
  readonly default: string | undefined;
}

export interface EntryPoint {
  readonly name: string;
  /** With `{parameter}` placeholders. Undefined: the file has none. */
  readonly command: string | undefined;
  readonly parameters: readonly Parameter[];
}

export interface DockerSettings {
  readonly image: string;
  readonly volumes: readonly string[];
  /** A name alone is taken from the environment of who runs it. */
  readonly environment: readonly (readonly [name: string, value?: string])[];
}

/** What the project asks for; `none` where it says nothing. */
export type ProjectEnvironment =
  | { readonly kind: 'none' }
  | { readonly kind: 'python' | 'conda'; readonly file: string }
  | { readonly kind: 'docker'; readonly docker: DockerSettings };

export interface Project {
  /** Absolute. */
  readonly folder: string;
  readonly name: string;
  readonly environment: ProjectEnvironment;
  readonly entryPoints: readonly EntryPoint[];
}

type Values = Readonly<Record<string, unknown>>;

const fileName = 'mlproject';

/** @throws ProjectError */
export function readProject(folder: string): Project {
  const file = readdirSync(folder).find((name) => name.toLowerCase() === fileName);
  if (file === undefined || !statSync(join(folder, file)).isFile()) {
    return { folder, name: '', environment: environmentOf({}, folder, 'MLproject'), entryPoints: [] };
  }
  const values = record(valuesOf(readFileSync(join(folder, file), 'utf8'), file), `${file} must be a table of YAML.`);
  const entryPoints = record(values['entry_points'] ?? {}, `entry_points of ${file} must be a table.`);
  return {
    folder,
    name: textOf(values['name']) ?? '',
    environment: environmentOf(values, folder, file),
    entryPoints: Object.entries(entryPoints).map(([name, value]) => entryPointOf(name, value, file)),
  };
}

/** Defaults are texts as Python would write them, because that is what is recorded. */
function valuesOf(text: string, file: string): unknown {
  try {
    const document = readYamlDocument(text, file);
    visit(document, {
      Pair(_, { key, value }) {
        const written = isAlias(value) ? value.resolve(document) : value;
        if (!isScalar(key) || key.value !== 'default' || !isScalar(written) || written.value === null) return;
        written.value = pythonText(written.value, written.source);
      },
    });
    if (document.contents !== null && !isMap(document.contents) && !isPair(document.contents)) return undefined;
    return plainValues(document, file);
  } catch (error) {
    if (error instanceof SyntaxError) throw new ProjectError(error.message);
    throw error;
  }
}

function entryPointOf(name: string, value: unknown, file: string): EntryPoint {
  const values = record(value, `the entry point ${name} of ${file} must be a table with a command.`);
  const { command } = values;
  if (command !== undefined && typeof command !== 'string') {
    throw new ProjectError(`the command of the entry point ${name} of ${file} must be a text.`);
  }
  const wrong = `the parameters of the entry point ${name} of ${file} must be a table.`;
  const parameters = record(values['parameters'] ?? {}, wrong);
  return {
    name,
    command,
    parameters: Object.entries(parameters).map(([key, one]) => parameterOf(key, one, `${name} of ${file}`)),
  };
}

/** `name: type`, `name: {type: …, default: …}`, or the name alone. */
function parameterOf(name: string, value: unknown, where: string): Parameter {
  if (value === null) return { name, type: 'string', default: undefined };
  if (typeof value === 'string') return { name, type: value, default: undefined };
  const wrong = `the parameter ${name} of the entry point ${where} must be a type, or a table with type and default.`;
  const values = record(value, wrong);
  const fallback = values['default'];
  return {
    name,
    type: textOf(values['type']) ?? 'string',
    default: fallback === undefined || fallback === null ? undefined : pythonText(fallback, undefined),
  };
}

function environmentOf(values: Values, folder: string, file: string): ProjectEnvironment {
  const python = fileOf(values['python_env'], 'python_env', folder, file);
  const conda = fileOf(values['conda_env'], 'conda_env', folder, file);
  const docker = values['docker_env'];
  const named = [python, conda, docker].filter((one) => one !== undefined && one !== null);
  if (named.length > 1) {
    throw new ProjectError(
      `${file} names more than one environment. Keep one of python_env, conda_env and docker_env.`,
    );
  }
  if (docker !== undefined && docker !== null) return { kind: 'docker', docker: dockerOf(docker, file) };
  if (python !== undefined) return { kind: 'python', file: python };
  if (conda !== undefined) return { kind: 'conda', file: conda };
  // As in MLflow, a file of the usual name need not be named.
  for (const [kind, usual] of [
    ['python', 'python_env.yaml'],
    ['conda', 'conda.yaml'],
  ] as const) {
    if (existsSync(join(folder, usual))) return { kind, file: join(folder, usual) };
  }
  return { kind: 'none' };
}

function fileOf(value: unknown, key: string, folder: string, file: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new ProjectError(`${key} of ${file} must be the name of a file.`);
  const path = join(folder, value);
  if (existsSync(path)) return path;
  throw new ProjectError(`${file} names the environment ${value}, which is not in the project.`);
}

function dockerOf(value: unknown, file: string): DockerSettings {
  const values = record(value, `docker_env of ${file} must be a table with an image.`);
  const { image, volumes = [], environment = [] } = values;
  if (typeof image !== 'string' || image === '') throw new ProjectError(`docker_env of ${file} needs an image.`);
  if (!Array.isArray(volumes) || !volumes.every((one) => typeof one === 'string')) {
    throw new ProjectError(`volumes of docker_env of ${file} must be a list such as ["/here:/there"].`);
  }
  if (!Array.isArray(environment)) {
    throw new ProjectError(`environment of docker_env of ${file} must be a list such as ["HOME", ["NAME", "value"]].`);
  }
  const variables = environment.map((one: unknown): readonly [string, string?] => {
    if (typeof one === 'string') return [one];
    if (Array.isArray(one) && one.length === 2) return [String(one[0]), String(one[1])];
    throw new ProjectError(`environment of docker_env of ${file}: each is a name, or a pair ["NAME", "value"].`);
  });
  return { image, volumes, environment: variables };
}

function record(value: unknown, wrong: string): Values {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Values;
  throw new ProjectError(wrong);
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
