/** Which file is meant: the one that is named, else `pipeline.yaml` here or in the nearest folder above. */
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { environment } from '../sdk/settings.ts';
import { PipelineError } from './pipeline.ts';

const usualName = 'pipeline.yaml';

export interface PipelinePlace {
  /** Absolute. */
  readonly folder: string;
  readonly file: string;
}

/** @param entryPoint a file, a folder, or a file's name to look for; default: the variable ENTRY_POINT */
export function findPipeline(from: string, entryPoint: string | undefined = environment('ENTRY_POINT')): PipelinePlace {
  if (entryPoint === undefined || entryPoint === '') return above(from, usualName);
  const path = resolve(from, entryPoint);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile()) return { folder: dirname(path), file: basename(path) };
  if (found?.isDirectory()) return above(path, usualName);
  // A name alone, such as pipeline.serve.yaml, is looked for as the usual one is.
  if (/^[^/\\]+\.ya?ml$/.test(entryPoint)) return above(from, entryPoint);
  throw new PipelineError(
    `There is no pipeline at ${entryPoint}: name a file such as pipeline.yaml, or a folder that has one.`,
  );
}

function above(from: string, name: string): PipelinePlace {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, name))) return { folder, file: name };
    const other = name.replace(/\.yaml$/, '.yml');
    if (existsSync(join(folder, other))) {
      throw new PipelineError(`${join(folder, other)}: rename it to ${name}.`);
    }
    if (dirname(folder) !== folder) continue;
    const advice = 'Name one with --entry-point, or make one: modelyard pipeline scaffold NAME';
    throw new PipelineError(`There is no ${name} in ${from} or a folder above it. ${advice}`);
  }
}
