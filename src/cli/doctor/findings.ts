/** What `doctor` looks at; nothing here throws, since what is broken is what it is asked for. */
import { execFile } from 'node:child_process';
import { readdir, stat, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { searchExperiments } from '../../protocol/experiments.ts';
import { call } from '../../sdk/call.ts';
import { journalFolder } from '../../sdk/node/journal.ts';
import { modelyardVersion } from '../../sdk/server-version.ts';
import { environment, getTrackingUri, settingsOf } from '../../sdk/settings.ts';
import { withoutPassword } from '../../common/without-password.ts';
import { adviceFor } from '../advice.ts';

const run = promisify(execFile);

/** The first line of a program's answer; undefined when there is none within ten seconds. */
async function answerOf(program: string, ...words: string[]): Promise<string | undefined> {
  try {
    const { stdout } = await run(program, words, { timeout: 10_000 });
    return stdout.trim().split('\n')[0];
  } catch {
    return undefined;
  }
}

// Its metadata tell the version without the seconds that an import takes.
const askPython = `import sys
from importlib import metadata
def version(name):
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ''
print(sys.version.split()[0], version('mlflow') or version('mlflow-skinny'), sep=',')`;

export interface Versions {
  readonly modelyard: string;
  readonly bun: string;
  readonly os: string;
  readonly node: string | null;
  readonly git: string | null;
  readonly python: string | null;
  readonly mlflow: string | null;
}

export async function versions(modelyard: string): Promise<Versions> {
  const { platform, arch, release } = await import('node:os');
  const [node, git, python] = await Promise.all([
    answerOf('node', '--version'),
    answerOf('git', '--version'),
    answerOf('python3', '-c', askPython).then((found) => found ?? answerOf('python', '-c', askPython)),
  ]);
  const [pythonVersion, mlflow] = python?.split(',') ?? [];
  return {
    modelyard,
    bun: Bun.version,
    os: `${platform()} ${release()} (${arch()})`,
    node: node?.replace(/^v/, '') ?? null,
    git: git?.replace(/^git version /, '') ?? null,
    python: pythonVersion ?? null,
    mlflow: mlflow || null,
  };
}

export interface ServerFinding {
  readonly trackingUri: string;
  readonly answers: boolean;
  /** `other` answers, but not as one of the two. */
  readonly kind: 'modelyard' | 'mlflow' | 'other' | null;
  readonly version: string | null;
  /** The MLflow version whose API it speaks. */
  readonly apiVersion: string | null;
  /** The middle one of five requests. */
  readonly latencyMs: number | null;
  readonly problem: string | null;
}

const patience = 5000;

export async function server(): Promise<ServerFinding> {
  const trackingUri = withoutPassword(getTrackingUri());
  const silent = { trackingUri, answers: false, kind: null, version: null, apiVersion: null, latencyMs: null };
  const settings = { ...settingsOf(), timeout: patience, retries: 0 };
  const ask = (path: string): Promise<Response> => {
    const signal = AbortSignal.timeout(patience);
    return settings.fetch(settings.baseUrl + path, { headers: settings.headers, signal });
  };
  const times: number[] = [];
  let health = '';
  try {
    for (let i = 0; i < 5; i++) {
      const begin = performance.now();
      health = await (await ask('/health')).text();
      times.push(performance.now() - begin);
    }
  } catch {
    const advice = 'Start one with modelyard server, or say where it is: --tracking-uri or MLFLOW_TRACKING_URI.';
    return { ...silent, problem: `No server answers there. ${advice}` };
  }
  const apiVersion = await ask('/version').then(versionOf, () => null);
  const ours = (await modelyardVersion(settings)) ?? null;
  const problem = await call(settings, searchExperiments, { max_results: 1 }).then(
    // It reads all the same.
    () => (ours !== null && health !== 'OK' ? health.trim() : null),
    (error: unknown) => adviceFor(error, 'doctor').message,
  );
  return {
    trackingUri,
    answers: true,
    kind: ours === null ? (apiVersion === null ? 'other' : 'mlflow') : 'modelyard',
    version: ours ?? apiVersion,
    apiVersion,
    latencyMs: Number((times.toSorted((a, b) => a - b)[2] ?? 0).toFixed(1)),
    problem,
  };
}

async function versionOf(answer: Response): Promise<string | null> {
  const text = answer.ok ? (await answer.text()).trim() : '';
  return /^\d+\.\d+[\w.+-]*$/.test(text) ? text : null;
}

/** Which are set, never to what. */
export interface Credentials {
  readonly username: boolean;
  readonly password: boolean;
  readonly token: boolean;
  readonly inTrackingUri: boolean;
}

export function credentials(): Credentials {
  return {
    username: environment('MLFLOW_TRACKING_USERNAME') !== undefined,
    password: environment('MLFLOW_TRACKING_PASSWORD') !== undefined,
    token: environment('MLFLOW_TRACKING_TOKEN') !== undefined,
    inTrackingUri: new URL(getTrackingUri()).username !== '',
  };
}

export interface Spool {
  readonly folder: string;
  readonly runs: number;
  readonly bytes: number;
}

export async function spool(): Promise<Spool> {
  const folder = journalFolder();
  const names = await readdir(folder).catch(() => []);
  const journals = names.filter((name) => name.endsWith('.jsonl'));
  const sizes = await Promise.all(
    journals.map((name) =>
      stat(join(folder, name))
        .then(({ size }) => size)
        .catch(() => 0),
    ),
  );
  return { folder, runs: journals.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

export interface Disk {
  readonly folder: string;
  readonly freeBytes: number | null;
}

/** Of the working folder, and of the folder where metrics wait when that is another disk. */
export async function disks(): Promise<Disk[]> {
  const folders = [process.cwd(), await nearest(journalFolder())];
  const [here, there] = await Promise.all(
    folders.map(async (folder) => ({ folder, device: (await stat(folder)).dev })),
  );
  const found = here?.device === there?.device ? [here] : [here, there];
  return Promise.all(
    found
      .filter((one) => one !== undefined)
      .map(async ({ folder }) => {
        const { bavail, bsize } = await statfs(folder).catch(() => ({ bavail: null, bsize: 0 }));
        return { folder, freeBytes: bavail === null ? null : bavail * bsize };
      }),
  );
}

/** The folder, or the one above it that is there. */
async function nearest(folder: string): Promise<string> {
  const there = await stat(folder).catch(() => undefined);
  const above = dirname(resolve(folder));
  return there?.isDirectory() || above === folder ? folder : nearest(above);
}
