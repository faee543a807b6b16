import { CellLink } from '../../components/cell-link.tsx';
import { count, shortNumber } from '../../components/format.ts';
import type { GridColumn } from '../../components/grid/grid-types.ts';
import { Time } from '../../components/time.tsx';
import { text as words } from '../../text/automl-words.ts';
import { text } from '../../text/automl.ts';
import { PhaseMark } from './phase-mark.tsx';
import { pathOfVersion } from './registered-link.tsx';
import { nameOfData, type SearchOrder, type SearchRow } from './search-rows.ts';
import { SearchTime } from './time-left.tsx';

export function searchColumns(order: SearchOrder, ascending: boolean): readonly GridColumn<SearchRow>[] {
  const { columns } = text;
  const all: readonly GridColumn<SearchRow>[] = [
    {
      key: 'name',
      title: columns.name,
      width: 170,
      cell: ({ runId, name }) => (
        <CellLink path={`/automl/${runId}`} title={name}>
          {name}
        </CellLink>
      ),
    },
    { key: 'state', title: columns.state, width: 150, cell: (search) => <PhaseMark search={search} /> },
    {
      key: 'problem',
      title: columns.problem,
      width: 104,
      cell: ({ config }) => config && words.problems[config.problem_type],
    },
    {
      key: 'data',
      title: columns.data,
      width: 130,
      cell: ({ config }) => config && <span title={config.dataset}>{nameOfData(config.dataset)}</span>,
    },
    { key: 'target', title: columns.target, width: 104, cell: ({ config }) => config?.target_col },
    {
      key: 'metric',
      title: columns.metric,
      width: 90,
      cell: ({ config }) => config && words.metrics[config.primary_metric],
    },
    {
      key: 'best',
      title: columns.best,
      width: 90,
      align: 'end',
      cell: ({ best }) => best !== undefined && <span title={String(best)}>{shortNumber(best)}</span>,
    },
    {
      key: 'trials',
      title: columns.trials,
      width: 70,
      align: 'end',
      cell: ({ trials }) => count(trials),
    },
    {
      key: 'time',
      title: columns.time,
      width: 104,
      align: 'end',
      cell: (search) => <SearchTime search={search} />,
    },
    { key: 'started', title: columns.started, width: 120, cell: ({ started }) => <Time at={started} /> },
    {
      key: 'experiment',
      title: columns.experiment,
      width: 180,
      cell: ({ experimentId, experiment }) => (
        <CellLink path={`/experiments/${experimentId}/runs`} title={experiment}>
          {experiment}
        </CellLink>
      ),
    },
    {
      key: 'registered',
      title: columns.registered,
      width: 140,
      cell: ({ registered }) => {
        const path = registered === undefined ? undefined : pathOfVersion(registered);
        return path === undefined ? registered : <CellLink path={path}>{registered}</CellLink>;
      },
    },
  ];
  return all.map((column) =>
    column.key === order ? { ...column, sort: { descending: !ascending, place: 0 } } : column,
  );
}
