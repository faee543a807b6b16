/** The files of a project: where they lie, or fetched by git to a scratch folder. */
import { mkdtempSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { withoutPassword } from '../common/without-password.ts';
import { fetchVersion } from './fetch-version.ts';
import { git, gitDone, type GitOptions } from './git.ts';
import { gitGuard, type GitGuard } from './guard/git-guard.ts';
import { refuseMissing, type ProjectAddress } from './project-address.ts';
import { ProjectError } from './project-error.ts';

export interface Checkout {
  /** Of the project, with its subfolder. */
  readonly folder: string;
  /** As MLflow records it. */
  readonly sourceName: string;
  readonly commit: string | undefined;
  readonly repository: string | undefined;
  /** When the version asked for is one. */
  readonly branch: string | undefined;
  /** It is ours and goes at the end. */
  readonly isScratch: boolean;
  /** Takes a scratch folder away. */
  remove(): void;
}

export interface CheckoutOptions {
  readonly version: string | undefined;
  readonly onProgress: (step: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** @throws ProjectError */
export async function checkOut(address: ProjectAddress, options: CheckoutOptions): Promise<Checkout> {
  return address.kind === 'folder' ? ofFolder(address) : fetched(address, options);
}

async function ofFolder({ place, subfolder, written }: ProjectAddress): Promise<Checkout> {
  const folder = join(place, subfolder);
  const plain = written ?? (subfolder === '' ? folder : `${place}#${subfolder}`);
  const found = await repositoryAround(folder);
  return {
    folder,
    sourceName: found === undefined || subfolder !== '' ? plain : `file://${found.root}${behind(found.below)}`,
    commit: found?.commit,
    repository: found?.remote,
    branch: undefined,
    isScratch: false,
    remove: () => undefined,
  };
}

interface Around {
  readonly root: string;
  /** The folder's path in it. */
  readonly below: string;
  readonly commit: string;
  readonly remote: string | undefined;
}

async function repositoryAround(folder: string): Promise<Around | undefined> {
  if (Bun.which('git') === null) return undefined;
  const [{ code, out }, remotes] = await Promise.all([
    git(['rev-parse', '--show-toplevel', 'HEAD'], { folder }),
    git(['remote', '-v'], { folder }),
  ]);
  const [root = '', commit] = out.trimEnd().split('\n');
  if (code !== 0 || commit === undefined) return undefined;
  const remote = /^\S+\t(.*) \(fetch\)$/m.exec(remotes.out)?.[1];
  return {
    root,
    below: relative(root, realpathSync(folder)),
    commit,
    remote: remote === undefined ? undefined : withoutPassword(remote),
  };
}

function behind(subfolder: string): string {
  return subfolder === '' ? '' : `#${subfolder}`;
}

/** Of a folder, another version: its repository is left as it is and fetched from. */
async function source(
  address: ProjectAddress,
): Promise<{ place: string; subfolder: string; repository: string | undefined }> {
  const { place, local, subfolder } = address;
  if (!local) return { place, subfolder, repository: withoutPassword(place) };
  const around = await repositoryAround(place);
  if (around) return { place: around.root, subfolder: join(around.below, subfolder), repository: around.remote };
  const { code } = await git(['rev-parse', '--git-dir'], { folder: place });
  if (code === 0) return { place, subfolder, repository: undefined };
  throw new ProjectError(`${place} is in no git repository, so it has no versions. Leave --version out.`);
}

async function fetched(address: ProjectAddress, options: CheckoutOptions): Promise<Checkout> {
  const { version, signal } = options;
  const { local } = address;
  const { place, subfolder, repository } = await source(address);
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'modelyard-project-')));
  const remove = (): void => rmSync(scratch, { recursive: true, force: true });
  process.once('exit', remove);
  let guard: GitGuard | undefined;
  try {
    guard = local ? undefined : await gitGuard(place);
    const git: GitOptions = { folder: scratch, local, signal, guard };
    const shown = withoutPassword(place);
    options.onProgress(`fetching ${shown}${version === undefined ? '' : ` at ${version}`}`);
    await gitDone(['init', '--quiet', '--template=', '.'], 'no repository can be made', git);
    await gitDone(['remote', 'add', '--', 'origin', place], 'the address is refused', git);
    const branch = await fetchVersion(shown, version, git);
    const commit = (await gitDone(['rev-parse', 'FETCH_HEAD^{commit}'], `${shown} has no such version`, git)).trim();
    await gitDone(['checkout', '--quiet', '--detach', commit], `${shown} cannot be checked out`, git);
    await refuseLinksOut(scratch, git);
    refuseMissing(scratch, subfolder);
    return {
      folder: join(scratch, subfolder),
      sourceName: `${local ? `file://${place}` : shown}${behind(subfolder === '.' ? '' : subfolder)}`,
      commit,
      repository,
      branch,
      isScratch: true,
      remove: () => {
        process.off('exit', remove);
        remove();
      },
    };
  } catch (error) {
    process.off('exit', remove);
    remove();
    throw error;
  } finally {
    guard?.stop();
  }
}

/** What a project reads by a link must lie in the project. */
async function refuseLinksOut(root: string, options: GitOptions): Promise<void> {
  const listed = await gitDone(['ls-files', '--stage', '-z'], 'the files cannot be listed', options);
  for (const entry of listed.split('\0')) {
    if (!entry.startsWith('120000 ')) continue;
    const path = entry.slice(entry.indexOf('\t') + 1);
    const target = resolve(dirname(join(root, path)), readlinkSync(join(root, path)));
    const real = realOf(target);
    if (![target, real].every((one) => one === root || one.startsWith(root + sep))) {
      throw new ProjectError(`the project holds a link that leads out of it: ${path}. It is not run.`);
    }
  }
}

function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
