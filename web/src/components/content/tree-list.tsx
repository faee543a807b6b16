/**
 * A tree of any number of rows, of which only those in view are in the document. One stop of the Tab key: Up and Down
 * move, Right opens and steps in, Left closes and steps out, Home and End go to the ends.
 */
import { useEffect, useId, type KeyboardEvent, type ReactNode } from 'react';
import { useVirtualRows } from '../virtual-rows.ts';

export interface TreeItem {
  readonly id: string;
  /** 1 for the topmost. */
  readonly level: number;
  /** Undefined for an item that has nothing below it. */
  readonly expanded?: boolean | undefined;
}

interface TreeListProps<Item extends TreeItem> {
  readonly label: string;
  readonly items: readonly Item[];
  readonly active: string | undefined;
  /** By an arrow key or a click. */
  readonly onActive: (item: Item, by: 'key' | 'click') => void;
  readonly onToggle: (item: Item) => void;
  readonly row: (item: Item) => ReactNode;
  readonly rowHeight: number;
  readonly busy?: boolean;
  readonly className?: string;
}

/** Deeper ones stand no further to the right. */
const deepestIndent = 24;

export function TreeList<Item extends TreeItem>(props: TreeListProps<Item>) {
  const { items, active, onActive, onToggle, rowHeight } = props;
  const id = useId();
  const { scroller, first, last, onScroll, reveal } = useVirtualRows(items.length, rowHeight);
  const at = items.findIndex((item) => item.id === active);

  useEffect(() => {
    reveal(at);
  }, [at, reveal]);

  const go = (index: number): void => {
    const item = items[Math.max(0, Math.min(items.length - 1, index))];
    if (item) onActive(item, 'key');
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const item = items[at];
    const page = Math.max(1, last - first - 16);
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: Math.max(0, at - 1),
      Home: 0,
      End: items.length - 1,
      PageDown: at + page,
      PageUp: at - page,
    };
    const to = moves[event.key];
    if (to !== undefined) go(to);
    else if (event.key === 'ArrowRight' && item?.expanded === false) onToggle(item);
    else if (event.key === 'ArrowRight' && item?.expanded === true) go(at + 1);
    else if (event.key === 'ArrowLeft' && item?.expanded === true) onToggle(item);
    else if (event.key === 'ArrowLeft' && item) go(parentIndex(items, at));
    else if ((event.key === 'Enter' || event.key === ' ') && item?.expanded !== undefined) onToggle(item);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      ref={scroller}
      className={`tree ${props.className ?? ''}`}
      role="tree"
      aria-label={props.label}
      aria-busy={props.busy}
      aria-activedescendant={at >= 0 && at >= first && at < last ? `${id}-${at}` : undefined}
      tabIndex={0}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      onFocus={() => {
        reveal(at);
      }}
    >
      <div role="presentation" className="tree-sheet" style={{ height: items.length * rowHeight }}>
        {items.slice(first, last).map((item, i) => (
          <div
            key={item.id}
            id={`${id}-${first + i}`}
            role="treeitem"
            aria-level={item.level}
            aria-expanded={item.expanded}
            aria-selected={item.id === active}
            className={item.id === active ? 'tree-row active' : 'tree-row'}
            style={{
              transform: `translateY(${(first + i) * rowHeight}px)`,
              height: rowHeight,
              paddingLeft: 4 + 14 * Math.min(deepestIndent, item.level - 1),
            }}
            onClick={() => {
              onActive(item, 'click');
              if (item.expanded !== undefined) onToggle(item);
            }}
          >
            <span className={`tree-twist${item.expanded === undefined ? '' : item.expanded ? ' open' : ' closed'}`} />
            {props.row(item)}
          </div>
        ))}
      </div>
    </div>
  );
}

function parentIndex(items: readonly TreeItem[], at: number): number {
  const level = items[at]?.level ?? 1;
  for (let i = at - 1; i >= 0; i--) if ((items[i]?.level ?? 1) < level) return i;
  return at;
}
