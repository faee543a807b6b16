import { CellLink } from '../../components/cell-link.tsx';
import { count } from '../../components/format.ts';
import type { GridColumn } from '../../components/grid/grid-types.ts';
import { Lasted } from '../../components/lasted.tsx';
import { Time } from '../../components/time.tsx';
import { text } from '../../text/pipelines.ts';
import { BuildMark } from './build-mark.tsx';
import { BuildStrip } from './build-strip.tsx';
import type { PipelineOrder, PipelineRow } from './pipeline-rows.ts';
import { BuildTally } from './tally.tsx';

function pathOfPipeline(experimentId: string, name: string): string {
  return `/pipelines/${experimentId}/${encodeURIComponent(name)}`;
}

export function pipelineColumns(order: PipelineOrder, ascending: boolean): readonly GridColumn<PipelineRow>[] {
  const { columns } = text;
  const all: readonly GridColumn<PipelineRow>[] = [
    {
      key: 'name',
      title: columns.name,
      width: 220,
      cell: ({ name, experimentId }) => (
        <CellLink path={pathOfPipeline(experimentId, name)} title={name}>
          {name}
        </CellLink>
      ),
    },
    {
      key: 'state',
      title: columns.state,
      width: 110,
      cell: ({ builds: [last] }) => <BuildMark status={last.status} />,
    },
    { key: 'when', title: columns.when, width: 120, cell: ({ builds: [last] }) => <Time at={last.start} /> },
    {
      key: 'lasted',
      title: columns.lasted,
      width: 100,
      align: 'end',
      cell: ({ builds: [last] }) =>
        last.end === undefined && last.status !== 'RUNNING' ? null : <Lasted from={last.start} to={last.end} />,
    },
    {
      key: 'tasks',
      title: columns.tasks,
      width: 290,
      sortable: false,
      cell: ({ builds: [last] }) => <BuildTally runId={last.runId} />,
    },
    {
      key: 'recent',
      title: columns.recent,
      width: 210,
      sortable: false,
      cell: ({ builds }) => <BuildStrip builds={builds} />,
    },
    { key: 'builds', title: columns.builds, width: 76, align: 'end', cell: ({ builds }) => count(builds.length) },
    {
      key: 'experiment',
      title: columns.experiment,
      width: 200,
      cell: ({ experimentId, experiment }) => (
        <CellLink path={`/experiments/${experimentId}/runs`} title={experiment}>
          {experiment}
        </CellLink>
      ),
    },
  ];
  return all.map((column) =>
    column.key === order ? { ...column, sort: { descending: !ascending, place: 0 } } : column,
  );
}
