/** Tags that say what code runs, as the Python client sets them: its name and its git commit, branch and repository. */
import { execFile } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { promisify } from 'node:util';
import { withoutPassword } from '../../common/without-password.ts';
import { environment } from '../settings.ts';
import { userName } from './user-name.ts';

const run = promisify(execFile);

export async function sourceTags(): Promise<Record<string, string>> {
  const [, script] = process.argv;
  const name = script === undefined ? process.execPath : resolve(script);
  const tags: Record<string, string> = { 'mlflow.user': userName(), 'mlflow.source.name': name, ...contextTags() };
  const folder = script === undefined ? process.cwd() : dirname(name);
  const [commit, branch, status, remote] = await Promise.all([
    git(folder, 'rev-parse', 'HEAD'),
    git(folder, 'rev-parse', '--abbrev-ref', 'HEAD'),
    git(folder, 'status', '--porcelain', '--untracked-files=no'),
    git(folder, 'remote', 'get-url', 'origin'),
  ]);
  if (commit === undefined) return tags;
  tags['mlflow.source.git.commit'] = commit;
  if (branch !== undefined && branch !== 'HEAD') tags['mlflow.source.git.branch'] = branch;
  if (status !== undefined) tags['mlflow.source.git.dirty'] = String(status !== '');
  if (remote !== undefined) tags['mlflow.source.git.repoURL'] = withoutPassword(remote);
  return tags;
}

/** `MLFLOW_RUN_CONTEXT` holds tags as JSON. */
function contextTags(): Record<string, string> {
  const text = environment('MLFLOW_RUN_CONTEXT');
  if (text === undefined) return {};
  try {
    const tags = JSON.parse(text) as Record<string, unknown>;
    return Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, String(value)]));
  } catch {
    throw new TypeError('MLFLOW_RUN_CONTEXT must be a JSON object of tags.');
  }
}

/** The answer of git; undefined when there is no git, no repository, or no answer in time. */
async function git(folder: string, ...words: string[]): Promise<string | undefined> {
  try {
    return (await run('git', words, { cwd: folder, timeout: 3000 })).stdout.trim();
  } catch {
    return undefined;
  }
}
