import { useQuery } from '@tanstack/react-query';
import { listing, type Entry } from '../../api/artifacts.ts';
import type { ProductRecord, TaskRecord } from '../../api/pipeline-record.ts';
import { buildRecord, runsOfTask, type Build } from '../../api/pipelines.ts';

const folder = 'pipeline';
const none: readonly Entry[] = [];

export interface KeptProducts {
  /** The run that has them as artifacts. */
  readonly runId: string | undefined;
  readonly products: readonly ProductRecord[];
  /** What else the run has of the task: what it printed, a notebook that failed on its way. */
  readonly files: readonly Entry[];
  /** The build that made them, where that is another one. */
  readonly from: Build | undefined;
}

/** Where the products of a task lie: with its run, or with that of the last build before that ran it. Undefined: not known yet. */
export function useKeptProducts(task: TaskRecord, build: Build, builds: readonly Build[]): KeptProducts | undefined {
  const own = task.runId;
  const runs = useQuery({ ...runsOfTask(build.experimentId, task.name), enabled: own === undefined });
  const earlier = (runs.data ?? [])
    .filter(({ finished }) => finished)
    .map(({ buildId, runId }) => ({ runId, build: builds.find((one) => one.runId === buildId) }))
    .find((one) => one.build !== undefined && one.build.start < build.start);
  const record = useQuery({ ...buildRecord(earlier?.build?.runId ?? ''), enabled: earlier !== undefined });
  const then = record.data?.tasks.find(({ name, runId }) => name === task.name && runId === earlier?.runId);
  const runId = own ?? (then && earlier?.runId);
  const beside = useQuery({ ...listing(runId ?? '', folder), enabled: runId !== undefined });
  if (own === undefined && (runs.isPending || (earlier && record.isPending))) return undefined;
  return {
    runId,
    products: (own === undefined ? then : task)?.products ?? task.products,
    files: (runId === undefined ? undefined : beside.data)?.filter(isOwnFile) ?? none,
    from: own === undefined && then ? earlier?.build : undefined,
  };
}

/** The error stands with the facts already. */
function isOwnFile({ isFolder, name }: Entry): boolean {
  return !isFolder && name !== 'error.txt';
}
