/** Git, so that nothing that a repository holds runs: no hooks, filters, submodules, helpers or odd transports. */
import { ownEnvironment } from '../config/own-environment.ts';
import { withoutPassword } from '../common/without-password.ts';
import type { GitGuard } from './guard/git-guard.ts';
import { ProjectError } from './project-error.ts';

const settings = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.attributesFile=/dev/null',
  'submodule.recurse=false',
  'fetch.recurseSubmodules=false',
  'protocol.ext.allow=never',
  'filter.lfs.smudge=',
  'filter.lfs.process=',
  'filter.lfs.required=false',
  'advice.detachedHead=false',
  'gc.auto=0',
  'maintenance.auto=false',
].flatMap((setting) => ['-c', setting]);

export interface GitOptions {
  readonly folder: string;
  /** The repository is a path of this machine. */
  readonly local?: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly guard?: GitGuard | undefined;
}

interface Answer {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** @param words a user's values stand behind `--` @throws ProjectError when there is no git */
export async function git(
  words: readonly string[],
  { folder, local = false, signal, guard }: GitOptions,
): Promise<Answer> {
  const program = Bun.which('git');
  if (program === null) throw new ProjectError('this needs git, which is not in PATH. Install it.');
  signal?.throwIfAborted();
  const child = Bun.spawn([program, ...settings, ...(guard?.settings ?? []), ...words], {
    cwd: folder,
    env: ownEnvironment({
      // What a caller of ours, such as a hook, set for its own repository.
      GIT_DIR: undefined,
      GIT_WORK_TREE: undefined,
      GIT_INDEX_FILE: undefined,
      GIT_ALLOW_PROTOCOL: local ? 'file' : 'https:http:ssh:git+ssh',
      GIT_LFS_SKIP_SMUDGE: '1',
      LC_ALL: 'C',
      ...(process.stdin.isTTY && process.stderr.isTTY ? {} : { GIT_TERMINAL_PROMPT: '0', GIT_ASKPASS: 'true' }),
      ...guard?.variables,
    }),
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
    ...(signal ? { signal, killSignal: 'SIGTERM' } : {}),
  });
  const [code, out, error] = await Promise.all([
    child.exited,
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  signal?.throwIfAborted();
  return { code, out, error };
}

/** The same, which must succeed. @param what such as `cannot fetch …` */
export async function gitDone(words: readonly string[], what: string, options: GitOptions): Promise<string> {
  const { code, out, error } = await git(words, options);
  if (code !== 0) throw new ProjectError(`${what}: ${options.guard?.refusal ?? reasonOf(error)}`);
  return out;
}

function reasonOf(error: string): string {
  const lines = error.split('\n').filter((line) => line.trim() !== '');
  const fatal = lines.filter((line) => /^(fatal|error|remote): /.test(line));
  const text = (fatal.length > 0 ? fatal : lines.slice(-3))
    .map((line) => line.replace(/^(fatal|error): /, ''))
    .join(' ')
    // What a server says must not steer the terminal.
    .replace(/\p{Cc}+/gu, ' ');
  return text.replace(/\w+:\/\/[^\s'"]+/g, (address) => withoutPassword(address)) || 'git gave no reason.';
}
