import { useMemo } from 'react';
import { useNavigate } from '@tanstack/react-router';
import type { GridColumn } from '../../../components/grid/grid-types.ts';
import { Grid } from '../../../components/grid/grid.tsx';
import { useKept } from '../../../components/kept.ts';
import { useSmallScreen } from '../../../components/use-small-screen.ts';
import type { UrlValues } from '../../../components/url-state.ts';
import { writeList } from '../../runs/run-query.ts';
import { text } from '../../../text/compare.ts';
import { CompareCell } from './compare-cell.tsx';
import { turnedOf, writeBetter, type CompareQuery, type Section } from '../compare-query.ts';
import type { CompareRow } from './compare-rows.ts';
import { KeyCell } from './key-cell.tsx';
import { RunHead, type ColouredRun } from '../run-head.tsx';
import { RunMenu, type RunActions } from './run-menu.tsx';
import { orderBy } from './run-order.ts';
import { SectionHead } from './section-head.tsx';

/** The rows of a section below its head. */
export interface ShownSection {
  readonly section: Section;
  readonly all: number;
  readonly rows: readonly CompareRow[];
}

type Line =
  | { readonly kind: 'section'; readonly section: ShownSection; readonly folded: boolean }
  | { readonly kind: 'row'; readonly row: CompareRow };

interface CompareGridProps {
  readonly query: CompareQuery;
  readonly runs: readonly ColouredRun[];
  readonly baseline: string;
  readonly shown: readonly ShownSection[];
  readonly busy: boolean;
  readonly onChange: (change: UrlValues, options?: { replace?: boolean }) => void;
}

const rowHeight = 28;
const keyOfLine = (line: Line): string => (line.kind === 'section' ? line.section.section : line.row.id);
const attributesOf = (line: Line): Readonly<Record<string, string>> =>
  line.kind === 'section'
    ? { 'data-section': line.section.section }
    : { 'data-row': line.row.id, 'data-differs': String(line.row.differs) };

/** All rows of all sections in one table, of which what is in view is in the document. */
export function CompareGrid({ query, runs, baseline, shown, busy, onChange }: CompareGridProps) {
  const navigate = useNavigate();
  const small = useSmallScreen();
  const [kept, keep] = useKept<Readonly<Record<string, number>>>('modelyard.compare.widths', {});
  const lines = useMemo(
    () =>
      shown.flatMap((section): Line[] => {
        const folded = query.folded.has(section.section);
        const rows = folded ? [] : section.rows.map((row): Line => ({ kind: 'row', row }));
        return [{ kind: 'section', section, folded }, ...rows];
      }),
    [shown, query.folded],
  );
  const order = runs.map(({ id }) => id);
  const reorder = (ids: readonly string[], options = { replace: true }): void => {
    // The first one stays what the others are told against, wherever it stands.
    onChange({ runs: writeList(ids), baseline: baseline === ids[0] ? undefined : baseline }, options);
  };
  const actions: RunActions = {
    makeBaseline: (id) => {
      onChange({ baseline: id === order[0] ? undefined : id });
    },
    move: (id, place) => {
      reorder(order.filter((one) => one !== id).toSpliced(place, 0, id));
    },
    remove: (id) => {
      const rest = order.filter((one) => one !== id);
      onChange({ runs: writeList(rest), baseline: rest[0] === baseline || id === baseline ? undefined : baseline });
    },
    open: ({ id, experimentId }) => {
      void navigate({ to: '/experiments/$experimentId/runs/$runId', params: { experimentId, runId: id } });
    },
  };
  const open = (line: Line): void => {
    if (line.kind === 'row') onChange({ row: line.row.id });
    else onChange({ fold: turnedOf(query.folded, line.section.section) }, { replace: true });
  };
  const better = (row: CompareRow, higher: boolean | undefined): void => {
    const marks = new Map(query.better);
    if (higher === undefined) marks.delete(row.id);
    else marks.set(row.id, higher);
    onChange({ better: writeBetter(marks) });
  };
  const keyColumn: GridColumn<Line> = {
    key: 'key',
    title: text.name,
    width: kept['key'] ?? (small ? 132 : 230),
    cell: (line) =>
      line.kind === 'section' ? (
        <SectionHead
          section={line.section.section}
          shown={line.section.rows.length}
          all={line.section.all}
          folded={line.folded}
          onFold={() => {
            open(line);
          }}
        />
      ) : (
        <KeyCell
          row={line.row}
          better={query.better.get(line.row.id)}
          onOpen={() => {
            open(line);
          }}
          onOrder={(first) => {
            reorder(
              orderBy(line.row, first).flatMap((place) => order[place] ?? []),
              { replace: false },
            );
          }}
          onBetter={(higher) => {
            better(line.row, higher);
          }}
        />
      ),
  };
  const columns = [
    keyColumn,
    ...runs.map((run, place): GridColumn<Line> => ({
      key: run.id,
      title: run.name,
      width: kept['run'] ?? (small ? 150 : 210),
      header: <RunHead run={run} isBaseline={run.id === baseline} />,
      headerExtra: (
        <RunMenu run={run} place={place} runs={runs.length} isBaseline={run.id === baseline} actions={actions} />
      ),
      cell: (line) => (line.kind === 'section' ? null : <CompareCell cell={line.row.cells[place]} />),
    })),
  ];
  return (
    <Grid
      label={text.compare}
      testId="compare-grid"
      columns={columns}
      pinned={1}
      rowCount={lines.length}
      rowAt={(index) => lines[index]}
      keyOf={keyOfLine}
      attributesOf={attributesOf}
      rowHeight={rowHeight}
      busy={busy}
      onOpen={open}
      onEdit={(line, column) => {
        if (line.kind === 'row' && column !== 'key') onChange({ row: line.row.id });
      }}
      onResize={(key, width) => {
        // Runs are as wide as each other.
        keep({ ...kept, [key === 'key' ? 'key' : 'run']: width });
      }}
      onMove={(key, before) => {
        if (key === 'key' || before === 'key') return;
        const rest = order.filter((one) => one !== key);
        const place = before === undefined ? -1 : rest.indexOf(before);
        reorder(place < 0 ? [...rest, key] : rest.toSpliced(place, 0, key));
      }}
    />
  );
}
