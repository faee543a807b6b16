/** A pipeline drawn as one SVG that is right on a light and on a dark page. States differ in colour and in their mark. */
import { layoutPipeline } from '../../protocol/pipeline-layout.ts';
import type { PipelineRecord, TaskRecord, TaskState } from '../../protocol/pipeline-record.ts';
import { cutText, escaped } from './markup.ts';

/** What a state is called, and its mark: an outline of 12 by 12. */
export const stateLooks: Readonly<Record<TaskState, { readonly word: string; readonly mark: string }>> = {
  executed: { word: 'was run', mark: 'M2 6.5 5 9.5 10.5 2.5' },
  skipped: { word: 'up to date', mark: 'M2 4.5H10M2 7.5H10' },
  waiting: { word: 'will run', mark: 'M3.5 2 10 6 3.5 10Z' },
  running: { word: 'runs', mark: 'M6 1.5A4.5 4.5 0 1 1 1.5 6M6 3V6L8 7.5' },
  failed: { word: 'failed', mark: 'M2.5 2.5 9.5 9.5M9.5 2.5 2.5 9.5' },
  blocked: { word: 'blocked', mark: 'M6 1.5A4.5 4.5 0 1 1 6 10.5 4.5 4.5 0 1 1 6 1.5M3 9 9 3' },
};

/** Light and dark by the page's reader. */
const graphStyle = `
.my-graph { --ground: #ffffff; --text: #1d2430; --quiet: #5b6575; --line: #9aa4b2; --box: #f6f8fa; --edge: #d5dbe3;
  --executed: #1a7f4b; --skipped: #5b6575; --waiting: #8a5a00; --running: #1f5fbf; --failed: #c22f2f; --blocked: #7a4bb0;
  font: 13px system-ui, sans-serif; }
@media (prefers-color-scheme: dark) {
  .my-graph { --ground: #14181f; --text: #e6eaf0; --quiet: #a3adbb; --line: #667085; --box: #1d232d; --edge: #353e4c;
    --executed: #5fce95; --skipped: #a3adbb; --waiting: #e8b04a; --running: #7db1ff; --failed: #ff8b8b; --blocked: #c3a1f0; }
}
.my-graph .ground { fill: var(--ground); }
.my-graph .edge { fill: none; stroke: var(--line); stroke-width: 1.5; }
.my-graph .tip { fill: var(--line); }
.my-graph .box { fill: var(--box); stroke: var(--edge); }
.my-graph .name { fill: var(--text); font-weight: 600; }
.my-graph .about { fill: var(--quiet); font-size: 11px; }
.my-graph .mark { fill: none; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }
${Object.keys(stateLooks)
  .map((state) => `.my-graph .${state} .mark, .my-graph .${state} .band { stroke: var(--${state}); }`)
  .join('\n')}
.my-graph .band { stroke-width: 3; }
`;

/** @param hrefOf makes each box a link */
export function graphSvg(
  record: Pick<PipelineRecord, 'name' | 'tasks'>,
  hrefOf?: (task: TaskRecord) => string,
): string {
  const { width, height, size, nodes, edges } = layoutPipeline(record.tasks);
  const lines = edges.map(({ path }) => `<path class="edge" d="${path}" marker-end="url(#tip)"/>`);
  const boxes = record.tasks.map((task, at) => {
    const { x = 0, y = 0 } = nodes[at] ?? {};
    const box = boxOf(task, x, y, size.width, size.height);
    return hrefOf ? `<a href="${escaped(hrefOf(task))}">${box}</a>` : box;
  });
  const summary = `Pipeline ${record.name}: ${record.tasks.map(({ name, state }) => `${name} ${stateLooks[state].word}`).join(', ')}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" class="my-graph" role="img" aria-label="${escaped(summary)}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<style>${graphStyle}</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="tip" d="M0 0 8 4 0 8Z"/></marker>
<clipPath id="words"><rect width="${size.width - 6}" height="${size.height}"/></clipPath></defs>
<rect class="ground" width="${width}" height="${height}"/>
${lines.join('\n')}
${boxes.join('\n')}
</svg>
`;
}

function boxOf(task: TaskRecord, x: number, y: number, width: number, height: number): string {
  const { word, mark } = stateLooks[task.state];
  const about = `${word} · ${task.source}`;
  const whole = [task.name, stateText(task), task.source, ...task.products.map(({ identifier }) => identifier)];
  return `<g class="${task.state}" transform="translate(${x} ${y})"><title>${escaped(whole.join('\n'))}</title>
<rect class="box" width="${width}" height="${height}" rx="6"/><path class="band" d="M1.5 8V${height - 8}"/>
<path class="mark" d="${mark}" transform="translate(14 12)"/>
<g clip-path="url(#words)"><text class="name" x="34" y="22">${escaped(cutText(task.name, 20))}</text><text class="about" x="14" y="40">${escaped(cutText(about, 29))}</text></g></g>`;
}

export function stateText({ state, reason }: TaskRecord): string {
  const { word } = stateLooks[state];
  return word === reason ? word : `${word}: ${reason}`;
}
