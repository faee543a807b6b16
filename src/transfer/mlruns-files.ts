/** Folders and files of MLflow's file store. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { integerOf } from './mlflow-values.ts';
import type { KeyValue } from './records.ts';
import { readYaml, textOf, type YamlMap } from './yaml.ts';

export const metaFile = 'meta.yaml';

export function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name).sort(); // prettier-ignore
}

export function readMeta(folder: string): YamlMap {
  return readYaml(readFileSync(join(folder, metaFile), 'utf8'));
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
    return entry.isFile() ? [{ key: prefix + entry.name, value: readFileSync(path, 'utf8') }] : [];
  });
}
