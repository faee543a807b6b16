/** What is asked of a search while it runs: it looks at its tags for that. */
import { automlTags, stopWish } from '../../api/automl-rules.ts';
import { tagRun } from '../../api/run-changes.ts';
import type { Search } from '../../api/automl.ts';
import { queryClient } from '../../api/query-client.ts';
import { change } from '../../components/change.ts';
import { text } from '../../text/automl.ts';
import { spanText } from './time-left.tsx';

async function wish({ runId }: Search, value: string): Promise<void> {
  await tagRun(runId, automlTags.wish, value);
  await queryClient.invalidateQueries({ queryKey: ['run', runId], exact: true });
}

export function stopSearch(search: Search): Promise<void> {
  return wish(search, stopWish);
}

/** @param ms that it gets from its deadline on */
export async function extendSearch(search: Search, ms: number): Promise<void> {
  const from = deadlineOf(search) ?? Date.now();
  await change(() => wish(search, String(from + ms)), text.head.extended(spanText(ms)));
}

/** That which was wished for, until the search has taken it up. */
export function deadlineOf({ deadline, wish: wanted }: Search): number | undefined {
  const wished = Number(wanted);
  return wanted !== undefined && Number.isFinite(wished) && wished > (deadline ?? 0) ? wished : deadline;
}
