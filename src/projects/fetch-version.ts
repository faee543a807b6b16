/** One version of a repository, brought to FETCH_HEAD of a new one whose `origin` it is. */
import { git, gitDone, type GitOptions } from './git.ts';
import { ProjectError } from './project-error.ts';

/**
 * The version alone, where the repository gives it alone.
 *
 * @param shown the repository, for messages
 * @returns the branch, when the version is one
 */
export async function fetchVersion(
  shown: string,
  version: string | undefined,
  options: GitOptions,
): Promise<string | undefined> {
  if (version === undefined || version === 'HEAD') {
    await fetchAlone(shown, 'HEAD', options);
    return undefined;
  }
  // A whole id is that commit, whatever a branch is called.
  const ref = wholeId.test(version) ? undefined : await refOf(shown, version, options);
  if (ref === undefined) {
    await fetchCommit(shown, version, options);
    return undefined;
  }
  await fetchAlone(shown, ref, options);
  return ref.startsWith(heads) ? ref.slice(heads.length) : undefined;
}

const wholeId = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i;
const heads = 'refs/heads/';

/** The branch, else the tag of that name. */
async function refOf(shown: string, version: string, options: GitOptions): Promise<string | undefined> {
  const name = version.replace(/^origin\//, '');
  const refs = /^refs\/(heads|tags)\//.test(version) ? [version] : [`${heads}${name}`, `refs/tags/${name}`];
  const listed = await gitDone(['ls-remote', '--', 'origin', ...refs], failed(shown), options);
  const found = new Set(listed.split('\n').map((line) => line.split('\t')[1]));
  return refs.find((one) => found.has(one));
}

const failed = (shown: string): string => `cannot fetch ${shown}`;
const quietly = ['--quiet', '--no-recurse-submodules'];
const alone = ['fetch', '--depth=1', '--no-tags', ...quietly, '--', 'origin'];

async function fetchAlone(shown: string, ref: string, options: GitOptions): Promise<void> {
  const { code, error } = await git([...alone, ref], options);
  if (code === 0) return;
  // A web server that just holds files gives a branch with all of its past.
  const again = /shallow/.test(error) ? ['fetch', '--no-tags', ...quietly, '--', 'origin', ref] : [...alone, ref];
  await gitDone(again, failed(shown), options);
}

/** By its whole id alone; else it is looked for in all that there is. */
async function fetchCommit(shown: string, version: string, options: GitOptions): Promise<void> {
  if (!/^[0-9a-f]{4,64}$/i.test(version)) throw await noVersion(shown, version, options);
  if (wholeId.test(version) && (await git([...alone, version], options)).code === 0) return;
  const all = ['+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*'];
  await gitDone(['fetch', ...quietly, '--', 'origin', ...all], failed(shown), options);
  const find = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${version}^{commit}`];
  const { code, out } = await git(find, options);
  if (code !== 0) throw await noVersion(shown, version, options);
  await gitDone(['update-ref', 'FETCH_HEAD', out.trim()], failed(shown), options);
}

async function noVersion(shown: string, version: string, options: GitOptions): Promise<ProjectError> {
  const { out } = await git(['ls-remote', '--heads', '--tags', '--refs', '--', 'origin'], options);
  const names = [...out.matchAll(/\trefs\/(?:heads|tags)\/(.*)$/gm)].map(([, name]) => name);
  const more = names.length > 10 ? ' …' : '';
  return new ProjectError(
    `${shown} has no branch, tag or commit ${version}. There are: ${names.slice(0, 10).join(', ')}${more}`,
  );
}
