/** What is printed when a build has ended. */
import type { BuildResult } from '../../pipelines/build-pipeline.ts';
import type { PipelineRecord, TaskRecord } from '../../protocol/pipeline-record.ts';
import { painted, terminalOf, type Colour } from '../output/terminal.ts';
import type { Output } from '../output/output.ts';
import { Span } from '../output/values.ts';

const colours: Readonly<Partial<Record<TaskRecord['state'], Colour>>> = {
  executed: 'green',
  failed: 'red',
  blocked: 'yellow',
};

export function reportBuild({ record, run, error, failed }: BuildResult, out: Output): void {
  if (out.json) {
    out.done({ ...record, ...(run && { run_id: run.runId }) }, '');
    return;
  }
  const all = record.tasks.reduce((sum, task) => sum + timeOf(task), 0);
  out.list(
    record.tasks,
    [
      { title: 'NAME', cell: ({ name }) => name },
      { title: 'RAN?', cell: ranText, colour: ({ state }) => colours[state], whole: true },
      {
        title: 'ELAPSED',
        cell: (task) => (didRun(task) ? new Span(timeOf(task)) : undefined),
        right: true,
        whole: true,
      },
      {
        title: 'PERCENTAGE',
        cell: (task) => (all === 0 || !didRun(task) ? undefined : `${((100 * timeOf(task)) / all).toFixed(1)} %`),
        right: true,
        whole: true,
      },
      { title: 'REASON', cell: ({ reason }) => reason, optional: true },
    ],
    'Nothing to build.',
  );
  if (run) out.note(`Recorded as run ${run.runId}: ${run.address}`);
  if (failed) writeErrors(record, error);
}

/** The tracebacks as they are, last, where they are seen. */
function writeErrors({ tasks }: PipelineRecord, error: string | undefined): void {
  const terminal = terminalOf(process.stderr);
  for (const { name, error: why } of tasks) {
    if (why !== undefined) write(painted(`${name} failed`, 'red', terminal), why);
  }
  if (error !== undefined) write(...(error.split(/\n([\s\S]*)/, 2) as [string, string]));
}

function write(head: string, text = ''): void {
  const clean = text.replace(/\u001b\[[\d;]*m/g, '').replace(/[^\P{Cc}\n\t]/gu, '\ufffd');
  process.stderr.write(`\n${head}\n${clean.trimEnd()}\n`);
}

function ranText({ state }: TaskRecord): string {
  if (state === 'executed') return 'yes';
  return state === 'skipped' ? 'no' : state;
}

function didRun({ state }: TaskRecord): boolean {
  return state === 'executed' || state === 'failed';
}

function timeOf(task: TaskRecord): number {
  return didRun(task) ? (task.ended ?? 0) - (task.started ?? 0) : 0;
}
