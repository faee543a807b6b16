/** Artifacts in a folder of this machine. Links are told and not followed: they may lead anywhere. */
import { existsSync, readdirSync, statSync, type Dirent } from 'node:fs';
import { join, resolve } from 'node:path';
import { isOwnHost, parseArtifactUri } from '../protocol/artifact-uri.ts';
import { reasonOf, type Report } from './report.ts';
import type { ArtifactFile, ArtifactOwner, Artifacts } from './source.ts';

/** The folder that a path or `file:` URI names; undefined for other URIs. A relative one stands below `base`. */
export function localFolder(uri: string, base: string): string | undefined {
  const parsed = parseArtifactUri(uri);
  return parsed.scheme === 'file' && isOwnHost(parsed) && parsed.path !== '' ? resolve(base, parsed.path) : undefined;
}

/** The files of the first folder that is there. */
export function localArtifacts(owner: ArtifactOwner, folders: readonly string[], report: Report): Artifacts {
  const folder = folders.find((path) => existsSync(path));
  if (folder !== undefined) return filesBelow(folder, owner, report);
  // A folder is made with its first file, so a missing one is an empty one, if its neighbours are here.
  if (folders.some((path) => existsSync(storeOf(path, owner.kind)))) return none();
  return { unreachable: `${owner.uri} is not on this machine` };
}

/** `<store>/<experiment>/<run>/artifacts`, `<store>/<experiment>/models/<model>/artifacts`. */
function storeOf(folder: string, kind: ArtifactOwner['kind']): string {
  return join(folder, ...(kind === 'run' ? ['..', '..', '..'] : ['..', '..', '..', '..']));
}

export async function* none(): AsyncGenerator<ArtifactFile> {
  // Nothing.
}

async function* filesBelow(
  root: string,
  owner: ArtifactOwner,
  report: Report,
  path = '',
): AsyncGenerator<ArtifactFile> {
  for (const entry of entriesOf(join(root, path), owner, path, report)) {
    const below = path === '' ? entry.name : `${path}/${entry.name}`;
    const place = join(root, below);
    if (entry.isDirectory()) yield* filesBelow(root, owner, report, below);
    else if (!entry.isFile()) report.add('artifact_file', `${owner.id}/${below}`, 'failed', 'a link or no plain file');
    else yield { path: below, size: statSync(place).size, open: async () => Bun.file(place).stream() };
  }
}

/** A folder that this account may not read does not stop the others. */
function entriesOf(folder: string, owner: ArtifactOwner, path: string, report: Report): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    report.add('artifact_file', `${owner.id}/${path}`, 'failed', reasonOf(error));
    return [];
  }
}
