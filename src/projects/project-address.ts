/** What a user calls a project by: a folder, or the address of a git repository, with `#subfolder`. */
import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathOfUrl } from '../common/path-of-url.ts';
import { ProjectError } from './project-error.ts';

export interface ProjectAddress {
  /** `folder`: where it lies; `repository`: to be fetched. */
  readonly kind: 'folder' | 'repository';
  /** Absolute path, or address for git. */
  readonly place: string;
  /** `folder` and repositories that are paths of this machine. */
  readonly local: boolean;
  readonly subfolder: string;
  /** A folder with `#`, as the user wrote both. */
  readonly written: string | undefined;
}

/** @param version a folder of which another version is asked for is fetched like any repository @throws ProjectError */
export function projectAddress(given: string, version: string | undefined): ProjectAddress {
  const uri = given.trim();
  if (uri === '') throw new ProjectError('the address of the project is empty. For the folder that you are in: .', 2);
  refuseFlag(uri, 'address of the project');
  if (version !== undefined) refuseFlag(version, 'version');
  const { base, subfolder } = !/^file:/i.test(uri) && isFolder(uri) ? { base: uri, subfolder: '' } : splitUri(uri);
  const place = resolve(pathOf(base));
  if (!isRemote(base) && isFolder(place)) {
    const kind = version !== undefined || isBare(place) ? 'repository' : 'folder';
    if (kind === 'folder') refuseMissing(place, subfolder);
    const written = subfolder === '' || /^file:/i.test(base) ? undefined : uri;
    return { kind, place, local: true, subfolder, written };
  }
  if (isRemote(base)) return { kind: 'repository', place: base, local: false, subfolder, written: undefined };
  if (existsSync(place)) {
    throw new ProjectError(`${base} is a file. Give the folder that it lies in: ${dirname(base)}`);
  }
  throw new ProjectError(
    `there is no project at ${base}: no such folder, and no address of a git repository (https://…, ssh://…, git@host:path).`,
  );
}

function splitUri(uri: string): { base: string; subfolder: string } {
  const at = uri.indexOf('#');
  if (at < 0) return { base: uri, subfolder: '' };
  const subfolder = uri.slice(at + 1).replace(/\/+$/, '');
  const parts = subfolder.split('/');
  if (subfolder.startsWith('/') || parts.includes('..') || parts.includes('.') || /[\0\\]/.test(subfolder)) {
    throw new ProjectError(`'${subfolder}' behind # must be a folder within the project, without . and ..`);
  }
  return { base: uri.slice(0, at), subfolder };
}

function refuseFlag(text: string, what: string): void {
  if (/^-|[\0\r\n]/.test(text)) throw new ProjectError(`${JSON.stringify(text)} is no ${what}.`);
}

/** Never `ext::`, which runs a command, nor another transport of git. */
function isRemote(uri: string): boolean {
  return /^(https?|ssh|git\+ssh):\/\/[^-/]/i.test(uri) || /^[\w.-]+@[\w.][\w.-]*:(?!:)[^-]/.test(uri);
}

function pathOf(uri: string): string {
  if (!/^file:/i.test(uri)) return uri;
  const path = pathOfUrl(uri.replace(/^file:\/*(?=\/)/i, 'file://'));
  if (path !== undefined) return path;
  throw new ProjectError(`${uri} is no address of a folder of this machine, such as file:///home/me/project.`);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function isBare(path: string): boolean {
  return ['HEAD', 'objects', 'refs'].every((name) => existsSync(join(path, name))) && !existsSync(join(path, '.git'));
}

export function refuseMissing(folder: string, subfolder: string): void {
  if (subfolder === '' || isFolder(join(folder, subfolder))) return;
  throw new ProjectError(`there is no folder ${subfolder} in the project.`);
}
