/** Where the data of a search may come from: files of this machine but the server's own, artifacts, databases. */
import { statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { pathOfUrl } from '../common/path-of-url.ts';
import { invalidParameter } from '../protocol/errors.ts';
import { liesWithin } from './own-folders.ts';

/** Fetched by the search with what lets a job in, from wherever this server keeps it. */
const artifact = /^(runs|mlflow-artifacts):\//;
const fileDatabase = /^(sqlite|duckdb):\/\/\/(.+)$/s;

/**
 * @param isUpload what callers sent for searches is theirs to read, though it lies in a folder of the server
 * @returns the path, of what is a file of this machine
 */
export function checkDataset(
  dataset: string,
  { ownFolders, isUpload }: { ownFolders: readonly string[]; isUpload: (path: string) => boolean },
): string | undefined {
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(dataset)) throw invalidParameter('The address of data has no control characters.');
  if (artifact.test(dataset) || /^postgres(ql)?:\/\/[^/]/.test(dataset)) return undefined;
  const path = pathOf(dataset);
  if (liesWithin(path, ownFolders) && !isUpload(path)) {
    throw invalidParameter(`${dataset} lies where this server keeps its data. Data is read from outside of it.`);
  }
  if (!statSync(path, { throwIfNoEntry: false })) {
    throw invalidParameter(`There is no file ${path} on the server. Upload it, or give the path that it has there.`);
  }
  return path;
}

function pathOf(dataset: string): string {
  const [, database, file] = fileDatabase.exec(dataset) ?? [];
  const path = file?.replace(/\?.*$/s, '') ?? (/^file:/i.test(dataset) ? pathOfUrl(dataset) : dataset);
  if (path !== undefined && isAbsolute(path)) return path;
  if (database !== undefined) {
    throw invalidParameter(`${dataset} needs the absolute path of the database: ${database}:////folder/file.db`);
  }
  if (/^https?:/i.test(dataset)) {
    throw invalidParameter('A server fetches no data from the web. Download the file and upload it.');
  }
  throw invalidParameter(
    `'${dataset}' is neither an absolute path of a file on the server, nor uploaded, nor runs:/ID/path, nor a database (sqlite, duckdb, postgresql).`,
  );
}
