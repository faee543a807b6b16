/** The packages of a project's package.json, installed from its lock file into a folder for each content of the two. */
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder } from '../../config/user-folders.ts';
import { withBuildLock } from '../../python-workers/environments/build-lock.ts';
import { EnvironmentError } from '../../python-workers/environments/environment-error.ts';
import { runStep } from '../../python-workers/environments/run-step.ts';
import { environment } from '../../sdk/settings.ts';
import { ProjectError } from '../project-error.ts';
import { fallbackTo } from './node-fallback.ts';
import type { EnvironmentOptions, Variables } from './project-environment.ts';

interface Installer {
  readonly lock: string;
  /** No scripts of packages: they are code that nobody asked to run. */
  readonly command: () => readonly string[];
}

/** With its reasons, also below an npm that was told to be silent: its settings are in the environment. */
const npmInstall = ['ci', '--loglevel=error', '--ignore-scripts', '--no-audit', '--no-fund'];
const bunInstall = ['install', '--frozen-lockfile', '--ignore-scripts'];
const installers: readonly Installer[] = [
  { lock: 'package-lock.json', command: () => [npm(), ...npmInstall] },
  { lock: 'npm-shrinkwrap.json', command: () => [npm(), ...npmInstall] },
  { lock: 'bun.lock', command: () => [process.execPath, ...bunInstall] },
  { lock: 'bun.lockb', command: () => [process.execPath, ...bunInstall] },
];

export interface PackagesWish {
  readonly folder: string;
  /** Whether the folder is ours to put things in. */
  readonly scratch: boolean;
  /** Where programs are found, before this. */
  readonly path: string | undefined;
  /** Whether packages are installed. */
  readonly install: boolean;
}

/** Changes to the variables of a process of JavaScript. @throws ProjectError */
export async function nodeVariables(
  { folder, scratch, path, install }: PackagesWish,
  options: EnvironmentOptions,
): Promise<Variables> {
  const bin = bunFolder();
  // Bun would fetch what is missing, in whatever version is newest.
  const inPath = (...folders: readonly string[]): Variables => ({
    PATH: [...folders, path ?? environment('PATH') ?? ''].join(':'),
    BUN_OPTIONS: '--no-install',
  });
  const own = join(folder, 'node_modules');
  if (!install || !existsSync(join(folder, 'package.json'))) return inPath(bin);
  if (existsSync(own)) return inPath(join(own, '.bin'), bin);
  const packages = await installed(folder, options);
  if (packages === undefined) return inPath(bin);
  if (scratch) {
    symlinkSync(packages, own);
    return inPath(join(own, '.bin'), bin);
  }
  return { ...inPath(join(packages, '.bin'), bin), ...fallbackTo(packages) };
}

/** A folder with the name `bun` for the Bun that runs this. */
function bunFolder(): string {
  const id = createHash('sha256').update(process.execPath).digest('hex').slice(0, 12);
  const folder = cacheFolder('bun', id);
  mkdirSync(folder, { recursive: true });
  try {
    symlinkSync(process.execPath, join(folder, 'bun'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return folder;
}

/** The folder `node_modules`; undefined when the project needs none. */
async function installed(folder: string, options: EnvironmentOptions): Promise<string | undefined> {
  const text = readFileSync(join(folder, 'package.json'), 'utf8');
  const installer = installers.find(({ lock }) => existsSync(join(folder, lock)));
  if (!installer) {
    if (!hasDependencies(text)) return undefined;
    throw new ProjectError(
      'package.json names dependencies, and there is no lock file (package-lock.json, bun.lock) to install them from. Make one: npm install --package-lock-only',
    );
  }
  const files = ['package.json', installer.lock, '.npmrc'].filter((name) => existsSync(join(folder, name)));
  const hash = createHash('sha256').update(`1 ${process.platform} ${process.arch}`);
  for (const name of files) hash.update(`\n${name}\n`).update(readFileSync(join(folder, name)));
  const path = cacheFolder('packages', hash.digest('hex').slice(0, 32));
  const modules = join(path, 'node_modules');
  const isThere = (): boolean => existsSync(path);
  if (isThere()) return modules;
  const onWait = (): void => options.onProgress('another process installs these packages; waiting for it');
  const build = (): Promise<void> =>
    isThere() ? Promise.resolve() : installInto(path, folder, files, installer, options);
  await withBuildLock(`${path}.lock`, build, { onWait, signal: options.signal });
  return modules;
}

/** Whole or not at all. */
async function installInto(
  path: string,
  folder: string,
  files: readonly string[],
  { lock, command }: Installer,
  { onProgress, signal }: EnvironmentOptions,
): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const half = mkdtempSync(`${path}.half-`);
  const said: string[] = [];
  try {
    for (const name of files) copyFileSync(join(folder, name), join(half, name));
    onProgress(`installing packages from ${lock}`);
    await runStep(command(), `Installing from ${lock}`, { cwd: half, signal, onLine: (line) => said.push(line) });
    mkdirSync(join(half, 'node_modules'), { recursive: true });
    renameSync(half, path);
  } catch (error) {
    throw error instanceof EnvironmentError ? new ProjectError(refusalOf(said) ?? error.message) : error;
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
}

/** Of a call that npm finds wrong it tells the reason, and then at length how it is called. */
function refusalOf(said: readonly string[]): string | undefined {
  const lines = said.filter((line) => /^npm error\b/.test(line)).map((line) => line.replace(/^npm error ?/, '').trim());
  const usage = lines.indexOf('Clean install a project');
  if (lines[0] !== 'code EUSAGE' || usage < 0) return undefined;
  return lines.slice(1, usage).filter(Boolean).join('\n');
}

function hasDependencies(text: string): boolean {
  try {
    const { dependencies } = JSON.parse(text) as { dependencies?: object };
    return Object.keys(dependencies ?? {}).length > 0;
  } catch {
    throw new ProjectError('package.json is no JSON.');
  }
}

function npm(): string {
  const program = Bun.which('npm');
  if (program === null)
    throw new ProjectError('package-lock.json is installed by npm, which is not in PATH. Install Node.');
  return program;
}
