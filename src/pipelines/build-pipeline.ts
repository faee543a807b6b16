/** One build, from its lock to its end: what runs, where it is recorded, and the pipeline's own hooks. */
import { join } from 'node:path';
import type { PipelineRecord } from '../protocol/pipeline-record.ts';
import { lockBuild } from './build-lock.ts';
import { BuildRecord } from './build-record.ts';
import { runPlan, type BuildContext, type BuildEvents } from './build.ts';
import { checkUpstream } from './check-upstream.ts';
import { openRecorder, type RecordingOptions } from './open-recorder.ts';
import { planOf, type PlannedTask } from './plan.ts';
import { PipelineError, TaskError, type Hook, type Pipeline } from './pipeline.ts';
import type { Recorder } from './recorder.ts';
import { prepareTasks } from './runners/prepare-tasks.ts';
import { runHook } from './runners/run-hook.ts';
import { stateFolder, writeWhole } from './state-folder.ts';
import { tail } from './text-tail.ts';

export interface BuildOptions extends RecordingOptions {
  readonly only: ReadonlySet<string> | undefined;
  readonly force: boolean;
  readonly jobs: number;
  readonly signal: AbortSignal;
  readonly events: BuildEvents & { planned(record: PipelineRecord): void };
}

export interface BuildResult {
  readonly record: PipelineRecord;
  readonly run: Recorder['run'];
  /** Why the build failed, though no task did. */
  readonly error?: string;
  readonly failed: boolean;
}

/** @throws PipelineError, or what the SDK throws, when nothing has begun */
export async function buildPipeline(pipeline: Pipeline, options: BuildOptions): Promise<BuildResult> {
  const unlock = lockBuild(pipeline.folder);
  try {
    const plan = await planOf(pipeline, options);
    const ready = checkUpstream(pipeline, plan);
    if (!ready) {
      const { value: record } = new BuildRecord(pipeline, plan);
      return { record, run: undefined, failed: false };
    }
    return await buildPlan(pipeline, plan, options);
  } finally {
    unlock();
  }
}

async function buildPlan(pipeline: Pipeline, plan: PlannedTask[], options: BuildOptions): Promise<BuildResult> {
  const { signal, events, jobs, note } = options;
  const recorder = await openRecorder(pipeline, options);
  const tasks = plan.filter(({ why }) => why !== undefined).map(({ task }) => task);
  const runtime = await prepareTasks(pipeline, tasks, { onProgress: note, signal });
  const record = new BuildRecord(pipeline, plan, () => recorder.changed());
  const context = { pipeline, runtime, record, recorder, events, jobs, signal };
  const refused = pipeline.onRender && (await callHook('on_render', pipeline.onRender, context));
  if (refused !== undefined) throw new PipelineError(refused);
  await recorder.begin(pipeline, record);
  events.planned(record.value);
  try {
    await runPlan(plan, context);
    return await endBuild(context, options);
  } catch (error) {
    // A disk that fails, or folders that are gone: its run does not stay open for that.
    await recorder.end('FAILED', String(error));
    throw error;
  }
}

async function endBuild(context: BuildContext, options: BuildOptions): Promise<BuildResult> {
  const { pipeline, record, recorder, signal } = context;
  const failed = record.value.tasks.filter(({ state }) => state === 'failed');
  const hookError = await endHook(failed.length > 0 || signal.aborted, context);
  await sayWhatIsNext(context, options);
  record.end();
  writeWhole(lastBuildFile(pipeline), JSON.stringify(record.value, undefined, 2));
  const error = hookError ?? failed.map(({ name, error: why }) => `${name} failed:\n${why}`).join('\n\n');
  const bad = failed.length > 0 || hookError !== undefined;
  await recorder.end(signal.aborted ? 'KILLED' : bad ? 'FAILED' : 'FINISHED', bad ? error : undefined);
  return {
    record: record.value,
    run: recorder.run,
    failed: bad || signal.aborted,
    ...(hookError !== undefined && { error: hookError }),
  };
}

/** What the last build left, for a report. */
export function lastBuildFile({ folder, file }: Pipeline): string {
  return join(stateFolder(folder), `last-build.${file}.json`);
}

/** The pipeline's own `on_finish` or `on_failure`; the error of the first fails the build. */
async function endHook(failed: boolean, context: BuildContext): Promise<string | undefined> {
  const { pipeline, signal } = context;
  if (signal.aborted) return undefined;
  const [name, hook] = failed ? ['on_failure', pipeline.onFailure] : ['on_finish', pipeline.onFinish];
  return hook && callHook(name, hook, context);
}

async function callHook(
  name: string,
  hook: Hook,
  { pipeline, runtime, signal, events }: BuildContext,
): Promise<string | undefined> {
  try {
    const onOutput = (text: string): void => events.output(name, text);
    await runHook({ name, hook, pipeline, runtime, environment: {}, signal, onOutput });
    return undefined;
  } catch (error) {
    if (!(error instanceof TaskError)) throw error;
    return `${name} (${hook.function}) failed:\n${tail(error.message)}`;
  }
}

/** Looked at again, because what ran may have changed what others need. */
async function sayWhatIsNext({ pipeline, record }: BuildContext, { only }: BuildOptions): Promise<void> {
  for (const { task, why } of await planOf(pipeline, { only })) record.change(task.name, { next: why });
}
