import { Menu, MenuItem } from '../../components/menu.tsx';
import { text } from '../../text/runs.ts';
import { titleOf } from './column-title.ts';
import { keyOfColumn, orderName, type Aggregate, type ColumnRef, type RunQuery } from './run-query.ts';

export interface HeaderActions {
  readonly sort: (column: string, descending: boolean, add: boolean) => void;
  readonly pin: (column: string, pinned: boolean) => void;
  readonly hide: (column: ColumnRef) => void;
  readonly filter: (column: ColumnRef) => void;
  readonly aggregate: (column: ColumnRef, aggregate: Aggregate) => void;
  readonly better: (column: string, higher: boolean | undefined) => void;
}

const aggregates: readonly Aggregate[] = ['last', 'min', 'max', 'mean'];

interface HeaderMenuProps {
  readonly column: ColumnRef;
  readonly query: RunQuery;
  readonly actions: HeaderActions;
}

/** What can be done with one column of the table. */
export function HeaderMenu({ column, query, actions }: HeaderMenuProps) {
  const key = keyOfColumn(column);
  const metric = column.name.startsWith('metrics.');
  const sortable = orderName(key) !== undefined;
  const pinned = query.pinnedColumns.includes(key);
  const better = query.better.get(key);
  return (
    <Menu icon="more" label={text.headerMenu(titleOf(column))} className="header-menu">
      <MenuItem disabled={!sortable} icon="up" onSelect={() => actions.sort(key, false, false)}>
        {text.sortAscending}
      </MenuItem>
      <MenuItem disabled={!sortable} icon="down" onSelect={() => actions.sort(key, true, false)}>
        {text.sortDescending}
      </MenuItem>
      {query.sort.length > 0 && sortable && (
        <MenuItem icon="plus" onSelect={() => actions.sort(key, metric, true)}>
          {text.addSort}
        </MenuItem>
      )}
      <MenuItem icon="filter" onSelect={() => actions.filter(column)}>
        {text.filterColumn}
      </MenuItem>
      {metric &&
        aggregates.map((aggregate) => (
          <MenuItem
            key={aggregate}
            checked={aggregate === column.aggregate}
            onSelect={() => actions.aggregate(column, aggregate)}
          >
            {text.aggregates[aggregate]}
          </MenuItem>
        ))}
      {metric && (
        <MenuItem checked={better === true} onSelect={() => actions.better(key, better === true ? undefined : true)}>
          {text.betterHigher}
        </MenuItem>
      )}
      {metric && (
        <MenuItem checked={better === false} onSelect={() => actions.better(key, better === false ? undefined : false)}>
          {text.betterLower}
        </MenuItem>
      )}
      <MenuItem icon="pin" onSelect={() => actions.pin(key, !pinned)}>
        {pinned ? text.unpinColumn : text.pinColumn}
      </MenuItem>
      <MenuItem icon="close" onSelect={() => actions.hide(column)}>
        {text.hideColumn}
      </MenuItem>
    </Menu>
  );
}
