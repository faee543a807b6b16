/** Runs as rows. */
import type { Run, RunStatus } from '../../sdk/entities.ts';
import type { Column } from '../output/table.ts';
import type { Colour } from '../output/terminal.ts';
import { Span } from '../output/values.ts';

const colours: Readonly<Record<RunStatus, Colour | undefined>> = {
  RUNNING: 'blue',
  SCHEDULED: 'blue',
  FINISHED: 'green',
  FAILED: 'red',
  KILLED: 'yellow',
};

export function statusColour({ info }: Run): Colour | undefined {
  return info.lifecycleStage === 'deleted' ? 'dim' : colours[info.status];
}

export function statusText({ info }: Run): string {
  return info.lifecycleStage === 'deleted' ? `${info.status} (deleted)` : info.status;
}

export function durationOf({ info }: Run): Span | undefined {
  return info.endTime === undefined ? undefined : new Span(info.endTime - info.startTime);
}

/** What every run has, then its metrics and params as far as the width allows. */
export function runColumns(runs: readonly Run[]): Column<Run>[] {
  const metrics = keysOf(runs, ({ data }) => data.metrics);
  const params = keysOf(runs, ({ data }) => data.params);
  return [
    { title: 'NAME', cell: ({ info }) => info.runName },
    { title: 'ID', cell: ({ info }) => info.runId, whole: true },
    { title: 'STATUS', cell: statusText, colour: statusColour, whole: true },
    { title: 'STARTED', cell: ({ info }) => new Date(info.startTime), whole: true },
    { title: 'DURATION', cell: durationOf, whole: true },
    ...metrics.map((key): Column<Run> => ({ title: key, cell: ({ data }) => data.metrics[key], optional: true })),
    ...params.map((key): Column<Run> => ({ title: key, cell: ({ data }) => data.params[key], optional: true })),
  ];
}

export function keysOf(runs: readonly Run[], record: (run: Run) => object): string[] {
  return [...new Set(runs.flatMap((run) => Object.keys(record(run))))].toSorted();
}
