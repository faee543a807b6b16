/** One page about a pipeline: how it stands, its last build, and of each task what it made and how long it took. */
import { readFileSync } from 'node:fs';
import type { PipelineRecord, TaskRecord } from '../../protocol/pipeline-record.ts';
import { lastBuildFile } from '../build-pipeline.ts';
import type { Pipeline, Task } from '../pipeline.ts';
import { planRecord } from '../plan-record.ts';
import { anchor, seconds, taskSection } from '../plot/graph-page.ts';
import { graphSvg, stateLooks, stateText } from '../plot/graph-svg.ts';
import { escaped } from '../plot/markup.ts';
import { page } from '../plot/page.ts';
import { productMarkup } from './product-markup.ts';

export async function reportPage(pipeline: Pipeline): Promise<string> {
  const last = lastBuild(pipeline);
  const record = withErrors(await planRecord(pipeline), last);
  const sections = record.tasks.map((task) => {
    const source = pipeline.tasks.find(({ name }) => name === task.name);
    return taskSection(task, source ? productsMarkup(pipeline, source) : '');
  });
  return page(
    `Pipeline ${record.name}`,
    `${summary(record, last)}
<div class="graph" tabindex="0">${graphSvg(record, (task) => `#${anchor(task)}`)}</div>
<h2>Tasks</h2>${table(record)}
${sections.join('\n')}`,
  );
}

function lastBuild(pipeline: Pipeline): PipelineRecord | undefined {
  try {
    const last = JSON.parse(readFileSync(lastBuildFile(pipeline), 'utf8')) as PipelineRecord;
    return Array.isArray(last.tasks) ? last : undefined;
  } catch {
    // None was made, or another program wrote there.
    return undefined;
  }
}

/** What failed in the last build and was not built since shows why. */
function withErrors(record: PipelineRecord, last: PipelineRecord | undefined): PipelineRecord {
  const tasks = record.tasks.map((task): TaskRecord => {
    const before = last?.tasks.find(({ name }) => name === task.name);
    if (task.state !== 'waiting' || before?.error === undefined) return task;
    const { started, ended, runId, error } = before;
    return {
      ...task,
      state: 'failed',
      error,
      ...(started !== undefined && { started }),
      ...(ended !== undefined && { ended }),
      ...(runId !== undefined && { runId }),
    };
  });
  return { ...record, tasks };
}

function summary({ tasks, file }: PipelineRecord, last: PipelineRecord | undefined): string {
  const counts = Map.groupBy(tasks, ({ state }) => state);
  const words = [...counts].map(([state, some]) => `${some.length} ${stateLooks[state].word}`);
  const when =
    last?.ended === undefined
      ? ''
      : `<p>Last build: ${new Date(last.started).toISOString()}, ${seconds(last.ended - last.started)}</p>`;
  return `<p>${tasks.length} tasks of ${escaped(file)}: ${words.join(', ')}</p>${when}
<p class="quiet">Written ${new Date().toISOString()}</p>`;
}

function table({ tasks }: PipelineRecord): string {
  const rows = tasks.map((task) => {
    const time = task.started === undefined || task.ended === undefined ? '' : seconds(task.ended - task.started);
    const cells = [stateText(task), time, task.doc ?? ''].map(escaped);
    return `<tr><td><a href="#${anchor(task)}">${escaped(task.name)}</a></td>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  return `<table><thead><tr><th>Task</th><th>State</th><th>Time</th><th>What it does</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
}

function productsMarkup({ folder }: Pipeline, { products }: Task): string {
  const shown = products.filter(({ kind }) => kind !== 'relation');
  return shown.map(({ identifier }) => productMarkup(folder, identifier)).join('\n');
}
