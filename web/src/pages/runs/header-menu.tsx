import { useRef, useState } from 'react';
import { count } from '../../components/format.ts';
import { Menu, MenuItem } from '../../components/menu.tsx';
import { text as cells } from '../../text/run-cells.ts';
import { text } from '../../text/runs.ts';
import { titleOf } from './column-title.ts';
import { keyOfColumn, orderName, type Aggregate, type ColumnRef, type RunQuery } from './run-query.ts';
import { StepForm } from './step-form.tsx';

export interface HeaderActions {
  readonly sort: (column: string, descending: boolean, add: boolean) => void;
  readonly pin: (column: string, pinned: boolean) => void;
  readonly hide: (column: ColumnRef) => void;
  /** The column beside this one that it can change places with. */
  readonly neighbour: (column: ColumnRef, by: 1 | -1) => ColumnRef | undefined;
  readonly swap: (column: ColumnRef, other: ColumnRef) => void;
  readonly filter: (column: ColumnRef) => void;
  readonly aggregate: (column: ColumnRef, aggregate: Aggregate, step?: number) => void;
  readonly colourBy: (column: string | undefined) => void;
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
  const coloured = query.colourBy === column.name;
  const [asking, setAsking] = useState(false);
  const mark = useRef<HTMLSpanElement>(null);
  const move = (by: 1 | -1) => {
    const other = actions.neighbour(column, by);
    return (
      <MenuItem
        icon={by < 0 ? 'left' : 'right'}
        disabled={!other}
        onSelect={() => {
          if (other) actions.swap(column, other);
        }}
      >
        {by < 0 ? text.moveLeft : text.moveRight}
      </MenuItem>
    );
  };
  const menu = (
    <Menu icon="more" label={text.headerMenu(titleOf(column))} className="header-menu" tabIndex={-1}>
      {metric && !sortable ? (
        <MenuItem disabled icon="up" onSelect={() => undefined}>
          {cells.notSortable}
        </MenuItem>
      ) : (
        <>
          <MenuItem disabled={!sortable} icon="up" onSelect={() => actions.sort(key, false, false)}>
            {text.sortAscending}
          </MenuItem>
          <MenuItem disabled={!sortable} icon="down" onSelect={() => actions.sort(key, true, false)}>
            {text.sortDescending}
          </MenuItem>
        </>
      )}
      {query.sort.length > 0 && sortable && (
        <MenuItem icon="plus" onSelect={() => actions.sort(key, metric, true)}>
          {text.addSort}
        </MenuItem>
      )}
      {metric && <hr />}
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
        <MenuItem icon={column.aggregate === 'at' ? 'check' : 'right'} onSelect={() => setAsking(true)}>
          {column.step === undefined ? cells.chooseStep : cells.chosenStep(count(column.step))}
        </MenuItem>
      )}
      {metric && <hr />}
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
      <hr />
      <MenuItem icon="filter" onSelect={() => actions.filter(column)}>
        {text.filterColumn}
      </MenuItem>
      <MenuItem checked={coloured} onSelect={() => actions.colourBy(coloured ? undefined : column.name)}>
        {cells.colourBy}
      </MenuItem>
      <hr />
      <MenuItem icon="pin" onSelect={() => actions.pin(key, !pinned)}>
        {pinned ? text.unpinColumn : text.pinColumn}
      </MenuItem>
      {move(-1)}
      {move(1)}
      <MenuItem icon="close" onSelect={() => actions.hide(column)}>
        {text.hideColumn}
      </MenuItem>
    </Menu>
  );
  return (
    <>
      <span ref={mark} hidden />
      {menu}
      {asking && (
        <StepForm
          anchor={mark.current?.parentElement ?? null}
          step={column.step}
          onChoose={(step) => {
            setAsking(false);
            actions.aggregate(column, 'at', step);
          }}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </>
  );
}
