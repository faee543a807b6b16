/** Environments made by uv, one for each content: what is needed twice is made once. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder } from '../../config/user-folders.ts';
import { withBuildLock } from './build-lock.ts';
import type { EnvironmentOptions, PythonEnvironment } from './environment.ts';
import { EnvironmentError } from './environment-error.ts';
import { findUv } from './find-uv.ts';
import { removeAbandoned } from './half-folders.ts';
import type { PythonNeeds } from './python-needs.ts';
import { runStep } from './run-step.ts';

/** A change of how environments are made makes all of them new. */
const format = 1;

/** @throws EnvironmentError */
export async function uvEnvironment(needs: PythonNeeds, options: EnvironmentOptions): Promise<PythonEnvironment> {
  const path = cacheFolder('environments', nameOf(needs));
  const made = { path, python: join(path, 'bin/python') };
  // The Python that it was made from may have gone.
  const isThere = (): boolean => existsSync(made.python);
  if (isThere()) return made;
  const onWait = (): void => options.onProgress('another process makes this environment; waiting for it');
  const lock = { onWait, signal: options.signal };
  await withBuildLock(`${path}.lock`, () => (isThere() ? Promise.resolve() : build(path, needs, options)), lock);
  return made;
}

function nameOf({ python, build, requirements, included }: PythonNeeds): string {
  const content = [format, process.platform, process.arch, python, build, requirements, included];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32);
}

/** Whole or not at all: it is made beside its place and then moved there. */
async function build(path: string, needs: PythonNeeds, options: EnvironmentOptions): Promise<void> {
  const { onProgress, signal, what = 'model', compile = false } = options;
  mkdirSync(dirname(path), { recursive: true });
  removeAbandoned(path);
  const half = mkdtempSync(`${path}.half-`);
  const python = join(half, 'bin/python');
  const step = { cwd: needs.folder, signal, onLine: (line: string) => tell(line, onProgress) };
  try {
    const uv = await findUv(onProgress, step);
    onProgress(`making an environment with Python ${needs.python ?? '3'}`);
    await makeVenv(uv, half, needs.python, what, step);
    const install = [...uv, 'pip', 'install', '--python', python];
    const failed = `Installing what the ${what} needs`;
    if (needs.build.length > 0) await runStep([...install, ...needs.build], failed, step);
    const list = join(half, 'requirements.txt');
    writeFileSync(list, needs.requirements.map((line) => `${absolute(line, needs.folder)}\n`).join(''));
    onProgress(`installing ${needs.requirements.length} requirements`);
    await runStep([...install, ...(compile ? ['--compile-bytecode'] : []), '-r', list], failed, step);
    // Another builder may have been sooner; what it made is the same.
    if (existsSync(join(path, 'bin/python'))) return;
    rmSync(path, { recursive: true, force: true });
    renameSync(half, path);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    const {
      instead = `With --env-manager local the ${what} runs in the Python that is there, if that has what it needs.`,
    } = options;
    throw new EnvironmentError(`${error.message}\n${instead}`);
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
}

async function makeVenv(
  uv: readonly string[],
  path: string,
  version: string | undefined,
  what: string,
  step: Parameters<typeof runStep>[2],
): Promise<void> {
  const command = [...uv, 'venv', '--relocatable', '--allow-existing', '--python', version ?? '3', path];
  const doing = version === undefined ? 'Making the environment' : `Finding or fetching Python ${version}`;
  try {
    await runStep(command, doing, step);
  } catch (error) {
    if (!(error instanceof EnvironmentError) || version === undefined) throw error;
    throw new EnvironmentError(
      `${error.message}\nThe ${what} ${what === 'model' ? 'was saved with' : 'asks for'} Python ${version}. ${/^\d/.test(version) ? `Install that, so that python${version} is in PATH.` : 'Install one, so that it is in PATH.'}`,
    );
  }
}

/** Files beside the model; the list of requirements lies elsewhere. */
function absolute(line: string, folder: string): string {
  const file = /^(-[rc]|--requirement|--constraint)[\s=]+(.+)$/.exec(line);
  if (file) return `${file[1]} ${join(folder, file[2] ?? '')}`;
  return /^(\.{1,2}\/|[^\s@:]+\.(whl|tar\.gz|zip)$)/.test(line) ? join(folder, line) : line;
}

/** uv's milestones; each single package that was installed is too much. */
function tell(line: string, onProgress: (step: string) => void): void {
  if (!/^\s*([-+~] |Downloaded |Activate with|Creating virtual|Using Python )/.test(line)) onProgress(line.trim());
}
