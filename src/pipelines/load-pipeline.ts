/** A pipeline's file made into the pipeline that is built; or all that is wrong with it. */
import { basename } from 'node:path';
import { checkHook, checkTasks } from './checks.ts';
import type { EnvChanges } from './env-file.ts';
import type { PipelinePlace } from './find-pipeline.ts';
import { matching, sorted } from './graph.ts';
import { hookOf } from './hook-entry.ts';
import { isMapping } from './mapping.ts';
import { didYouMean } from '../common/did-you-mean.ts';
import { PipelineError, type Pipeline } from './pipeline.ts';
import { readPipelineFile, type PipelineFile } from './pipeline-file.ts';
import { draftsOf, type Draft, type DraftContext } from './task-draft.ts';

/** A pipeline, with what `executor` says of how many tasks run at a time. */
export interface LoadedPipeline extends Pipeline {
  readonly jobs?: number;
}

/** @throws PipelineError with a line for each fault */
export function loadPipeline(place: PipelinePlace, cwd: string, changes: EnvChanges = {}): LoadedPipeline {
  const file = readPipelineFile(place, cwd, changes);
  const { root } = file;
  const context: DraftContext = { file, faults: new Set(), facts: new Map() };
  const drafts = file.tasks.flatMap((entry) => draftsOf(entry, context));
  const tasks = drafts.map((draft) => withUpstreamFound(draft, drafts, context));
  checkTasks(tasks, context.faults, place);
  const fault = (what: string): unknown => context.faults.add(`${place.file}: ${what}`);
  const onFinish = hookOf(root['on_finish'], 'on_finish', fault);
  const onFailure = hookOf(root['on_failure'], 'on_failure', fault);
  const onRender = hookOf(root['on_render'], 'on_render', fault);
  for (const hook of [onFinish, onFailure, onRender]) checkHook(hook, place.file, place.folder, context.faults);
  const jobs = jobsOf(root['executor']);
  const environment = root['environment'] ?? 'local';
  if (environment !== 'local' && environment !== 'uv') fault('environment must be local or uv.');
  if (context.faults.size > 0) throw new PipelineError([...context.faults].join('\n'));
  return {
    name: nameOf(file),
    folder: place.folder,
    file: place.file,
    environment: environment === 'uv' ? 'uv' : 'local',
    tasks: sorted(tasks).map(({ label: _, ...task }) => task),
    ...(onFinish && { onFinish }),
    ...(onFailure && { onFailure }),
    ...(onRender && { onRender }),
    ...(jobs !== undefined && { jobs }),
  };
}

/** `name:`, else that of its folder; `pipeline.serve.yaml` in `pima` is `pima-serve`. */
function nameOf({ root, place }: PipelineFile): string {
  if (typeof root['name'] === 'string' && root['name'] !== '') return root['name'];
  const own = /^pipeline\.(.+)\.ya?ml$/.exec(place.file)?.[1];
  const folder = basename(place.folder) || 'pipeline';
  return own === undefined ? folder : `${folder}-${own}`;
}

/** `serial` and `parallel`, also by their dotted paths, with `processes`. */
function jobsOf(executor: unknown): number | undefined {
  const { dotted_path: path, processes } = isMapping(executor) ? executor : { dotted_path: executor };
  if (typeof processes === 'number' && processes >= 1) return Math.floor(processes);
  return typeof path === 'string' && /(^|\.)serial$/i.test(path) ? 1 : undefined;
}

function withUpstreamFound(draft: Draft, drafts: readonly Draft[], { faults }: DraftContext): Draft {
  const names = drafts.map(({ name }) => name);
  const upstream = draft.upstream.flatMap((pattern) => {
    const found = matching(pattern, names).filter((name) => name !== draft.name || !pattern.includes('*'));
    if (found.length === 0) {
      const where = draft.facts.upstream.includes(pattern) ? `its source ${draft.source}` : 'it';
      faults.add(
        `${draft.label}: ${where} takes products of '${pattern}', and no task has that name.${didYouMean(pattern, names)}`,
      );
    }
    return found;
  });
  return { ...draft, upstream: [...new Set(upstream)] };
}
