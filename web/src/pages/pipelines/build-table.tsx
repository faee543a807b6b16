import { useMemo } from 'react';
import type { Build } from '../../api/pipelines.ts';
import { CellLink } from '../../components/cell-link.tsx';
import { Grid } from '../../components/grid/grid.tsx';
import type { GridColumn } from '../../components/grid/grid-types.ts';
import { Lasted } from '../../components/lasted.tsx';
import { Time } from '../../components/time.tsx';
import { text } from '../../text/pipelines.ts';
import { useGridKeys } from '../../components/grid/grid-keys.ts';
import { BuildMark } from './build-mark.tsx';
import { BuildTally } from './tally.tsx';

interface BuildTableProps {
  readonly builds: readonly Build[];
  readonly busy: boolean;
  readonly onOpen: (build: Build) => void;
}

/** The history of a pipeline, newest first. */
export function BuildTable({ builds, busy, onOpen }: BuildTableProps) {
  const columns = useMemo(() => buildColumns(onOpen), [onOpen]);
  useGridKeys();
  return (
    <Grid
      label={text.tabs.builds}
      columns={columns}
      rowCount={builds.length}
      rowAt={(index) => builds[index]}
      keyOf={({ runId }) => runId}
      rowHeight={28}
      busy={busy}
      onOpen={onOpen}
    />
  );
}

function buildColumns(onOpen: (build: Build) => void): readonly GridColumn<Build>[] {
  const { columns } = text;
  const plain = { sortable: false } as const;
  return [
    {
      ...plain,
      key: 'when',
      title: columns.when,
      width: 140,
      cell: (build) => (
        <button
          type="button"
          className="link-button"
          tabIndex={-1}
          onClick={() => {
            onOpen(build);
          }}
        >
          <Time at={build.start} />
        </button>
      ),
    },
    {
      ...plain,
      key: 'state',
      title: text.table.state,
      width: 110,
      cell: ({ status }) => <BuildMark status={status} />,
    },
    {
      ...plain,
      key: 'lasted',
      title: columns.lasted,
      width: 100,
      align: 'end',
      cell: ({ status, start, end }) => (end !== undefined || status === 'RUNNING') && <Lasted from={start} to={end} />,
    },
    { ...plain, key: 'tasks', title: columns.tasks, width: 320, cell: ({ runId }) => <BuildTally runId={runId} /> },
    {
      ...plain,
      key: 'run',
      title: columns.run,
      width: 220,
      cell: ({ runId, runName, experimentId }) => (
        <CellLink path={`/experiments/${experimentId}/runs/${runId}`} title={runId}>
          {runName || runId}
        </CellLink>
      ),
    },
  ];
}
