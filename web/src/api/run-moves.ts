/** Runs moved from one experiment to another, a thousand in one request. */
import { moveRuns } from '../../../src/protocol/run-moves.ts';
import { call } from './client.ts';

/** Runs by the experiment that they came from. */
export type MovedRuns = readonly { readonly experimentId: string; readonly runIds: readonly string[] }[];

const together = 1000;

/** @param alone without their descendants. What was moved before something failed is told to `onMoved` all the same. */
export async function moveRunsTo(
  runIds: readonly string[],
  experimentId: string,
  { alone = false, onMoved }: { alone?: boolean; onMoved: (moved: MovedRuns, done: number) => void },
): Promise<void> {
  for (let from = 0; from < runIds.length; from += together) {
    const part = runIds.slice(from, from + together);
    const { moved = [] } = await call(moveRuns, { run_ids: part, experiment_id: experimentId, alone });
    onMoved(
      moved.map(({ experiment_id = '', run_ids = [] }) => ({ experimentId: experiment_id, runIds: run_ids })),
      from + part.length,
    );
  }
}
