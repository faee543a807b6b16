import { Menu, MenuItem } from '../../components/menu.tsx';
import { text } from '../../text/compare.ts';
import type { CompareRow } from './compare-rows.ts';

interface KeyCellProps {
  readonly row: CompareRow;
  readonly onOpen: () => void;
  /** What the reader said; undefined: the name decides. */
  readonly better: boolean | undefined;
  readonly onBetter: (higher: boolean | undefined) => void;
}

/** The name of a row, which opens its values; of a metric also which way it is better. */
export function KeyCell({ row, onOpen, better, onBetter }: KeyCellProps) {
  return (
    <span className="compare-key">
      <button type="button" tabIndex={-1} className="compare-open ellipsis" title={row.key} onClick={onOpen}>
        {row.key}
      </button>
      {row.section === 'metrics' && (
        <Menu icon="more" label={text.metric.menu(row.key)} className="header-menu in-cell" tabIndex={-1}>
          <MenuItem checked={better === true} onSelect={() => onBetter(true)}>
            {text.metric.higher}
          </MenuItem>
          <MenuItem checked={better === false} onSelect={() => onBetter(false)}>
            {text.metric.lower}
          </MenuItem>
          <MenuItem checked={better === undefined} onSelect={() => onBetter(undefined)}>
            {text.metric.guess}
          </MenuItem>
        </Menu>
      )}
    </span>
  );
}
