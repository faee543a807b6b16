/** What is asked of a search while it runs. */
import type { Search } from '../../api/automl.ts';
import { askForMore, askToStop } from '../../api/automl-changes.ts';
import { change } from '../../components/change.ts';
import { text } from '../../text/automl.ts';
import { spanText } from './time-left.tsx';

export function stopSearch({ runId }: Search): Promise<void> {
  return askToStop(runId);
}

/** @param ms that it gets from its deadline on */
export async function extendSearch({ runId }: Search, ms: number): Promise<void> {
  await change(() => askForMore(runId, ms / 1000), text.head.extended(spanText(ms)));
}

/** That which was wished for, until the search has taken it up. */
export function deadlineOf({ deadline, wish: wanted }: Search): number | undefined {
  const wished = Number(wanted);
  return wanted !== undefined && Number.isFinite(wished) && wished > (deadline ?? 0) ? wished : deadline;
}
