/** The source files that a pipeline's file names and that are not there, each made from a template. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { EnvChanges } from '../env-file.ts';
import type { PipelinePlace } from '../find-pipeline.ts';
import { isMapping } from '../mapping.ts';
import { readPipelineFile, type TaskEntry } from '../pipeline-file.ts';
import { kindOf } from '../sources/read-source.ts';
import { functionTemplate, templates } from './templates.ts';

/** @returns what was made, relative to the pipeline's folder */
export function missingSources(place: PipelinePlace, cwd: string, changes: EnvChanges): string[] {
  const { tasks } = readPipelineFile(place, cwd, changes);
  return [...new Set(tasks.flatMap((task) => makeSource(place.folder, task)))];
}

function makeSource(folder: string, { entry }: TaskEntry): string[] {
  const { source } = entry;
  if (typeof source !== 'string') return [];
  const kind = kindOf(source);
  const params = Object.keys({ ...paramsOf(entry['params']), ...paramsOf(entry['grid']) });
  if (kind === 'function') return makeFunction(folder, source, params);
  const path = join(folder, source);
  if (existsSync(path)) return [];
  mkdirSync(dirname(path), { recursive: true });
  const name = basename(source, extname(source));
  writeFileSync(path, templates[kind](name, params), { mode: kind === 'shell' ? 0o755 : 0o644 });
  return [source];
}

/** Added to its module, which is made where it is not there. */
function makeFunction(folder: string, source: string, params: readonly string[]): string[] {
  const parts = source.split('.');
  const name = parts.at(-1) ?? '';
  const module = join(...parts.slice(0, -1));
  const known = [`${module}.py`, join('src', `${module}.py`), join(module, '__init__.py')];
  const file = known.find((one) => existsSync(join(folder, one))) ?? `${module}.py`;
  const path = join(folder, file);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  if (
    text !== undefined &&
    new RegExp(`^\\s*(async\\s+)?def\\s+${name}\\b|^${name}\\s*=|\\bimport\\b.*\\b${name}\\b`, 'm').test(text)
  ) {
    return [];
  }
  mkdirSync(dirname(path), { recursive: true });
  appendFileSync(path, `${text === undefined ? '' : '\n\n'}${functionTemplate(name, params)}`);
  return [file];
}

function paramsOf(value: unknown): Readonly<Record<string, unknown>> {
  if (Array.isArray(value)) return Object.assign({}, ...value.map(paramsOf)) as Record<string, unknown>;
  return isMapping(value) ? value : {};
}
