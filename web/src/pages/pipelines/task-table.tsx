import { useMemo } from 'react';
import type { PipelineRecord, TaskRecord } from '../../api/pipeline-record.ts';
import { Grid } from '../../components/grid/grid.tsx';
import type { GridColumn } from '../../components/grid/grid-types.ts';
import type { Hotkeys } from '../../components/hotkeys.ts';
import { Lasted } from '../../components/lasted.tsx';
import { text } from '../../text/pipelines.ts';
import { useGridKeys } from '../../components/grid/grid-keys.ts';
import { TaskMark } from './task-mark.tsx';

interface TaskTableProps {
  readonly record: PipelineRecord;
  /** Beside an open task, in place of those of the table. */
  readonly keys: Hotkeys;
  readonly onChoose: (task: string) => void;
}

/** What the graph shows, as a table. */
export function TaskTable({ record, keys, onChoose }: TaskTableProps) {
  const columns = useMemo(() => taskColumns(onChoose), [onChoose]);
  useGridKeys(keys);
  const { tasks } = record;
  return (
    <Grid
      label={text.table.label(record.name)}
      columns={columns}
      rowCount={tasks.length}
      rowAt={(index) => tasks[index]}
      keyOf={({ name }) => name}
      rowHeight={28}
      onOpen={({ name }) => {
        onChoose(name);
      }}
    />
  );
}

function taskColumns(onChoose: (task: string) => void): readonly GridColumn<TaskRecord>[] {
  const { table } = text;
  const plain = { sortable: false } as const;
  return [
    {
      ...plain,
      key: 'task',
      title: table.task,
      width: 190,
      cell: ({ name }) => (
        <button
          type="button"
          className="link-button"
          tabIndex={-1}
          title={name}
          onClick={() => {
            onChoose(name);
          }}
        >
          {name}
        </button>
      ),
    },
    { ...plain, key: 'state', title: table.state, width: 110, cell: ({ state }) => <TaskMark state={state} /> },
    {
      ...plain,
      key: 'lasted',
      title: table.lasted,
      width: 90,
      align: 'end',
      cell: ({ state, started, ended }) =>
        started !== undefined && (ended !== undefined || state === 'running') && <Lasted from={started} to={ended} />,
    },
    {
      ...plain,
      key: 'reason',
      title: table.reason,
      width: 220,
      cell: ({ reason }) => <span title={reason}>{reason}</span>,
    },
    { ...plain, key: 'next', title: table.next, width: 220, cell: ({ next }) => <span title={next}>{next}</span> },
    {
      ...plain,
      key: 'upstream',
      title: table.upstream,
      width: 220,
      cell: ({ upstream }) => <span title={upstream.join(', ')}>{upstream.join(', ')}</span>,
    },
    { ...plain, key: 'kind', title: table.kind, width: 96, cell: ({ kind }) => text.kinds[kind] },
    {
      ...plain,
      key: 'source',
      title: table.source,
      width: 260,
      cell: ({ source }) => <code title={source}>{source}</code>,
    },
  ];
}
