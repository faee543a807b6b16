import { useDeferredValue, useEffect, useMemo, useState, type ReactNode } from 'react';
import { Button } from '../button.tsx';
import { CopyButton } from '../copy-button.tsx';
import { FindBar } from './find-bar.tsx';
import { count } from '../format.ts';
import { jsonText } from './json-text.ts';
import {
  childCount,
  findRows,
  openRows,
  pathOf,
  rootRow,
  unfoldedIds,
  type Json,
  type JsonRow,
} from './json-tree-rows.ts';
import { Numeral } from './numeral.ts';
import { TreeList } from './tree-list.tsx';
import { text } from '../../text/views.ts';

interface JsonTreeProps {
  readonly value: Json;
  readonly label?: string;
  readonly find: string;
  readonly onFind: (find: string) => void;
  readonly extra?: ReactNode;
}

const mostMatches = 1000;
const unfoldedAtFirst = 60;
const unfoldedAtMost = 20_000;
/** Of a string in a row; the whole of it can be copied. */
const longestShown = 400;

/** Folds, searches, copies paths. */
export function JsonTree({ value, label = text.tree, find, onFind, extra }: JsonTreeProps) {
  const root = useMemo(() => rootRow(value), [value]);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState('');
  const [at, setAt] = useState(0);
  useEffect(() => {
    setOpen(unfoldedIds(root, unfoldedAtFirst).add(''));
  }, [root]);

  const rows = useMemo(() => openRows(root, open), [root, open]);
  const wanted = useDeferredValue(find);
  const found = useMemo(() => findRows(root, wanted, mostMatches), [root, wanted]);
  const show = (match: JsonRow | undefined): void => {
    if (!match) return;
    const ids: string[] = [];
    for (let row = match.parent; row; row = row.parent) ids.push(row.id);
    setOpen((before) => new Set([...before, ...ids]));
    setActive(match.id);
  };
  useEffect(() => {
    setAt(0);
    show(found[0]);
  }, [found]);

  const toggle = (row: JsonRow): void => {
    setOpen((before) => {
      const after = new Set(before);
      if (!after.delete(row.id)) after.add(row.id);
      return after;
    });
  };
  const current = rows.find((row) => row.id === active);

  return (
    <div className="json-view">
      <div className="view-bar">
        <FindBar
          value={find}
          onChange={onFind}
          at={at}
          matches={found.length}
          onMove={(step) => {
            if (found.length === 0) return;
            const next = (at + step + found.length) % found.length;
            setAt(next);
            show(found[next]);
          }}
        />
        <Button
          onClick={() => {
            setOpen(unfoldedIds(root, unfoldedAtMost));
          }}
        >
          {text.expandAll}
        </Button>
        <Button
          onClick={() => {
            setOpen(new Set());
          }}
        >
          {text.collapseAll}
        </Button>
        {extra}
      </div>
      <TreeList
        className="json-tree"
        label={label}
        items={rows}
        rowHeight={22}
        active={active}
        onActive={(row) => {
          setActive(row.id);
        }}
        onToggle={toggle}
        row={(row) => <JsonLine row={row} />}
      />
      {current && (
        <div className="json-foot">
          <code className="ellipsis" title={pathOf(current).slice(0, 2000)}>
            {pathOf(current)}
          </code>
          <CopyButton value={pathOf(current)} label={text.copyPath} />
          {copyable(current.value) && (
            <>
              <span className="dim json-foot-value">{text.value}</span>
              <CopyButton value={copied(current.value)} label={text.copyValue} />
            </>
          )}
        </div>
      )}
    </div>
  );
}

/** Something large is not written anew for each step of the cursor. */
const mostCopied = 2000;

function copyable(value: Json): boolean {
  let left = mostCopied;
  const stack = [value];
  for (let at = stack.pop(); at !== undefined && left > 0; at = stack.pop()) {
    left -= 1 + childCount(at);
    if (left > 0 && typeof at === 'object' && at !== null) stack.push(...Object.values(at as Record<string, Json>));
  }
  return left > 0;
}

function copied(value: Json): string {
  return typeof value === 'string' ? value : jsonText(value, '');
}

function JsonLine({ row }: { row: JsonRow }) {
  const { key, value, range } = row;
  if (range) return <span className="dim">{`[${range[0]} … ${range[1] - 1}]`}</span>;
  return (
    <span className="json-line">
      {key !== undefined && <span className={typeof key === 'number' ? 'json-index' : 'json-key'}>{key}</span>}
      {key !== undefined && <span className="dim">: </span>}
      {typeof value === 'object' && value !== null && !(value instanceof Numeral) ? (
        <span className="dim">
          {Array.isArray(value) ? '[…]' : '{…}'} {text.entries(count(childCount(value)))}
        </span>
      ) : (
        <span className={`json-${kindOf(value)}`}>{written(value)}</span>
      )}
    </span>
  );
}

type Leaf = string | number | Numeral | boolean | null;

function kindOf(value: Leaf): string {
  if (value instanceof Numeral) return 'number';
  return value === null ? 'null' : typeof value;
}

function written(value: Leaf): string {
  if (typeof value !== 'string') return String(value);
  return value.length > longestShown ? `${JSON.stringify(value.slice(0, longestShown))}…` : JSON.stringify(value);
}
