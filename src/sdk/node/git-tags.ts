/** Tags that say which commit code is of, as the Python client sets them. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { withoutPassword } from '../../common/without-password.ts';

const run = promisify(execFile);

/** None where there is no git, no repository, or no commit. */
export async function gitTags(folder: string): Promise<Record<string, string>> {
  const [commit, branch, status, remote] = await Promise.all([
    git(folder, 'rev-parse', 'HEAD'),
    git(folder, 'rev-parse', '--abbrev-ref', 'HEAD'),
    git(folder, 'status', '--porcelain', '--untracked-files=no'),
    git(folder, 'remote', 'get-url', 'origin'),
  ]);
  if (commit === undefined) return {};
  return {
    'mlflow.source.git.commit': commit,
    ...(branch !== undefined && branch !== 'HEAD' && { 'mlflow.source.git.branch': branch }),
    ...(status !== undefined && { 'mlflow.source.git.dirty': String(status !== '') }),
    ...(remote !== undefined && { 'mlflow.source.git.repoURL': withoutPassword(remote) }),
  };
}

/** Its answer; undefined when there is none in time. A repository may name programs that git starts: none is needed. */
async function git(folder: string, ...words: string[]): Promise<string | undefined> {
  try {
    const command = ['-c', 'core.fsmonitor=false', ...words];
    return (await run('git', command, { cwd: folder, timeout: 3000 })).stdout.trim();
  } catch {
    return undefined;
  }
}
