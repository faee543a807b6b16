import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { prefix } from '../../api/client.ts';
import { modelFilterCheck, useModelList } from '../../api/models.ts';
import { Button } from '../../components/button.tsx';
import { count } from '../../components/format.ts';
import { Grid } from '../../components/grid/grid.tsx';
import { Fetched } from '../../components/fetched.tsx';
import { ListHead } from '../../components/list-head.tsx';
import { NoMatch } from '../../components/no-match.tsx';
import { State } from '../../components/page.tsx';
import { useUrlState } from '../../components/url-state.ts';
import { text } from '../../text/models.ts';
import { CreateModelDialog } from './create-model-dialog.tsx';
import { useGridKeys } from '../../components/grid/grid-keys.ts';
import { isModelOrder, modelColumns } from './model-columns.tsx';
import { isModelFilter, isModelFilterBegun } from './model-name.ts';
import { nextSorting, parseSorting } from '../../components/grid/sorting.ts';
import { listOfUrl } from '../../components/grid/use-list-begun.ts';
import { useSmallScreen } from '../../components/use-small-screen.ts';

export function ModelsPage() {
  const [url, setUrl] = useUrlState();
  const navigate = useNavigate();
  const narrow = useSmallScreen();
  const [creating, setCreating] = useState(false);
  const query = url['q'] ?? '';
  const sorting = parseSorting(url['sort'], 'name');
  const order = isModelOrder(sorting.key) ? sorting.key : 'name';
  const filter = isModelFilter(query);
  const list = useModelList({
    filter: filter ? query : '',
    text: filter ? '' : query,
    order_by: order,
    ascending: sorting.ascending,
  });
  const columns = useMemo(() => modelColumns(order, sorting.ascending), [order, sorting.ascending]);
  useGridKeys();

  const { head } = list;
  return (
    <>
      <ListHead
        title={text.models}
        counts={head && text.counts(count(head.totalAll), query === '' ? undefined : count(head.total))}
        search={{
          label: text.search,
          hint: text.searchHint,
          filterCheck: (typed) => (isModelFilter(typed) ? modelFilterCheck(typed) : undefined),
          isFilterBegun: isModelFilterBegun,
        }}
      >
        <Button
          kind="primary"
          icon="plus"
          onClick={() => {
            setCreating(true);
          }}
        >
          {text.newModel}
        </Button>
      </ListHead>
      <Fetched isThere={head !== undefined} error={list.error} onRetry={list.retry} />
      {head?.totalAll === 0 && (
        <State title={text.noModels}>
          <p>{text.noModelsHelp}</p>
          <pre>
            <code>{text.noModelsCode(`${location.origin}${prefix}`)}</code>
          </pre>
        </State>
      )}
      {head && head.totalAll > 0 && head.total === 0 && (
        <NoMatch
          title={text.noMatch}
          all={text.showAllModels}
          onShowAll={() => {
            setUrl({ q: undefined });
          }}
        />
      )}
      {head && head.total > 0 && (
        <Grid
          label={text.list}
          testId="models-table"
          columns={columns}
          pinned={narrow ? 0 : 1}
          rowCount={head.total}
          rowAt={list.rowAt}
          keyOf={(model) => model.name}
          rowHeight={28}
          busy={list.fetching}
          onVisible={list.onVisible}
          onOpen={({ name }) => {
            void navigate({ to: '/models/$name', params: { name } });
          }}
          list={listOfUrl(url)}
          onSort={(key) => {
            setUrl({ sort: nextSorting(key, { key: order, ascending: sorting.ascending }, key !== 'name') });
          }}
        />
      )}
      {creating && (
        <CreateModelDialog
          onClose={() => {
            setCreating(false);
          }}
        />
      )}
    </>
  );
}
