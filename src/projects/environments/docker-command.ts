/** What docker is asked to do for a project, as lists of arguments. */
import type { DockerSettings } from '../mlproject.ts';

export interface ContainerWish {
  readonly docker: DockerSettings;
  /** The image that runs: that of the project, or one built of it. */
  readonly image: string;
  readonly name: string;
  /** Options of `docker run`: `gpus=all`, or the name alone. */
  readonly args: readonly string[];
  /** Variables that the process gets, those of the run. */
  readonly variables: Readonly<Record<string, string>>;
  /** Of who runs it, for variables that the project names alone. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly command: readonly string[];
}

/** Where the files of the project lie in an image that was built of it, as in those that MLflow builds. */
export const codeFolder = '/mlflow/projects/code/';

/** The words behind `docker`. */
export function containerCommand(wish: ContainerWish): string[] {
  const { docker, image, name, args, variables, environment, command } = wish;
  const named = docker.environment.flatMap(([variable, value = environment[variable]]) =>
    value === undefined ? [] : [[variable, value] as const],
  );
  const options = args.map(optionOf);
  const ownName = options.some(([option]) => option === '--name') ? [] : ['--name', name];
  return [
    'run',
    '--rm',
    ...ownName,
    ...options.flat(),
    ...docker.volumes.flatMap((volume) => ['-v', volume]),
    ...[...named, ...Object.entries(variables)].flatMap(([variable, value]) => ['-e', `${variable}=${value}`]),
    image,
    ...command,
  ];
}

/** `gpus=all` → `--gpus all`, `t` → `-t`. */
function optionOf(text: string): string[] {
  const [name = '', ...value] = text.split('=');
  const option = `${name.length === 1 ? '-' : '--'}${name}`;
  return value.length === 0 ? [option] : [option, value.join('=')];
}

export function buildCommand(image: string, dockerfile: string, folder: string): string[] {
  return ['build', '-t', image, '-f', dockerfile, folder];
}

export function dockerfileOf(image: string): string {
  return `FROM ${image}\nCOPY . ${codeFolder}\nWORKDIR ${codeFolder}\n`;
}

/** What docker takes for the name of an image. */
export function imageName(project: string, version: string): string {
  const name = project
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return `${name === '' ? 'docker-project' : name}:${version}`;
}
