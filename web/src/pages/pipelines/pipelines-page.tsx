import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { prefix } from '../../api/client.ts';
import { buildsIn, experimentsOfPipelines } from '../../api/pipelines.ts';
import { count } from '../../components/format.ts';
import { FirstSteps } from '../../components/first-steps.tsx';
import { Grid } from '../../components/grid/grid.tsx';
import { Fetched } from '../../components/fetched.tsx';
import { ListHead } from '../../components/list-head.tsx';
import { NoMatch } from '../../components/no-match.tsx';
import { useUrlState } from '../../components/url-state.ts';
import { listOfUrl } from '../../components/grid/use-list-begun.ts';
import { useSmallScreen } from '../../components/use-small-screen.ts';
import { text } from '../../text/pipelines.ts';
import { useGridKeys } from '../../components/grid/grid-keys.ts';
import { nextSorting, parseSorting } from '../../components/grid/sorting.ts';
import { pipelineColumns } from './pipeline-columns.tsx';
import { matchingPipelines, pipelineOrders, pipelineRows, sortedPipelines } from './pipeline-rows.ts';

export function PipelinesPage() {
  const [url, setUrl] = useUrlState();
  const navigate = useNavigate();
  const narrow = useSmallScreen();
  const experiments = useQuery(experimentsOfPipelines());
  const builds = useQuery(buildsIn(experiments.data?.map(({ id }) => id) ?? []));
  const query = url['q'] ?? '';
  const sorting = parseSorting(url['sort'], '-when');
  const order = pipelineOrders.find((one) => one === sorting.key) ?? 'when';
  const { ascending } = sorting;
  const all = useMemo(
    () => builds.data && experiments.data && pipelineRows(builds.data, experiments.data),
    [builds.data, experiments.data],
  );
  const rows = useMemo(
    () => sortedPipelines(matchingPipelines(all ?? [], query), order, ascending),
    [all, query, order, ascending],
  );
  const columns = useMemo(() => pipelineColumns(order, ascending), [order, ascending]);
  useGridKeys();
  const error = experiments.error ?? builds.error;
  const empty = all?.length === 0 || experiments.data?.length === 0;

  return (
    <>
      <ListHead
        title={text.pipelines}
        counts={all && text.counts(count(all.length), query === '' ? undefined : count(rows.length))}
        search={{ label: text.search, hint: text.searchHint }}
      />
      {(all || !empty) && (
        <Fetched
          isThere={all !== undefined}
          error={error}
          onRetry={() => void (experiments.error ? experiments : builds).refetch()}
        />
      )}
      {empty && (
        <FirstSteps
          title={text.none}
          help={text.noneHelp}
          label={text.noneExample}
          code={text.noneCode(`${location.origin}${prefix}`)}
        />
      )}
      {all && all.length > 0 && rows.length === 0 && (
        <NoMatch
          title={text.noMatch}
          all={text.showAll}
          onShowAll={() => {
            setUrl({ q: undefined });
          }}
        />
      )}
      {rows.length > 0 && (
        <Grid
          label={text.list}
          testId="pipelines-table"
          columns={columns}
          pinned={narrow ? 0 : 1}
          rowCount={rows.length}
          rowAt={(index) => rows[index]}
          keyOf={({ key }) => key}
          rowHeight={28}
          busy={builds.isFetching}
          onOpen={({ experimentId, name }) => {
            void navigate({ to: '/pipelines/$experimentId/$name', params: { experimentId, name } });
          }}
          list={listOfUrl(url)}
          onSort={(key) => {
            setUrl({ sort: nextSorting(key, { key: order, ascending }, key !== 'name' && key !== 'experiment') });
          }}
        />
      )}
    </>
  );
}
