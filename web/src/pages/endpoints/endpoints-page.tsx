import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { prefix } from '../../api/client.ts';
import { endpointList } from '../../api/endpoints.ts';
import { Button } from '../../components/button.tsx';
import { count } from '../../components/format.ts';
import { FirstSteps } from '../../components/first-steps.tsx';
import { Grid } from '../../components/grid/grid.tsx';
import { useHotkeys } from '../../components/hotkeys.ts';
import { Fetched } from '../../components/fetched.tsx';
import { ListHead } from '../../components/list-head.tsx';
import { NoMatch } from '../../components/no-match.tsx';
import { useUrlState } from '../../components/url-state.ts';
import { listOfUrl } from '../../components/grid/use-list-begun.ts';
import { useSmallScreen } from '../../components/use-small-screen.ts';
import { text } from '../../text/endpoints.ts';
import { useGridKeys } from '../../components/grid/grid-keys.ts';
import { nextSorting, parseSorting } from '../../components/grid/sorting.ts';
import { DeployDialog } from './deploy-dialog.tsx';
import {
  endpointColumns,
  isEndpointColumn,
  matchingEndpoints,
  sortedEndpoints,
  startsDescending,
} from './endpoint-columns.tsx';

export function EndpointsPage() {
  const [url, setUrl] = useUrlState();
  const navigate = useNavigate();
  const narrow = useSmallScreen();
  const { data: all, error, isFetching, refetch } = useQuery(endpointList());
  const query = url['q'] ?? '';
  const sorting = parseSorting(url['sort'], 'name');
  const sort = isEndpointColumn(sorting.key) ? sorting.key : 'name';
  const { ascending } = sorting;
  const rows = useMemo(
    () => sortedEndpoints(matchingEndpoints(all ?? [], query), sort, ascending),
    [all, query, sort, ascending],
  );
  const columns = useMemo(() => endpointColumns(sort, ascending), [sort, ascending]);
  const [creating, setCreating] = useState(false);
  // The palette opens the dialog by the address; it leaves the address at once, so that Back does not open it again.
  const asked = url['create'] === '1';
  useEffect(() => {
    if (!asked) return;
    setCreating(true);
    setUrl({ create: undefined }, { replace: true });
  }, [asked, setUrl]);
  const open = (): void => {
    setCreating(true);
  };
  useGridKeys();
  useHotkeys({ n: { label: text.keys.create, run: open } });

  return (
    <>
      <ListHead
        title={text.endpoints}
        counts={all && text.counts(count(all.length), query === '' ? undefined : count(rows.length))}
        search={{ label: text.search, hint: text.searchHint }}
      >
        <Button kind="primary" icon="plus" onClick={open}>
          {text.create}
        </Button>
      </ListHead>
      <Fetched isThere={all !== undefined} error={error} onRetry={() => void refetch()} />
      {all?.length === 0 && (
        <FirstSteps
          title={text.none}
          help={text.noneHelp}
          label={text.noneExample}
          code={text.noneCode(`${location.origin}${prefix}`, 'models:/my-model@champion')}
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
          testId="endpoints-table"
          columns={columns}
          pinned={narrow ? 0 : 1}
          rowCount={rows.length}
          rowAt={(index) => rows[index]}
          keyOf={({ name }) => name}
          rowHeight={28}
          busy={isFetching}
          onOpen={({ name }) => {
            void navigate({ to: '/endpoints/$name', params: { name } });
          }}
          list={listOfUrl(url)}
          onSort={(key) => {
            setUrl({ sort: nextSorting(key, { key: sort, ascending }, startsDescending(key)) });
          }}
        />
      )}
      {creating && (
        <DeployDialog
          onClose={() => {
            setCreating(false);
          }}
        />
      )}
    </>
  );
}
