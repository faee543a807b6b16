import { useCallback, useEffect, useMemo, useRef } from 'react';
import { runNameOf } from '../../../api/run-name.ts';
import type { TableRow } from '../../../api/run-table.ts';
import { cssColour } from '../../../charts/run-colour.ts';
import { emphasise, emphasisedRun, onEmphasis, useEmphasisEnd } from '../../../charts/emphasis.ts';
import { IconButton } from '../../../components/button.tsx';
import { count } from '../../../components/format.ts';
import { Grid } from '../../../components/grid/grid.tsx';
import type { GridColumn } from '../../../components/grid/grid-types.ts';
import { useHotkeys } from '../../../components/hotkeys.ts';
import { text } from '../../../text/charts-page.ts';
import { ColourPicker } from '../../runs/colour-picker.tsx';
import { RunNameCell } from '../../runs/run-name-cell.tsx';
import { useColouring } from '../../runs/use-colouring.ts';
import type { Selection } from '../../runs/use-selection.ts';
import type { DotLook, RunColours } from '../../runs/use-run-colours.ts';
import type { ChartGroup } from '../grouping.ts';
import { keyOfEntry, listEntries, type ListEntry } from './list-entries.ts';

interface RunListProps {
  /** Those of one group beside each other. */
  readonly rows: readonly TableRow[];
  readonly groups: readonly ChartGroup[];
  readonly width: number;
  readonly isOpen: (row: TableRow) => boolean;
  readonly pinned: ReadonlySet<string>;
  readonly colours: RunColours;
  readonly coloured: boolean;
  readonly selection: Selection;
  readonly busy: boolean;
  readonly onEye: (runIds: readonly string[], open: boolean) => void;
  readonly onPin: (row: TableRow) => void;
  readonly onOpen: (runId: string) => void;
}

const idOf = (row: TableRow): string => row.run_id;
const attributesOf = (entry: ListEntry): Record<string, string> => ({ 'data-run-id': keyOfEntry(entry) });
const nameOf = ({ row, head }: ListEntry): string => (row ? runNameOf(row) : head.group.label);
const rowsOf = ({ row, head }: ListEntry): readonly TableRow[] => (row ? [row] : head.rows);
const buttonsWidth = 36;
const selectWidth = 34;

/** The runs of the charts: eye, colour, state, name and pin, in their groups. Pointing at one emphasises it in every chart. */
export function RunList(props: RunListProps) {
  const { rows, width, isOpen, pinned, colours, selection, onEye, onPin, onOpen } = props;
  const frame = useRef<HTMLDivElement>(null);
  const cursor = useRef(0);
  const { groups } = props;
  const entries = useMemo(() => listEntries(rows, groups), [rows, groups]);
  const entryAt = useCallback((index: number) => entries[index], [entries]);
  const colouring = useColouring(
    useCallback((index: number) => entries[index]?.row, [entries]),
    selection.ids.size,
  );
  const { start: startColouring } = colouring;
  const latest = useRef({ onEye, onPin });
  useEffect(() => {
    latest.current = { onEye, onPin };
  });
  useEffect(() => markEmphasised(frame.current), []);
  useEmphasisEnd(true);
  const isShown = useCallback((entry: ListEntry) => rowsOf(entry).some(isOpen), [isOpen]);
  const atCursor = (act: (entry: ListEntry) => void) => () => {
    const entry = entries[cursor.current];
    if (entry) act(entry);
  };
  useHotkeys({
    h: {
      label: text.toggleKey,
      run: atCursor((entry) => {
        onEye(rowsOf(entry).map(idOf), !isShown(entry));
      }),
    },
    i: {
      label: text.pinKey,
      run: atCursor(({ row }) => {
        if (row) onPin(row);
      }),
    },
  });
  // A run looks as the line that it is in.
  const lookOf = useMemo(() => {
    if (groups.length === 0) return colours.lookOf;
    const groupOf = new Map(groups.flatMap((group) => group.runIds.map((id) => [id, group] as const)));
    return (row: TableRow): DotLook => {
      const group = groupOf.get(row.run_id);
      return { colour: group && cssColour(group.colour), meaning: group?.label };
    };
  }, [groups, colours]);
  const columns = useMemo<GridColumn<ListEntry>[]>(
    () => [
      {
        key: 'eye',
        title: '',
        width: buttonsWidth,
        sortable: false,
        headerExtra: <span className="visually-hidden">{text.eyeColumn}</span>,
        cell: (entry) => {
          const open = isShown(entry);
          return (
            <IconButton
              icon={open ? 'eye' : 'eye-off'}
              className={open ? '' : 'dim'}
              tabIndex={-1}
              label={open ? text.hide(nameOf(entry)) : text.show(nameOf(entry))}
              onClick={() => {
                latest.current.onEye(rowsOf(entry).map(idOf), !open);
              }}
            />
          );
        },
      },
      {
        key: 'name',
        title: text.runs,
        width: width - 2 * buttonsWidth - selectWidth,
        sortable: false,
        cell: ({ row, head }) =>
          row ? (
            <RunNameCell
              row={row}
              onExpand={undefined}
              pinned={false}
              isBaseline={false}
              look={lookOf(row)}
              onColour={startColouring}
              onLeave={() => undefined}
            />
          ) : (
            <span className="run-name">
              <i className="dot" style={{ background: cssColour(head.group.colour) }} />
              <strong className="ellipsis" title={head.group.label}>
                {head.group.label}
              </strong>
              <span className="dim">{count(head.rows.length)}</span>
            </span>
          ),
      },
      {
        key: 'pin',
        title: '',
        width: buttonsWidth,
        sortable: false,
        headerExtra: <span className="visually-hidden">{text.pinColumn}</span>,
        cell: (entry) => {
          const { row } = entry;
          if (!row) return null;
          const on = pinned.has(row.run_id);
          return (
            <IconButton
              icon="pin"
              className={on ? 'pin-on' : 'pin-off'}
              tabIndex={-1}
              label={on ? text.unpin(nameOf(entry)) : text.pin(nameOf(entry))}
              onClick={() => {
                latest.current.onPin(row);
              }}
            />
          );
        },
      },
    ],
    [isShown, width, lookOf, startColouring, pinned],
  );
  const { ids } = selection;
  const selected = useMemo(() => {
    const whole = entries.filter((entry) => entry.head?.rows.every((row) => ids.has(row.run_id)));
    return whole.length === 0 ? ids : new Set([...ids, ...whole.map(keyOfEntry)]);
  }, [entries, ids]);
  const allSelected = rows.length > 0 && rows.every((row) => selection.ids.has(row.run_id));
  return (
    <div
      ref={frame}
      className="run-list-grid"
      onPointerOver={({ target }) => {
        const row = target instanceof Element ? target.closest<HTMLElement>('[data-run-id]') : null;
        emphasise(row?.dataset['runId']);
      }}
      onPointerLeave={() => {
        emphasise(undefined);
      }}
    >
      <Grid
        label={text.runList}
        columns={columns}
        rowCount={entries.length}
        rowAt={entryAt}
        keyOf={keyOfEntry}
        attributesOf={attributesOf}
        nameOf={nameOf}
        rowHeight={28}
        selected={selected}
        onToggle={(index) => {
          const entry = entries[index];
          if (entry?.row) selection.toggle(entry.at);
          else if (entry)
            selection.set(withOrWithout(ids, entry.head.rows.map(idOf), !selected.has(keyOfEntry(entry))));
        }}
        onExtend={(from, to, fresh) => {
          const [first, last] = [entries[Math.min(from, to)]?.at ?? 0, lastRun(entries, Math.max(from, to))];
          selection.extend(first, last, fresh);
        }}
        onSelectAll={() => {
          selection.set(rows.map(idOf));
        }}
        allSelected={allSelected}
        onToggleAll={() => {
          selection.set(allSelected ? [] : rows.map(idOf));
        }}
        busy={props.busy}
        onCursorRow={(index) => {
          cursor.current = index;
          colouring.onCursorRow(index);
          const entry = entries[index];
          emphasise(entry && keyOfEntry(entry));
        }}
        onOpen={({ row }) => {
          if (row) onOpen(row.run_id);
        }}
      />
      <span className="visually-hidden" role="status">
        {selection.ids.size > 0 && text.selected(count(selection.ids.size))}
      </span>
      {colouring.chosen && (
        <ColourPicker
          row={colouring.chosen.row}
          anchor={colouring.chosen.dot}
          coloured={props.coloured}
          onChoose={colouring.choose}
          onClose={colouring.close}
        />
      )}
    </div>
  );
}

function withOrWithout(ids: ReadonlySet<string>, some: readonly string[], on: boolean): ReadonlySet<string> {
  return on ? ids.union(new Set(some)) : ids.difference(new Set(some));
}

/** The place among the runs of the last one up to an entry. */
function lastRun(entries: readonly ListEntry[], index: number): number {
  const entry = entries[index];
  return entry ? entry.at - (entry.row ? 0 : 1) : 0;
}

/** Marks the row of the run that is pointed at in a chart: a thousand rows need not render for that. */
function markEmphasised(frame: HTMLElement | null): (() => void) | undefined {
  if (!frame) return undefined;
  return onEmphasis(() => {
    for (const row of frame.querySelectorAll<HTMLElement>('[data-emphasised]')) delete row.dataset['emphasised'];
    const id = emphasisedRun();
    const row = id === undefined ? null : frame.querySelector<HTMLElement>(`[data-run-id="${CSS.escape(id)}"]`);
    if (row) row.dataset['emphasised'] = '';
  });
}
