/** One page that stands alone: the graph, what would run next and why, and the facts of each task. */
import type { PipelineRecord, TaskRecord } from '../../protocol/pipeline-record.ts';
import { graphSvg, stateText } from './graph-svg.ts';
import { escaped } from './markup.ts';
import { page } from './page.ts';

export function graphPage(record: PipelineRecord): string {
  const next = record.tasks.filter(({ next: why }) => why !== undefined);
  const rows = next.map(
    (task) =>
      `<tr><td><a href="#${anchor(task)}">${escaped(task.name)}</a></td><td>${escaped(task.next ?? '')}</td></tr>`,
  );
  const list =
    next.length === 0
      ? '<p>Nothing: everything is up to date.</p>'
      : `<table><thead><tr><th>Task</th><th>Why</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
  return page(
    `Pipeline ${record.name}`,
    `<p>${record.tasks.length} tasks of ${escaped(record.file)}</p>
<div class="graph" tabindex="0">${graphSvg(record, (task) => `#${anchor(task)}`)}</div>
<h2>What the next build runs</h2>${list}
<h2>Tasks</h2>${record.tasks.map((task) => taskSection(task)).join('\n')}`,
  );
}

export function anchor({ name }: { readonly name: string }): string {
  return `task-${encodeURIComponent(name).replaceAll('%', '_')}`;
}

/** @param more of the page's own */
export function taskSection(task: TaskRecord, more = ''): string {
  const time =
    task.started === undefined || task.ended === undefined
      ? ''
      : `${seconds(task.ended - task.started)} · ${new Date(task.ended).toISOString()}`;
  const facts: readonly (readonly [string, string])[] = [
    ['State', stateText(task)],
    ['Source', `${task.source} (${task.kind})`],
    ['Takes', task.upstream.join(', ')],
    [
      'Makes',
      task.products.map(({ key, identifier }) => (key === undefined ? identifier : `${key}: ${identifier}`)).join(', '),
    ],
    [
      'Params',
      Object.entries(task.params)
        .map(([key, value]) => `${key} = ${typeof value === 'string' ? value : JSON.stringify(value)}`)
        .join('\n'),
    ],
    ['Last run', time],
    ['Run', task.runId ?? ''],
  ];
  const shown = facts.filter(([, value]) => value !== '');
  const error = task.error === undefined ? '' : `<pre class="error">${escaped(task.error)}</pre>`;
  return `<section id="${anchor(task)}"><h3>${escaped(task.name)}</h3>${task.doc === undefined ? '' : `<p>${escaped(task.doc)}</p>`}
<dl>${shown.map(([name, value]) => `<dt>${name}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>${error}${more}</section>`;
}

export function seconds(ms: number): string {
  return ms < 60_000
    ? `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`
    : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}
