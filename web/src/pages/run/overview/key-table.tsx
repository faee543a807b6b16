/** Names and values, thousands of them: a table that scrolls in its own box and holds only the rows in view. */
import { useMemo, useState, type ReactNode } from 'react';
import { IconButton } from '../../../components/button.tsx';
import { CutName } from '../../../components/cut-name.tsx';
import { count } from '../../../components/format.ts';
import { Menu, MenuItem } from '../../../components/menu.tsx';
import { showFailure, showToast } from '../../../components/toast.tsx';
import { useVirtualRows } from '../../../components/virtual-rows.ts';
import { text } from '../../../text/run.ts';
import { text as common } from '../../../text/common.ts';
import { keyRows, type KeyRow } from '../key-tree.ts';
import { useUrlSet } from '../../../components/use-url-set.ts';

interface KeyTableProps<Item extends { readonly key: string }> {
  readonly title: string;
  readonly items: readonly Item[];
  /** Part of the name or of what `textOf` gives; lower case. */
  readonly words: string;
  readonly nested: boolean;
  /** Titles of the columns after the name. */
  readonly columns: readonly string[];
  readonly className: string;
  readonly cells: (item: Item) => ReactNode;
  readonly textOf: (item: Item) => string;
  /** For copying all of them. */
  readonly valueOf: (item: Item) => string | number;
  readonly empty: string;
}

const rowHeight = 28;
const mostHeight = 480;

export function KeyTable<Item extends { readonly key: string }>(props: KeyTableProps<Item>) {
  const { title, items, words, nested, columns, className, cells, textOf, empty } = props;
  const [folded, toggle] = useUrlSet('fold');
  const found = useMemo(
    () =>
      words === ''
        ? items
        : items.filter((item) => item.key.toLowerCase().includes(words) || textOf(item).toLowerCase().includes(words)),
    [items, words, textOf],
  );
  // A search opens every group: what it found must be seen.
  const rows = useMemo(() => keyRows(found, nested, words === '' ? folded : new Set()), [found, nested, folded, words]);
  const { scroller, first, last, onScroll } = useVirtualRows(rows.length, rowHeight);
  return (
    <section className="key-table-section" aria-label={title}>
      <div className="section-head">
        <h2>
          {title}{' '}
          <span className="dim">
            {found.length === items.length
              ? count(items.length)
              : text.matchOf(count(found.length), count(items.length))}
          </span>
        </h2>
        <span className="spacer" />
        {items.length > 0 && <CopyAll title={title} items={found} valueOf={props.valueOf} />}
      </div>
      {rows.length === 0 ? (
        <p className="dim">{items.length === 0 ? empty : text.noMatch(words)}</p>
      ) : (
        <div
          ref={scroller}
          className={`key-table ${className}`}
          role="table"
          aria-label={title}
          aria-rowcount={rows.length + 1}
          tabIndex={0}
          style={{ maxHeight: mostHeight }}
          onScroll={onScroll}
        >
          <div role="row" aria-rowindex={1} className="key-row head">
            {[text.column.name, ...columns].map((column) => (
              <span key={column} role="columnheader">
                {column}
              </span>
            ))}
          </div>
          <div role="presentation" className="key-sheet" style={{ height: rows.length * rowHeight }}>
            {rows.slice(first, last).map((row, i) => (
              <div
                key={row.id}
                role="row"
                aria-rowindex={first + i + 2}
                className={row.item ? 'key-row' : 'key-row group'}
                style={{ transform: `translateY(${(first + i) * rowHeight}px)` }}
              >
                <NameCell row={row} span={columns.length + 1} onToggle={toggle} />
                {row.item && cells(row.item)}
              </div>
            ))}
          </div>
        </div>
      )}
    </section>
  );
}

interface NameCellProps<Item> {
  readonly row: KeyRow<Item>;
  readonly span: number;
  readonly onToggle: (id: string) => void;
}

function NameCell<Item>({ row, span, onToggle }: NameCellProps<Item>) {
  const indent = { paddingLeft: 6 + Math.min(row.depth, 8) * 16 };
  if (row.item) {
    return (
      <span role="cell" className="key-name ellipsis" style={indent} title={row.id}>
        <CutName name={row.name} title={row.id} />
      </span>
    );
  }
  return (
    <span role="cell" aria-colspan={span} className="key-name" style={indent}>
      <IconButton
        icon={row.folded ? 'right' : 'down'}
        label={row.folded ? text.unfold(row.id) : text.fold(row.id)}
        aria-expanded={!row.folded}
        onClick={() => {
          onToggle(row.id);
        }}
      />
      <span className="ellipsis" title={row.id}>
        {row.name}
      </span>
      <span className="dim">{count(row.size)}</span>
    </span>
  );
}

interface CopyAllProps<Item> {
  readonly title: string;
  readonly items: readonly Item[];
  readonly valueOf: (item: Item) => string | number;
}

function CopyAll<Item extends { readonly key: string }>({ title, items, valueOf }: CopyAllProps<Item>) {
  const [busy, setBusy] = useState(false);
  const copy = async (form: (entries: [string, string | number][]) => string): Promise<void> => {
    setBusy(true);
    try {
      await navigator.clipboard.writeText(form(items.map((item) => [item.key, valueOf(item)])));
      showToast({ message: text.copiedAll(count(items.length)) });
    } catch {
      showFailure(new Error(common.cannotCopy));
    }
    setBusy(false);
  };
  return (
    <Menu icon="copy" label={`${text.copyAll}: ${title}`} disabled={busy}>
      <MenuItem onSelect={() => void copy(asJson)}>{text.asJson}</MenuItem>
      <MenuItem onSelect={() => void copy(asYaml)}>{text.asYaml}</MenuItem>
    </Menu>
  );
}

/** JSON knows no NaN: it goes as a string, as the server sends it. */
function asJson(entries: readonly [string, string | number][]): string {
  const plain = entries.map(([key, value]) => [
    key,
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  ]);
  return JSON.stringify(Object.fromEntries(plain), null, 2);
}

function asYaml(entries: readonly [string, string | number][]): string {
  const form = (value: string | number): string => {
    if (typeof value === 'string') return JSON.stringify(value);
    if (Number.isNaN(value)) return '.nan';
    return Number.isFinite(value) ? String(value) : value > 0 ? '.inf' : '-.inf';
  };
  return entries.map(([key, value]) => `${JSON.stringify(key)}: ${form(value)}\n`).join('');
}
