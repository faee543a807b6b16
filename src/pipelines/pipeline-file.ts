/** A pipeline's file as it is written: YAML whose keys are known, with its placeholders filled. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { placeholderValues, type EnvChanges } from './env-file.ts';
import type { PipelinePlace } from './find-pipeline.ts';
import { isMapping, type Mapping } from './mapping.ts';
import { didYouMean } from '../common/did-you-mean.ts';
import { PipelineError } from './pipeline.ts';
import { metaKeys, optionKeys, pipelineKeys, taskKeys } from './pipeline-keys.ts';
import { filled, type Lookup } from './placeholders.ts';
import { readYamlFile } from './read-yaml-file.ts';

export interface PipelineFile {
  readonly place: PipelinePlace;
  readonly root: Mapping;
  readonly meta: Mapping;
  readonly tasks: readonly TaskEntry[];
}

export interface TaskEntry {
  readonly entry: Mapping;
  /** For errors: its name, or its source, or its number. */
  readonly label: string;
}

/** @throws PipelineError with a line for each fault */
export function readPipelineFile(place: PipelinePlace, cwd: string, changes: EnvChanges = {}): PipelineFile {
  const faults = new Set<string>();
  const lookup = placeholderValues(place, cwd, changes);
  const read = readFilled(place, place.file, lookup, faults);
  // A file that is no more than its tasks is a list.
  const root = Array.isArray(read) ? { tasks: read } : read;
  if (!isMapping(root)) throw new PipelineError(`${place.file}: it must have tasks, as a list below "tasks:".`);
  checkKeys(place.file, root, pipelineKeys, faults);
  const meta = mappingOr(root['meta'], `${place.file}: meta`, faults);
  checkKeys(`${place.file}: meta`, meta, metaKeys, faults);
  const entries = [...listOf(root['tasks'], `${place.file}: tasks`, faults), ...imported(place, meta, lookup, faults)];
  const tasks = entries.flatMap((entry, at) => taskEntry(entry, at, place.file, faults));
  if (entries.length === 0 && faults.size === 0) faults.add(`${place.file}: there are no tasks in it.`);
  if (faults.size > 0) throw new PipelineError([...faults].join('\n'));
  return { place, root, meta, tasks };
}

function readFilled(place: PipelinePlace, file: string, lookup: Lookup, faults: Set<string>): unknown {
  const path = join(place.folder, file);
  if (!existsSync(path)) throw new PipelineError(`There is no ${file} in ${place.folder}.`);
  const here = new Set<string>();
  const value = filled(readYamlFile(path, file), lookup, here);
  for (const fault of here) faults.add(`${file}: ${fault}`);
  return value;
}

/** The tasks of another file, which is a list of them. */
function imported(place: PipelinePlace, meta: Mapping, lookup: Lookup, faults: Set<string>): unknown[] {
  const file = meta['import_tasks_from'];
  if (file === undefined || file === null) return [];
  if (typeof file === 'string') return listOf(readFilled(place, file, lookup, faults), file, faults);
  faults.add(`${place.file}: meta: import_tasks_from must be the name of a file.`);
  return [];
}

function taskEntry(entry: unknown, at: number, file: string, faults: Set<string>): TaskEntry[] {
  if (!isMapping(entry)) {
    faults.add(`${file}: task ${at + 1} must be a map with "source" and "product".`);
    return [];
  }
  const { name, source } = entry;
  const label = `${file}: task ${[name, source].find((text) => typeof text === 'string') ?? at + 1}`;
  checkKeys(label, entry, [...taskKeys, ...optionKeys], faults);
  return [{ entry, label }];
}

function checkKeys(place: string, there: Mapping, known: readonly string[], faults: Set<string>): void {
  for (const key of Object.keys(there)) {
    if (known.includes(key)) continue;
    const guess = didYouMean(key, known) || ` Known are: ${known.join(', ')}.`;
    faults.add(`${place}: there is no key '${key}'.${guess}`);
  }
}

function mappingOr(value: unknown, place: string, faults: Set<string>): Mapping {
  if (isMapping(value)) return value;
  if (value !== undefined && value !== null) faults.add(`${place} must be a map.`);
  return {};
}

function listOf(value: unknown, place: string, faults: Set<string>): unknown[] {
  if (Array.isArray(value)) return value;
  if (value !== undefined && value !== null) faults.add(`${place} must be a list.`);
  return [];
}
