/** The colour that a run was given, kept in a tag so that everybody sees it. */
import { queryClient } from './query-client.ts';
import { runQuery } from './run.ts';
import { tagRun, untagRun } from './run-changes.ts';

/** Undefined takes the colour away. Answers the one before. */
export async function setRunColour(
  run: { readonly id: string; readonly experimentId: string },
  tag: string,
  colour: string | undefined,
): Promise<string | undefined> {
  const before = (await queryClient.query({ ...runQuery(run.id), staleTime: 0 })).tags.get(tag);
  if (colour !== undefined) await tagRun(run.id, tag, colour);
  else if (before !== undefined) await untagRun(run.id, tag);
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['run', run.id] }),
    // Of several experiments, those of one table stand in one key.
    queryClient.invalidateQueries({ predicate: ({ queryKey: [kind, ids] }) => kind === 'runs' && holds(ids, run) }),
  ]);
  return before;
}

function holds(ids: unknown, { experimentId }: { readonly experimentId: string }): boolean {
  return typeof ids === 'string' && ids.split(',').includes(experimentId);
}
