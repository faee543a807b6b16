/** How jobs are shown. */
import type { job } from '../../protocol/jobs.ts';
import type { Decoded, Int64 } from '../../protocol/schema.ts';
import type { Detail } from '../output/output.ts';
import type { Column } from '../output/table.ts';
import type { Colour } from '../output/terminal.ts';
import { Bytes, Span } from '../output/values.ts';

export type Job = Decoded<typeof job>;

const colours: Readonly<Record<string, Colour>> = {
  finished: 'green',
  failed: 'red',
  canceled: 'dim',
  running: 'blue',
};

function colourOf({ state }: Job): Colour | undefined {
  return colours[state ?? ''];
}

function stateText({ state, queue_position: position }: Job): string {
  return state === 'queued' && position ? `queued (${position})` : (state ?? '');
}

function dateOf(time: Int64 | undefined): Date | undefined {
  return time === undefined ? undefined : new Date(Number(time));
}

/** Until now, while it runs. */
function spanOf({ start_time: start, end_time: end, state }: Job): Span | undefined {
  if (start === undefined || state === 'queued') return undefined;
  return new Span(Number(end ?? Date.now()) - Number(start));
}

export const columns: readonly Column<Job>[] = [
  { title: 'JOB', cell: ({ job_id: id }) => id, whole: true },
  { title: 'STATE', cell: stateText, colour: colourOf, whole: true },
  { title: 'PROJECT', cell: ({ title }) => title },
  { title: 'CREATED', cell: ({ creation_time: time }) => dateOf(time), whole: true },
  { title: 'TOOK', cell: spanOf, whole: true },
  { title: 'RUN', cell: ({ run_id: id }) => id, optional: true },
  { title: 'MESSAGE', cell: ({ message }) => message || undefined, optional: true },
];

export function details(found: Job): Detail[] {
  const { project, automl, attempts = 0, max_attempts: most = 1 } = found;
  return [
    ['Job', found.job_id, 'bold'],
    ['State', stateText(found), colourOf(found)],
    ['Message', found.message || undefined],
    ['Project', project?.uri],
    ['Version', project?.version || undefined],
    ['Entry point', project?.entry_point],
    ...Object.entries(project?.parameters ?? {}).map(([name, value]): Detail => [`  ${name}`, value]),
    ['Environment', project?.env_manager || undefined],
    ['Data', automl?.dataset],
    ['Target', automl && `${automl.target_col} (${automl.problem_type})`],
    ['Metric', automl?.primary_metric],
    ['Time', automl && `${automl.timeout_seconds} s`],
    ['Experiment', found.experiment_id],
    ['Run', found.run_id || undefined],
    ['Exit code', found.state === 'running' || found.state === 'queued' ? undefined : found.exit_code],
    ['Attempts', most > 1 || attempts > 1 ? `${attempts} of ${most}` : undefined],
    ['Repeats', found.retry_of || undefined],
    ['Log', new Bytes(Number(found.log_size ?? 0))],
    ['Created', dateOf(found.creation_time)],
    ['Began', dateOf(found.start_time)],
    ['Ended', dateOf(found.end_time)],
    ['Took', spanOf(found)],
  ];
}
