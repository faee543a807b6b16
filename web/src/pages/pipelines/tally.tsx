import { useQuery } from '@tanstack/react-query';
import { taskStates, type TaskRecord } from '../../api/pipeline-record.ts';
import { buildRecord } from '../../api/pipelines.ts';
import { count } from '../../components/format.ts';
import { text } from '../../text/pipelines.ts';

const order = ['failed', 'running', 'executed', 'skipped', 'waiting', 'blocked'] as const;

/** How many tasks are in which state, such as `1 failed · 3 executed`. */
export function tallyOf(tasks: readonly TaskRecord[]): string {
  const by = new Map(taskStates.map((state) => [state, tasks.filter((task) => task.state === state).length]));
  return text.tally(
    order.flatMap((state) => {
      const found = by.get(state) ?? 0;
      return found > 0 ? [[text.states[state], count(found)] as const] : [];
    }),
  );
}

/** The tally of a build in a cell of a table. */
export function BuildTally({ runId }: { runId: string }) {
  const { data } = useQuery(buildRecord(runId));
  return data ? tallyOf(data.tasks) : null;
}
