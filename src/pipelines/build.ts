/** Runs the tasks that a plan says, as many at a time as are allowed, each when all before it have ended well. */
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TaskRecord } from '../protocol/pipeline-record.ts';
import type { BuildRecord } from './build-record.ts';
import type { PlannedTask } from './plan.ts';
import { TaskError, type Pipeline, type Runtime, type Task } from './pipeline.ts';
import type { Recorder } from './recorder.ts';
import { resourcesOf } from './resources.ts';
import { runTask } from './runners/run-task.ts';
import { stateFolder } from './state-folder.ts';
import { tail } from './text-tail.ts';
import { builtId, fileBuilt, keepTaskState, markBegun } from './task-state.ts';

/** Told as it happens, for whoever looks. */
export interface BuildEvents {
  began(task: TaskRecord): void;
  output(task: string, text: string): void;
  ended(task: TaskRecord): void;
}

export interface BuildContext {
  readonly pipeline: Pipeline;
  readonly runtime: Runtime;
  readonly record: BuildRecord;
  readonly recorder: Recorder;
  readonly events: BuildEvents;
  readonly jobs: number;
  readonly signal: AbortSignal;
}

/** Resolves when nothing runs any more; what became of each task is in the record. */
export async function runPlan(plan: readonly PlannedTask[], context: BuildContext): Promise<void> {
  const { record, jobs, signal } = context;
  const planned = new Set(plan.map(({ task }) => task.name));
  const waiting = new Set(plan.filter(({ why }) => why !== undefined).map(({ task }) => task));
  const running = new Set<Promise<void>>();
  const open = new Set([...waiting].map(({ name }) => name));
  while (waiting.size > 0 || running.size > 0) {
    for (const task of waiting) {
      const broken = task.upstream.find(
        (name) => planned.has(name) && ['failed', 'blocked'].includes(record.task(name).state),
      );
      if (signal.aborted || broken !== undefined) {
        waiting.delete(task);
        open.delete(task.name);
        block(task, signal.aborted ? 'the build was ended' : blockedBy(record.task(broken ?? '')), context);
      } else if (running.size < jobs && !task.upstream.some((name) => open.has(name))) {
        waiting.delete(task);
        const work: Promise<void> = runOne(task, context).finally(() => {
          running.delete(work);
          open.delete(task.name);
        });
        running.add(work);
      }
    }
    if (running.size > 0) await Promise.race(running);
  }
}

function blockedBy({ name, state, reason }: TaskRecord): string {
  return state === 'blocked' ? reason : `${name} failed`;
}

function block(task: Task, reason: string, { record, events }: BuildContext): void {
  events.ended(record.change(task.name, { state: 'blocked', reason }));
}

async function runOne(task: Task, context: BuildContext): Promise<void> {
  const { pipeline, runtime, record, recorder, events, signal } = context;
  const started = Date.now();
  const reason = nowThatItRan(record.task(task.name).reason);
  events.began(record.change(task.name, { state: 'running', started, reason }));
  const log = logFile(pipeline, task);
  let runId: string | undefined;
  try {
    const place = await recorder.beginTask(task);
    ({ runId } = place);
    record.change(task.name, { runId });
    const write = openLog(log);
    const onOutput = (text: string): void => {
      write(text);
      events.output(task.name, text);
    };
    markBegun(pipeline, task);
    const resources = await Promise.all(resourcesOf(task).map((path) => fileBuilt(pipeline.folder, path)));
    const upstream = pipeline.tasks.filter(({ name }) => task.upstream.includes(name));
    await runTask({ task, pipeline, upstream, runtime, environment: place.environment, onOutput, signal });
    const ended = Date.now();
    const ids = Object.fromEntries(upstream.map((one) => [one.name, builtId(pipeline, one)]));
    await keepTaskState(pipeline, task, { id: crypto.randomUUID(), started, ended, upstream: ids, resources, runId });
    events.ended(record.change(task.name, { state: 'executed', ended, next: undefined }));
    recorder.endTask(task, runId, 'FINISHED', log);
  } catch (error) {
    // Whatever it is: the others that run go on, and the build comes to its end.
    const message = error instanceof TaskError ? error.message : faultText(error);
    events.ended(record.change(task.name, { state: 'failed', ended: Date.now(), error: tail(message) }));
    recorder.endTask(task, runId, signal.aborted ? 'KILLED' : 'FAILED', log, message);
  }
}

/** `load will run` was the plan. */
function nowThatItRan(reason: string): string {
  return reason.replace(/^(.*) will run$/, (_, who: string) => `${who} ${who.includes(' and ') ? 'were' : 'was'} run`);
}

/** A full disk ends the log, not the task. */
function openLog(file: string): (text: string) => void {
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  let open = true;
  return (text) => {
    if (!open) return;
    try {
      appendFileSync(file, text);
    } catch {
      open = false;
    }
  };
}

function logFile(pipeline: Pipeline, { name }: { readonly name: string }): string {
  return join(stateFolder(pipeline.folder), 'logs', `${name.replace(/[^\w.-]+/g, '_')}.log`);
}

/** What the system refuses says all by itself; a fault of ours needs its place. */
function faultText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error || error.stack === undefined ? error.message : error.stack;
}
