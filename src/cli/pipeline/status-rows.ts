/** Tasks as rows: when each was built, and whether and why it will run. */
import { relative } from 'node:path';
import { planOf } from '../../pipelines/plan.ts';
import type { Pipeline } from '../../pipelines/pipeline.ts';
import type { Output } from '../output/output.ts';

/** @param only names of those that are shown; default: all */
export async function showStatus(pipeline: Pipeline, out: Output, only?: ReadonlySet<string>): Promise<void> {
  // All are looked at, because one may be old for what stands before it.
  const plan = await planOf(pipeline);
  const wanted = plan.filter(({ task }) => only?.has(task.name) ?? true);
  const rows = wanted.map(({ task, why, built }) => ({
    name: task.name,
    kind: task.kind,
    last_run: built?.ended ?? null,
    outdated: why ?? (false as const),
    products: task.products.map(({ identifier }) => identifier),
    doc: task.facts.doc ?? null,
    location: location(task.facts.file, task.facts.line) ?? task.source,
    upstream: task.upstream,
    run_id: built?.runId ?? null,
  }));
  out.list(
    rows,
    [
      { title: 'NAME', cell: ({ name }) => name },
      {
        title: 'LAST RUN',
        cell: ({ last_run }) => (last_run === null ? 'never' : new Date(last_run)),
        whole: true,
      },
      {
        title: 'OUTDATED?',
        cell: ({ outdated }) => outdated || 'no',
        colour: ({ outdated }) => (outdated === false ? 'green' : 'yellow'),
      },
      { title: 'PRODUCT', cell: ({ products }) => products.join(', ') },
      { title: 'DOC', cell: ({ doc }) => doc ?? undefined, optional: true },
      { title: 'LOCATION', cell: ({ location: where }) => where, optional: true },
    ],
    'There are no tasks.',
  );
}

function location(file: string | undefined, line: number | undefined): string | undefined {
  if (file === undefined) return undefined;
  const near = relative(process.cwd(), file);
  const path = near.startsWith('..') ? file : near;
  return line === undefined ? path : `${path}:${line}`;
}
