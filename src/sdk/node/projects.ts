/** Projects: reproducible runs from a folder or a git address, by the `modelyard` that this package brings. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownEnvironment } from '../../config/own-environment.ts';
import { activeRun } from '../fluent-runs.ts';
import { getTrackingUri } from '../settings.ts';
import { ownProgram } from './own-program.ts';
import { Submission } from './submission.ts';
import type { OnOutput, SubmittedRun } from './submitted-run.ts';

export interface ProjectOptions {
  /** A folder, or the address of a git repository, with `#subfolder` where the project is not at its root. */
  readonly uri: string;
  /** Default: `main`. A `.py`, `.sh`, `.ts` or `.js` script of the project is one too. */
  readonly entryPoint?: string | undefined;
  /** Branch, tag or commit of a git repository. */
  readonly version?: string | undefined;
  /** Those that are undefined are as if they were not there. */
  readonly parameters?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  /** Options of `docker run`; `true` for one without a value. */
  readonly dockerArgs?: Readonly<Record<string, string | true>> | undefined;
  readonly experimentName?: string | undefined;
  readonly experimentId?: string | undefined;
  readonly runName?: string | undefined;
  /** Goes on with this run instead of making one. */
  readonly runId?: string | undefined;
  /** Default: as the project says. */
  readonly envManager?: 'local' | 'uv' | 'virtualenv' | 'conda' | undefined;
  /** Where addresses given for parameters of type `path` are downloaded to. */
  readonly storageDir?: string | undefined;
  /** Builds an image that holds the files of a docker project. */
  readonly buildImage?: boolean | undefined;
  /** Called with what the project writes, as it comes. */
  readonly onOutput?: OnOutput | undefined;
}

function run(options: ProjectOptions): SubmittedRun {
  const active = activeRun()?.runId;
  const env = ownEnvironment({
    MLFLOW_TRACKING_URI: getTrackingUri(),
    ...(active === undefined ? {} : { MLFLOW_RUN_ID: active }),
  });
  const folder = mkdtempSync(join(tmpdir(), 'modelyard-submitted-'));
  try {
    const words = ['run', ...wordsOf(options), `--job-folder=${folder}`];
    const child = spawn(ownProgram(), words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    return new Submission(child, folder, options.onOutput);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    if ((error as NodeJS.ErrnoException).code !== 'E2BIG') throw error;
    throw new Error('the values are longer than this system lets a command be. Give files.', { cause: error });
  }
}

/**
 * Runs projects as `modelyard run` does, recorded as runs of the server that the SDK talks to. `run` returns at once.
 * Within an active run the new one is its child.
 *
 * ```ts
 * const submitted = projects.run({ uri: 'https://github.com/me/project', parameters: { alpha: 0.5 } });
 * console.log(await submitted.runId);
 * const { status } = await submitted.wait();
 * ```
 */
export const projects: { readonly run: (options: ProjectOptions) => SubmittedRun } = { run };

/** Each in one word, so that none is taken for a flag. */
function wordsOf(options: ProjectOptions): string[] {
  const flags: Readonly<Record<string, string | undefined>> = {
    uri: options.uri,
    'entry-point': options.entryPoint,
    version: options.version,
    'experiment-name': options.experimentName,
    'experiment-id': options.experimentId,
    'run-name': options.runName,
    'run-id': options.runId,
    'env-manager': options.envManager,
    'storage-dir': options.storageDir,
  };
  return [
    ...Object.entries(flags).flatMap(([name, value]) => (value === undefined ? [] : `--${name}=${value}`)),
    ...Object.entries(options.parameters ?? {}).flatMap(([name, value]) =>
      value === undefined ? [] : `--param-list=${name}=${value}`,
    ),
    ...Object.entries(options.dockerArgs ?? {}).map(
      ([name, value]) => `--docker-args=${name}${value === true ? '' : `=${value}`}`,
    ),
    ...(options.buildImage ? ['--build-image'] : []),
  ];
}
