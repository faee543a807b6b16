/** What is started for the command of a project: where it runs and with what. */
import { ownEnvironment } from '../config/own-environment.ts';
import { environment, getTrackingUri } from '../sdk/settings.ts';
import type { Checkout } from './checkout.ts';
import { commandLine, type GivenValue } from './command-line.ts';
import { runsJavaScript } from './entry-point.ts';
import { codeFolder, containerCommand, imageName } from './environments/docker-command.ts';
import { buildImage, removeContainer } from './environments/docker-project.ts';
import type { EnvManager } from './environments/env-managers.ts';
import { nodeVariables } from './environments/node-packages.ts';
import { pythonVariables, type EnvironmentOptions } from './environments/project-environment.ts';
import type { EntryPoint, Project } from './mlproject.ts';
import { ProjectError } from './project-error.ts';
import type { RecordedRun } from './record.ts';

export interface Launch {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** As a person would type it. */
  readonly shown: string;
  /** Takes away what a stopped process leaves. */
  stopped(): void;
}

export interface LaunchWish {
  readonly project: Project;
  readonly entry: EntryPoint;
  readonly checkout: Checkout;
  /** As it is recorded. */
  readonly manager: string | undefined;
  readonly chosen: EnvManager | undefined;
  /** Of a docker project. */
  readonly docker: string | undefined;
  readonly dockerArgs: readonly string[];
  readonly buildImage: boolean;
  readonly run: RecordedRun;
  readonly values: readonly GivenValue[];
  readonly more: readonly GivenValue[];
}

/** Makes the environment where there is none yet. @throws ProjectError */
export async function launchOf(wish: LaunchWish, options: EnvironmentOptions): Promise<Launch> {
  const { project, entry, checkout, manager, chosen, values, more } = wish;
  if (entry.command === undefined) throw new ProjectError(`the entry point ${entry.name} has no command.`);
  const line = commandLine(entry.command, values, more);
  const variables = runVariables(wish.run);
  if (wish.docker !== undefined) return inContainer(wish, wish.docker, line, variables, options);
  const python = await pythonVariables(project.environment, manager, chosen, options);
  const packages = {
    folder: project.folder,
    scratch: checkout.isScratch,
    path: python['PATH'],
    install: chosen !== 'local',
  };
  const node = runsJavaScript(entry) ? await nodeVariables(packages, options) : {};
  return {
    command: [bash(), ...line.args],
    env: ownEnvironment({
      ...python,
      ...node,
      ...variables,
      // It would send what the project starts to another experiment.
      MLFLOW_EXPERIMENT_NAME: undefined,
      // So that what Python prints is seen when it is printed.
      PYTHONUNBUFFERED: environment('PYTHONUNBUFFERED') ?? '1',
    }),
    shown: line.shown,
    stopped: () => undefined,
  };
}

async function inContainer(
  { project, run, checkout, dockerArgs, ...wish }: LaunchWish,
  docker: string,
  line: ReturnType<typeof commandLine>,
  variables: Readonly<Record<string, string>>,
  options: EnvironmentOptions,
): Promise<Launch> {
  if (project.environment.kind !== 'docker') throw new ProjectError('the project names no image of docker.');
  const settings = project.environment.docker;
  const built = imageName(project.name, (checkout.commit ?? run.runId).slice(0, 7));
  if (wish.buildImage) await buildImage(docker, settings.image, built, project.folder, options);
  const image = wish.buildImage ? built : settings.image;
  const name = `modelyard-${run.runId}`;
  const command = containerCommand({
    docker: settings,
    image,
    name,
    args: dockerArgs,
    variables,
    environment: ownEnvironment(),
    command: ['sh', ...line.args],
  });
  await run.tag('mlflow.docker.image.uri', image);
  return {
    command: [docker, ...command],
    env: ownEnvironment(),
    shown: `docker run … ${image}${wish.buildImage ? ` (${codeFolder})` : ''}: ${line.shown}`,
    stopped: () => removeContainer(docker, name),
  };
}

function bash(): string {
  const program = Bun.which('bash');
  if (program === null) throw new ProjectError('this needs bash, which is not in PATH. Install it.');
  return program;
}

function runVariables({ runId, experimentId }: RecordedRun): Record<string, string> {
  return { MLFLOW_TRACKING_URI: getTrackingUri(), MLFLOW_RUN_ID: runId, MLFLOW_EXPERIMENT_ID: experimentId };
}
