/** Where a project of the API may come from: folders of this machine but the server's own, and git by https, http and ssh. */
import { statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { pathOfUrl } from '../common/path-of-url.ts';
import { invalidParameter } from '../protocol/errors.ts';
import { liesWithin } from './own-folders.ts';

/** `git@host:path` too. */
const gitAddress = /^(?:(?:https?|ssh|git\+ssh):\/\/[^/]|[\w.-]+@[\w.-]+:)/i;

export function isGitAddress(uri: string): boolean {
  return gitAddress.test(uri);
}

/** @param ownFolders what callers store there is no project of the machine's owner */
export function checkAddress(uri: string, ownFolders: readonly string[]): void {
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(uri)) throw invalidParameter('The address of a project has no control characters.');
  if (isGitAddress(uri)) return;
  const folders = foldersOf(uri.trim());
  if (folders.some((folder) => liesWithin(folder, ownFolders))) {
    throw invalidParameter(`${uri} lies where this server keeps its data. Projects run from folders outside of it.`);
  }
  if (!folders.some((folder) => statSync(folder, { throwIfNoEntry: false })?.isDirectory())) {
    throw invalidParameter(`There is no folder ${uri} on the server.`);
  }
}

/** The `#` may be that of a subfolder, or a part of the folder's name. */
function foldersOf(uri: string): string[] {
  const [address = '', subfolder = ''] = uri.split(/#(.*)/s, 2);
  const isFile = /^file:\/*(localhost)?\//i;
  if (isFile.test(address)) {
    const folder = pathOfUrl(address.replace(isFile, 'file:///'));
    if (folder === undefined) throw invalidParameter(`${address} is no address of a folder.`);
    return [join(folder, subfolder)];
  }
  if (isAbsolute(address)) return [join(address, subfolder), uri];
  if (/^[^/]*:/.test(address)) {
    throw invalidParameter(
      `'${address.split(':')[0]}:' is no way to fetch a project: git takes https, http or ssh here.`,
    );
  }
  throw invalidParameter(
    `'${uri}' is neither an absolute path of a folder on the server nor the address of a git repository.`,
  );
}
