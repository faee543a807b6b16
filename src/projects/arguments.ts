/** Values as the command gets them: paths from where the caller stands, what lies elsewhere downloaded. */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pathOfUrl } from '../common/path-of-url.ts';
import { s3Store } from '../models/s3-store.ts';
import { registerArtifactStore } from '../sdk/artifact-store.ts';
import { downloadArtifacts } from '../sdk/node/download.ts';
import { localStore } from '../sdk/node/files.ts';
import type { GivenValue } from './command-line.ts';
import type { ParameterValue } from './parameters.ts';
import { ProjectError } from './project-error.ts';

export interface ArgumentsOptions {
  /** Where the caller stands. */
  readonly from: string;
  readonly project: string;
  /** Where downloads go, to stay there; undefined: to a temporary folder. */
  readonly storage: string | undefined;
  readonly onProgress: (step: string) => void;
  readonly signal: AbortSignal;
}

export interface Arguments {
  readonly values: readonly GivenValue[];
  /** Takes temporary downloads away. */
  remove(): void;
}

/** @throws ProjectError */
export async function argumentsOf(
  parameters: readonly ParameterValue[],
  options: ArgumentsOptions,
): Promise<Arguments> {
  const values: GivenValue[] = [];
  let folder: string | undefined;
  const remove = (): void => {
    if (folder !== undefined && options.storage === undefined) rmSync(folder, { recursive: true, force: true });
  };
  try {
    for (const [index, { name, type, value, isDefault }] of parameters.entries()) {
      options.signal.throwIfAborted();
      if (type === 'uri') checkUri(name, value);
      if (type !== 'path') values.push({ name, value });
      else if (!isAddress(value)) values.push({ name, value: localPath(name, value, options, isDefault) });
      else {
        folder ??= downloads(options.storage);
        options.onProgress(`downloading ${value} for the parameter ${name}`);
        values.push({ name, value: await download(name, value, join(folder, `param_${index}`), options.signal) });
      }
    }
    return { values, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function isAddress(value: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(value) && !/^file:/i.test(value);
}

function checkUri(name: string, value: string): void {
  if (/^[a-z][a-z0-9+.-]*:/i.test(value)) return;
  throw new ProjectError(
    `the parameter ${name} must be an address such as s3://bucket/data, not ${JSON.stringify(value)}.`,
  );
}

/** A default may also be a file of the project itself. */
function localPath(name: string, value: string, { from, project }: ArgumentsOptions, isDefault: boolean): string {
  const plain = /^file:/i.test(value) ? (pathOfUrl(value) ?? '') : value;
  const paths = [from, ...(isDefault ? [project] : [])].map((folder) => resolve(folder, plain));
  const found = plain === '' ? undefined : paths.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new ProjectError(
    `the parameter ${name} must be a file or folder that is there; ${plain === '' ? JSON.stringify(value) : paths[0]} is not.`,
  );
}

function downloads(storage: string | undefined): string {
  if (storage !== undefined) mkdirSync(storage, { recursive: true });
  return mkdtempSync(join(resolve(storage ?? tmpdir()), storage === undefined ? 'modelyard-download-' : 'tmp'));
}

async function download(name: string, uri: string, folder: string, signal: AbortSignal): Promise<string> {
  mkdirSync(folder, { recursive: true });
  try {
    if (/^https?:/i.test(uri)) return await downloadFile(uri, folder, signal);
    registerArtifactStore('file', localStore);
    registerArtifactStore('s3', s3Store);
    return await downloadArtifacts(uri, folder);
  } catch (error) {
    signal.throwIfAborted();
    throw new ProjectError(`${uri}, for the parameter ${name}, cannot be downloaded: ${(error as Error).message}`);
  }
}

async function downloadFile(uri: string, folder: string, signal: AbortSignal): Promise<string> {
  const answer = await fetch(uri, { signal });
  if (!answer.ok) throw new Error(`the server answered ${answer.status}.`);
  const path = join(
    folder,
    decodeURIComponent(basename(new URL(uri).pathname)).replace(/[/\\\0]|^\.+$/g, '_') || 'file',
  );
  await Bun.write(path, answer);
  return path;
}
