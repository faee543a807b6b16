import { Menu, MenuItem } from '../../../components/menu.tsx';
import { text } from '../../../text/compare.ts';
import type { CompareRow } from './compare-rows.ts';
import { isOrdered, type Direction } from './run-order.ts';

interface KeyCellProps {
  readonly row: CompareRow;
  readonly onOpen: () => void;
  readonly onOrder: (first: Direction) => void;
  /** What the reader said; undefined: the name decides. */
  readonly better: boolean | undefined;
  readonly onBetter: (higher: boolean | undefined) => void;
}

/** The name of a row, which opens its values; its menu orders the runs, and says which way a metric is better. */
export function KeyCell({ row, onOpen, onOrder, better, onBetter }: KeyCellProps) {
  const isMetric = row.section === 'metrics';
  return (
    <span className="compare-key">
      <button type="button" tabIndex={-1} className="compare-open ellipsis" title={row.key} onClick={onOpen}>
        {row.key}
      </button>
      <Menu
        icon="more"
        label={isMetric ? text.metric.menu(row.key) : text.order.menu(row.key)}
        className="header-menu in-cell"
        tabIndex={-1}
      >
        <OrderItems row={row} onOrder={onOrder} />
        {isMetric && (
          <>
            <hr />
            <MenuItem checked={better === true} onSelect={() => onBetter(true)}>
              {text.metric.higher}
            </MenuItem>
            <MenuItem checked={better === false} onSelect={() => onBetter(false)}>
              {text.metric.lower}
            </MenuItem>
            <MenuItem checked={better === undefined} onSelect={() => onBetter(undefined)}>
              {text.metric.guess}
            </MenuItem>
          </>
        )}
      </Menu>
    </span>
  );
}

function OrderItems({ row, onOrder }: Pick<KeyCellProps, 'row' | 'onOrder'>) {
  return (['least', 'greatest'] as const).map((first) => (
    <MenuItem key={first} checked={isOrdered(row, first)} onSelect={() => onOrder(first)}>
      {text.order[first]}
    </MenuItem>
  ));
}
