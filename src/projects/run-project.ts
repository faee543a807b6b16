/** Runs a project and records it. */
import { registerArtifactStore } from '../sdk/artifact-store.ts';
import { localStore } from '../sdk/node/files.ts';
import { settingsOf } from '../sdk/settings.ts';
import type { RunStatus } from '../protocol/runs.ts';
import { argumentsOf } from './arguments.ts';
import { checkOut, type Checkout } from './checkout.ts';
import { entryPoint, needsPackages } from './entry-point.ts';
import type { EnvManager } from './environments/env-managers.ts';
import { managerOf } from './environments/project-environment.ts';
import { dockerProgram } from './environments/docker-project.ts';
import { KeptOutput } from './kept-output.ts';
import { launchOf } from './launch.ts';
import { readProject, type EntryPoint, type Project } from './mlproject.ts';
import { parameterValues, type ParameterValues } from './parameters.ts';
import { projectAddress } from './project-address.ts';
import { ProjectError } from './project-error.ts';
import { runProcess, type Ending } from './project-process.ts';
import { recordRun, type RecordedRun } from './record.ts';

export interface ProjectRun {
  readonly uri: string;
  readonly version?: string | undefined;
  readonly entryPoint: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly dockerArgs: readonly string[];
  readonly experimentName?: string | undefined;
  readonly experimentId?: string | undefined;
  readonly runName?: string | undefined;
  readonly runId?: string | undefined;
  readonly envManager?: EnvManager | undefined;
  readonly storage?: string | undefined;
  readonly backend: string;
  readonly buildImage: boolean;
}

export interface ProjectRunOptions {
  readonly onProgress: (step: string) => void;
  /** The command is about to start. */
  readonly onStart: (run: RecordedRun, command: string) => void;
  /** The run is there. */
  readonly onRun: (run: RecordedRun) => void;
  readonly onOutput: (bytes: Uint8Array, stream: 'stdout' | 'stderr') => Promise<void> | void;
  /** Its reason is the name of a signal. */
  readonly signal: AbortSignal;
  /** Ends the project without waiting. */
  readonly hurry: AbortSignal;
  /** Does not wait for a server that is away. */
  readonly giveUp: AbortSignal;
}

export interface ProjectResult {
  readonly runId: string;
  readonly experimentId: string;
  readonly runName: string;
  readonly status: RunStatus;
  /** Why it did not succeed. */
  readonly message: string;
}

interface Prepared {
  readonly wish: ProjectRun;
  readonly checkout: Checkout;
  readonly project: Project;
  readonly entry: EntryPoint;
  readonly values: ParameterValues;
  readonly manager: string | undefined;
  /** The program, for a project that asks for it. */
  readonly docker: string | undefined;
}

/** @throws ProjectError, MlflowError and the like when nothing was recorded */
export async function runProject(wish: ProjectRun, options: ProjectRunOptions): Promise<ProjectResult> {
  const settings = settingsOf();
  registerArtifactStore('file', localStore);
  const checkout = await checkOut(projectAddress(wish.uri, wish.version), { ...options, version: wish.version });
  try {
    const prepared = await prepare(wish, checkout);
    options.signal.throwIfAborted();
    const run = await recordRun(settings, { ...wish, ...prepared, environment: prepared.manager }, options.giveUp);
    return await recorded(run, prepared, options);
  } finally {
    checkout.remove();
  }
}

/** All that can be checked before there is a run. */
async function prepare(wish: ProjectRun, checkout: Checkout): Promise<Prepared> {
  const project = readProject(checkout.folder);
  const docker = project.environment.kind === 'docker' ? await dockerProgram() : undefined;
  const entry = entryPoint(project, wish.entryPoint);
  const values = parameterValues(entry, wish.parameters);
  const manager = managerOf(project.environment, wish.envManager, needsPackages(project, entry));
  return { wish, checkout, project, entry, values, manager, docker };
}

/** Whatever happens, the run gets its end. */
async function recorded(run: RecordedRun, prepared: Prepared, options: ProjectRunOptions): Promise<ProjectResult> {
  const output = new KeptOutput();
  let ending: { status: RunStatus; message: string };
  try {
    options.onRun(run);
    if (prepared.wish.runId === undefined) await run.params(prepared.values);
    const how = await execute(run, prepared, output, options);
    ending =
      how.code === 0 ? { status: 'FINISHED', message: '' } : { status: 'FAILED', message: exitMessage(how, output) };
  } catch (error) {
    ending = { status: 'FAILED', message: (error as Error).message };
  }
  if (options.signal.aborted) ending = { status: 'KILLED', message: `stopped by ${String(options.signal.reason)}` };
  try {
    const kept = await keep(run, output);
    const failed = ending.status === 'FAILED' ? ending.message : undefined;
    const status = await run.end(ending.status, failed);
    const message = [status === 'FINISHED' ? '' : ending.message, kept].filter((one) => one !== '').join('\n');
    return { runId: run.runId, experimentId: run.experimentId, runName: run.runName, status, message };
  } finally {
    output.remove();
  }
}

function exitMessage({ code, signal }: Ending, output: KeptOutput): string {
  const last = output.lastLine.slice(0, 500);
  const how = signal === undefined ? `ended with exit code ${code}` : `was ended by ${signal}`;
  return `the command ${how}${last === '' ? '' : `: ${last}`}`;
}

/** @returns what went wrong */
async function keep(run: RecordedRun, output: KeptOutput): Promise<string> {
  try {
    const content = output.content();
    if (content !== undefined) await run.keep('logs/output.txt', content);
    return '';
  } catch (error) {
    return `The output could not be kept as an artifact of the run: ${(error as Error).message}`;
  }
}

async function execute(
  run: RecordedRun,
  { wish, values, manager, ...prepared }: Prepared,
  output: KeptOutput,
  options: ProjectRunOptions,
): Promise<Ending> {
  const { signal, hurry } = options;
  if (wish.backend !== 'local') {
    throw new ProjectError(
      `there is no backend '${wish.backend}' here. Projects run on this machine: --backend local.`,
    );
  }
  const places = { from: process.cwd(), project: prepared.project.folder, storage: wish.storage };
  const args = await argumentsOf(values.declared, { ...options, ...places });
  try {
    const { dockerArgs, buildImage, envManager: chosen } = wish;
    const given = { run, manager, chosen, dockerArgs, buildImage, values: args.values, more: values.more };
    const launch = await launchOf({ ...prepared, ...given }, options);
    signal.throwIfAborted();
    await run.tag('mlflow.project.backend', 'local');
    options.onStart(run, launch.shown);
    const onOutput: ProjectRunOptions['onOutput'] = (bytes, stream) => {
      output.add(bytes);
      return options.onOutput(bytes, stream);
    };
    const ending = await runProcess({ ...launch, folder: prepared.project.folder, onOutput, signal, hurry });
    if (signal.aborted) launch.stopped();
    return ending;
  } finally {
    args.remove();
  }
}
