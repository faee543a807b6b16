/** `{{git}}` and `{{git_hash}}`: what git calls the state of a pipeline's folder. */
import { execFileSync } from 'node:child_process';
import { PipelineError } from './pipeline.ts';

/** The branch, else the tag, else the commit. @throws PipelineError where there is none */
export function gitName(folder: string): string {
  return branchOf(folder) ?? gitHash(folder);
}

/** The tag, else the commit. */
export function gitHash(folder: string): string {
  const name =
    git(folder, 'describe', '--tags', '--exact-match', 'HEAD') ?? git(folder, 'rev-parse', '--short', 'HEAD');
  if (name !== undefined) return name;
  throw new PipelineError(`{{git}} and {{git_hash}} need a git repository with a commit, and ${folder} is in none.`);
}

function branchOf(folder: string): string | undefined {
  const branch = git(folder, 'rev-parse', '--abbrev-ref', 'HEAD');
  return branch === 'HEAD' ? undefined : branch;
}

function git(folder: string, ...words: string[]): string | undefined {
  try {
    const options = { cwd: folder, timeout: 5000, stdio: ['ignore', 'pipe', 'ignore'] as ['ignore', 'pipe', 'ignore'] };
    // A repository may name programs that git starts; none is needed to read it.
    return execFileSync('git', ['-c', 'core.fsmonitor=false', ...words], options)
      .toString()
      .trim();
  } catch {
    return undefined;
  }
}
