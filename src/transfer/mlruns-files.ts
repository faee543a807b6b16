/** Folders and files of MLflow's file store. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { integerOf } from './mlflow-values.ts';
import type { KeyValue } from './records.ts';
import { readYaml, textOf, type YamlMap } from './yaml.ts';

export const metaFile = 'meta.yaml';

/** As MLflow has it, a link to a folder is one: experiments are moved to another disk so. */
export function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  return entries
    .filter((entry) => entry.isDirectory() || (entry.isSymbolicLink() && isFolder(join(folder, entry.name))))
    .map(({ name }) => name)
    .sort();
}

export function readMeta(folder: string): YamlMap {
  const meta = readYaml(readFileSync(join(folder, metaFile), 'utf8'));
  // What a full disk leaves.
  if (meta.size === 0) throw new Error(`its ${metaFile} is empty`);
  return meta;
}

export function required(meta: YamlMap, key: string): string {
  const text = textOf(meta, key);
  if (text === undefined) throw new Error(`its meta.yaml has no ${key}`);
  return text;
}

export function integerIn(meta: YamlMap, key: string) {
  const text = textOf(meta, key);
  return text === undefined ? undefined : integerOf(text);
}

const oldTags = [
  ['source_name', 'mlflow.source.name'],
  ['source_type', 'mlflow.source.type'],
  ['source_version', 'mlflow.source.git.commit'],
  ['entry_point_name', 'mlflow.project.entryPoint'],
] as const;
const oldTypes: Readonly<Record<string, string>> = { '1': 'NOTEBOOK', '2': 'JOB', '3': 'PROJECT', '4': 'LOCAL' };

/** What MLflow before 1.0 told in `meta.yaml`, and tells in tags since; its successors left the names with no value. */
export function withOldTags(tags: readonly KeyValue[], meta: YamlMap): KeyValue[] {
  if ((textOf(meta, 'source_name') ?? '') === '') return [...tags];
  const known = new Set(tags.map(({ key }) => key));
  const added = oldTags.flatMap(([name, key]) => {
    const text = textOf(meta, name) ?? '';
    const value = name === 'source_type' ? (oldTypes[text] ?? text) : text;
    return value === '' || known.has(key) ? [] : [{ key, value }];
  });
  return [...tags, ...added];
}

/** The files of a folder by their path in it: a key such as `a/b` is a file in a folder. */
export function valuesIn(folder: string, prefix = ''): KeyValue[] {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return entries.flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return valuesIn(path, `${prefix}${entry.name}/`);
    // It may lead anywhere, and without it the owner would not be whole.
    if (entry.isSymbolicLink()) throw new Error(`${path} is a link, which is not followed`);
    return entry.isFile() ? [{ key: prefix + entry.name, value: readFileSync(path, 'utf8') }] : [];
  });
}
