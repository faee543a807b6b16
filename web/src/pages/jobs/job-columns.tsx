import { hasEnded, type Job } from '../../api/jobs.ts';
import { CellLink } from '../../components/cell-link.tsx';
import { count } from '../../components/format.ts';
import type { GridColumn } from '../../components/grid/grid-types.ts';
import { Lasted } from '../../components/lasted.tsx';
import { Menu, MenuItem } from '../../components/menu.tsx';
import { Time } from '../../components/time.tsx';
import { text } from '../../text/jobs.ts';
import { ExperimentLink } from './experiment-link.tsx';
import { JobMark } from './job-mark.tsx';

export interface JobActions {
  readonly onCancel: (job: Job) => void;
  readonly onRetry: (job: Job) => void;
  readonly onChange: (job: Job) => void;
  readonly onDelete: (job: Job) => void;
}

export function jobColumns(actions: JobActions): readonly GridColumn<Job>[] {
  const { columns } = text;
  return [
    {
      key: 'title',
      title: columns.title,
      width: 280,
      cell: ({ id, title }) => (
        <CellLink path={`/jobs/${encodeURIComponent(id)}`} title={title}>
          {title}
        </CellLink>
      ),
    },
    {
      key: 'state',
      title: columns.state,
      width: 110,
      cell: ({ state, message }) => (
        <span title={message}>
          <JobMark state={state} />
        </span>
      ),
    },
    {
      key: 'place',
      title: columns.place,
      width: 64,
      align: 'end',
      cell: ({ place }) => place !== undefined && count(place),
    },
    {
      key: 'lasted',
      title: columns.lasted,
      width: 110,
      align: 'end',
      cell: ({ started, ended }) => started !== undefined && <Lasted from={started} to={ended} />,
    },
    {
      key: 'started',
      title: columns.started,
      width: 120,
      cell: ({ started }) => started !== undefined && <Time at={started} />,
    },
    {
      key: 'run',
      title: columns.run,
      width: 140,
      cell: ({ runId, experimentId, project }) =>
        runId !== undefined && (
          <CellLink path={`/experiments/${experimentId ?? '0'}/runs/${runId}`} title={runId}>
            {project.runName === '' ? <code>{runId.slice(0, 8)}</code> : project.runName}
          </CellLink>
        ),
    },
    {
      key: 'experiment',
      title: columns.experiment,
      width: 160,
      cell: ({ experimentId }) => experimentId !== undefined && <ExperimentLink id={experimentId} tabIndex={-1} />,
    },
    {
      key: 'submitted',
      title: columns.submitted,
      width: 120,
      cell: ({ created }) => <Time at={created} />,
    },
    {
      key: 'attempts',
      title: columns.attempts,
      width: 84,
      align: 'end',
      cell: ({ attempts, maxAttempts }) =>
        maxAttempts > 1 ? text.attempts(count(attempts), count(maxAttempts)) : attempts > 1 && count(attempts),
    },
    {
      key: 'actions',
      title: columns.actions,
      width: 76,
      cell: (job) => <JobMenu job={job} actions={actions} />,
    },
  ];
}

function JobMenu({ job, actions }: { job: Job; actions: JobActions }) {
  return (
    <Menu icon="more" label={text.more(job.title)} className="in-cell" tabIndex={-1}>
      {hasEnded(job) ? (
        <>
          <MenuItem icon="play" onSelect={() => actions.onRetry(job)}>
            {text.retry}
          </MenuItem>
          <MenuItem icon="pencil" onSelect={() => actions.onChange(job)}>
            {text.change}
          </MenuItem>
          <MenuItem icon="trash" danger onSelect={() => actions.onDelete(job)}>
            {text.remove}
          </MenuItem>
        </>
      ) : (
        <>
          <MenuItem icon="stop" danger onSelect={() => actions.onCancel(job)}>
            {text.cancel}
          </MenuItem>
          <MenuItem icon="pencil" onSelect={() => actions.onChange(job)}>
            {text.change}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
