import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { searchesIn, trialCounts } from '../../api/automl.ts';
import { prefix } from '../../api/client.ts';
import { experimentsOfPipelines as activeExperiments } from '../../api/pipelines.ts';
import { Fetched } from '../../components/fetched.tsx';
import { FirstSteps } from '../../components/first-steps.tsx';
import { count } from '../../components/format.ts';
import { Grid } from '../../components/grid/grid.tsx';
import { useHotkeys } from '../../components/hotkeys.ts';
import { Icon } from '../../components/icon.tsx';
import { ListHead } from '../../components/list-head.tsx';
import { NoMatch } from '../../components/no-match.tsx';
import { useUrlState } from '../../components/url-state.ts';
import { listOfUrl } from '../../components/grid/use-list-begun.ts';
import { useSmallScreen } from '../../components/use-small-screen.ts';
import { text } from '../../text/automl.ts';
import { useGridKeys } from '../../components/grid/grid-keys.ts';
import { nextSorting, parseSorting } from '../../components/grid/sorting.ts';
import { searchColumns } from './search-columns.tsx';
import { matchingSearches, searchOrders, searchRows, sortedSearches } from './search-rows.ts';

const none: ReadonlyMap<string, number> = new Map();
/** First by the least or the first of the alphabet; the others by the greatest or the newest. */
const ascendingFirst: ReadonlySet<string> = new Set([
  'name',
  'state',
  'problem',
  'data',
  'target',
  'metric',
  'experiment',
]);

export function SearchesPage() {
  const [url, setUrl] = useUrlState();
  const navigate = useNavigate();
  const narrow = useSmallScreen();
  const experiments = useQuery(activeExperiments());
  const ids = experiments.data?.map(({ id }) => id) ?? [];
  const searches = useQuery(searchesIn(ids));
  const counts = useQuery(trialCounts(ids));
  const query = url['q'] ?? '';
  const sorting = parseSorting(url['sort'], '-started');
  const order = searchOrders.find((one) => one === sorting.key) ?? 'started';
  const { ascending } = sorting;
  const all = useMemo(
    () => searches.data && experiments.data && searchRows(searches.data, experiments.data, counts.data ?? none),
    [searches.data, experiments.data, counts.data],
  );
  const rows = useMemo(
    () => sortedSearches(matchingSearches(all ?? [], query), order, ascending),
    [all, query, order, ascending],
  );
  const columns = useMemo(() => searchColumns(order, ascending), [order, ascending]);
  useGridKeys();
  useHotkeys({ n: { label: text.keys.fresh, run: () => void navigate({ to: '/automl/new' }) } });
  const error = experiments.error ?? searches.error;
  const empty = all?.length === 0 || experiments.data?.length === 0;

  return (
    <>
      <ListHead
        title={text.automl}
        counts={all && text.counts(count(all.length), query === '' ? undefined : count(rows.length))}
        search={empty ? undefined : { label: text.search, hint: text.searchHint }}
      >
        <Link className="button primary" to="/automl/new">
          <Icon name="plus" />
          {text.fresh}
        </Link>
      </ListHead>
      {(all || !empty) && (
        <Fetched
          isThere={all !== undefined}
          error={error}
          onRetry={() => void (experiments.error ? experiments : searches).refetch()}
        />
      )}
      {empty && (
        <FirstSteps
          title={text.none}
          help={text.noneHelp}
          label={text.noneExample}
          code={text.noneCode(`${location.origin}${prefix}`)}
        >
          <Link className="button" to="/automl/new">
            {text.fresh}
          </Link>
        </FirstSteps>
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
          testId="automl-table"
          columns={columns}
          pinned={narrow ? 0 : 1}
          rowCount={rows.length}
          rowAt={(index) => rows[index]}
          keyOf={({ runId }) => runId}
          rowHeight={28}
          busy={searches.isFetching}
          onOpen={({ runId }) => {
            void navigate({ to: '/automl/$runId', params: { runId } });
          }}
          list={listOfUrl(url)}
          onSort={(key) => {
            setUrl({ sort: nextSorting(key, { key: order, ascending }, !ascendingFirst.has(key)) });
          }}
        />
      )}
    </>
  );
}
