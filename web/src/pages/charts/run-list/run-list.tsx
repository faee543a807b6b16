import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { TableRow } from '../../../api/run-table.ts';
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
import type { RunColours } from '../../runs/use-run-colours.ts';

interface RunListProps {
  readonly rows: readonly TableRow[];
  readonly width: number;
  readonly isOpen: (row: TableRow) => boolean;
  readonly pinned: ReadonlySet<string>;
  readonly colours: RunColours;
  readonly coloured: boolean;
  readonly selection: Selection;
  readonly busy: boolean;
  readonly onEye: (row: TableRow, open: boolean) => void;
  readonly onPin: (row: TableRow) => void;
  readonly onOpen: (runId: string) => void;
}

const keyOf = (row: TableRow): string => row.run_id;
const attributesOf = (row: TableRow): Record<string, string> => ({ 'data-run-id': row.run_id });
const nameOf = (row: TableRow): string => row.run_name || row.run_id;
const buttonsWidth = 36;
const selectWidth = 34;

/** The runs of the charts: eye, colour, state, name and pin. Pointing at one emphasises it in every chart. */
export function RunList(props: RunListProps) {
  const { rows, width, isOpen, pinned, colours, selection, onEye, onPin, onOpen } = props;
  const frame = useRef<HTMLDivElement>(null);
  const cursor = useRef(0);
  const rowAt = useCallback((index: number) => rows[index], [rows]);
  const colouring = useColouring(rowAt);
  const { start: startColouring } = colouring;
  const latest = useRef({ onEye, onPin });
  useEffect(() => {
    latest.current = { onEye, onPin };
  });
  useEffect(() => markEmphasised(frame.current), []);
  useEmphasisEnd(true);
  const atCursor = (act: (row: TableRow) => void) => () => {
    const row = rows[cursor.current];
    if (row) act(row);
  };
  useHotkeys({
    h: {
      label: text.toggleKey,
      run: atCursor((row) => {
        onEye(row, !isOpen(row));
      }),
    },
    i: { label: text.pinKey, run: atCursor(onPin) },
  });
  const columns = useMemo<GridColumn<TableRow>[]>(
    () => [
      {
        key: 'eye',
        title: '',
        width: buttonsWidth,
        sortable: false,
        headerExtra: <span className="visually-hidden">{text.eyeColumn}</span>,
        cell: (row) => {
          const open = isOpen(row);
          return (
            <IconButton
              icon={open ? 'eye' : 'eye-off'}
              className={open ? '' : 'dim'}
              tabIndex={-1}
              label={open ? text.hide(nameOf(row)) : text.show(nameOf(row))}
              onClick={() => {
                latest.current.onEye(row, !open);
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
        cell: (row) => (
          <RunNameCell
            row={row}
            onExpand={undefined}
            pinned={false}
            isBaseline={false}
            look={colours.lookOf(row)}
            onColour={startColouring}
            onLeave={() => undefined}
          />
        ),
      },
      {
        key: 'pin',
        title: '',
        width: buttonsWidth,
        sortable: false,
        headerExtra: <span className="visually-hidden">{text.pinColumn}</span>,
        cell: (row) => {
          const on = pinned.has(row.run_id);
          return (
            <IconButton
              icon="pin"
              className={on ? 'pin-on' : 'pin-off'}
              tabIndex={-1}
              label={on ? text.unpin(nameOf(row)) : text.pin(nameOf(row))}
              onClick={() => {
                latest.current.onPin(row);
              }}
            />
          );
        },
      },
    ],
    [isOpen, width, colours, startColouring, pinned],
  );
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
        rowCount={rows.length}
        rowAt={rowAt}
        keyOf={keyOf}
        attributesOf={attributesOf}
        rowHeight={28}
        selected={selection.ids}
        onToggle={selection.toggle}
        onExtend={selection.extend}
        onSelectAll={() => {
          selection.set(rows.map(keyOf));
        }}
        allSelected={allSelected}
        onToggleAll={() => {
          selection.set(allSelected ? [] : rows.map(keyOf));
        }}
        busy={props.busy}
        onCursorRow={(index) => {
          cursor.current = index;
          colouring.onCursorRow(index);
          emphasise(rows[index]?.run_id);
        }}
        onOpen={(row) => {
          onOpen(row.run_id);
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
