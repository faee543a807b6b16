/** Which kind of source an address or a path is. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FilesSource } from './files-source.ts';
import { FolderSource } from './folder-source.ts';
import { MlflowDatabase } from './mlflow-database.ts';
import { MlflowDatabaseSource } from './mlflow-database-source.ts';
import { MlrunsSource } from './mlruns-source.ts';
import type { Report } from './report.ts';
import { ServerSource } from './server-source.ts';
import type { Source } from './source.ts';

export const sourceFormats = ['mlruns', 'sqlite', 'server', 'export', 'dagshub'] as const;
export type SourceFormat = (typeof sourceFormats)[number];

export interface SourceOptions {
  readonly report: Report;
  /** Found by itself when it is not given. */
  readonly format: SourceFormat | undefined;
  /** The folder behind `mlflow-artifacts:` URIs of a database. */
  readonly artifacts: string | undefined;
  /** The experiment for runs that have none. */
  readonly experiment: string | undefined;
}

/** @throws Error that says what the address should be */
export function openSource(address: string, options: SourceOptions): Source {
  const { report, artifacts, experiment } = options;
  const format = options.format ?? formatOf(address);
  const path = pathOf(address);
  switch (format) {
    case 'server':
      return new ServerSource(address, report);
    case 'sqlite':
      if (!isFile(path)) throw new Error(`there is no file ${path}`);
      if (!MlflowDatabase.isOne(path)) throw new Error(`${path} is not a database of MLflow. What another Modelyard has comes by modelyard export`); // prettier-ignore
      return new MlflowDatabaseSource(path, report, artifacts);
    case 'export':
      if (!FolderSource.isOne(path)) throw new Error(`${path} is not a whole export: it has no modelyard-export.json`);
      return new FolderSource(path, report);
    case 'dagshub':
      if (!isFolder(path)) throw new Error(`there is no folder ${path}`);
      return new FilesSource(path, report, experiment);
    case 'mlruns':
      if (!isFolder(path)) throw new Error(`there is no folder ${path}`);
      return new MlrunsSource(path === address && !MlrunsSource.isOne(path) ? join(path, 'mlruns') : path, report);
  }
}

function formatOf(address: string): SourceFormat {
  if (/^https?:\/\//i.test(address)) return 'server';
  const path = pathOf(address);
  if (address.startsWith('sqlite:') || isFile(path)) return 'sqlite';
  if (/^[a-z][a-z0-9+]+:\/\//i.test(address) && !address.startsWith('file:')) {
    throw new Error(`${address.split(':', 1)[0]} databases are read through their server: start mlflow server on it, and give its http address`); // prettier-ignore
  }
  if (!isFolder(path)) throw new Error(`there is no ${path}`);
  if (FolderSource.isOne(path)) return 'export';
  if (existsSync(join(path, 'runs.jsonl'))) return 'export';
  if (MlrunsSource.isOne(path) || isFolder(join(path, 'mlruns'))) return 'mlruns';
  if (FilesSource.isOne(path)) return 'dagshub';
  throw new Error(
    `${path} is neither MLflow's mlruns, nor a folder of modelyard export, nor holds it any params.yml or metrics.csv`,
  );
}

function pathOf(address: string): string {
  return address.replace(/^sqlite:\/\/\//, '').replace(/^file:(\/\/(localhost)?(?=\/))?/, '');
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
