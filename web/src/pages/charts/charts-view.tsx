import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { count } from '../../components/format.ts';
import { useHotkeys } from '../../components/hotkeys.ts';
import { Loading } from '../../components/page.tsx';
import { useSmallScreen } from '../../components/use-small-screen.ts';
import { text } from '../../text/charts-page.ts';
import { text as words } from '../../text/run.ts';
import { ColourLegend } from '../runs/colour-legend.tsx';
import type { RunsViewProps } from '../runs/experiment-runs.tsx';
import { FilterChips } from '../runs/filter-chips.tsx';
import { RunsFailed } from '../runs/runs-failed.tsx';
import { withPinned } from '../runs/run-query.ts';
import { TableNotes } from '../runs/table-notes.tsx';
import { BulkBar } from '../runs/bulk-bar.tsx';
import { useSelection } from '../runs/use-selection.ts';
import { useStartCompare } from '../compare/choose/use-start-compare.ts';
import { isBrushed } from './card-brushes.ts';
import { CardsSheet } from './cards/cards-sheet.tsx';
import { CardLayers } from './cards/card-layers.tsx';
import { useEditing } from './cards/use-editing.ts';
import { useChartSettings } from './chart-settings.ts';
import { CardTools, ChartsToolbar } from './charts-toolbar.tsx';
import { readEyes } from './eyes.ts';
import { pointedChart } from './full-chart.tsx';
import { useLayout } from './layout/use-layout.ts';
import { NoCharts } from './no-charts.tsx';
import { inGroups } from './run-list/list-entries.ts';
import { RunPanel } from './run-list/run-panel.tsx';
import { questionOfCharts, readRuns } from './runs-question.ts';
import { useCardPage } from './use-card-page.ts';
import { useCardValues } from './use-card-values.ts';
import { useCards, useMadeCards } from './use-cards.ts';
import { useChartRuns } from './use-chart-runs.ts';
import { useCatchUp } from './use-paused.ts';

export function ChartsView({ query, values, right, wrong, title, onChange }: RunsViewProps) {
  const navigate = useNavigate();
  const small = useSmallScreen();
  const compare = useStartCompare();
  const question = useMemo(() => questionOfCharts(query), [query]);
  const { eye, shown, hidden, only: singled } = values;
  const eyes = useMemo(() => readEyes({ eye, shown, hidden, only: singled }), [eye, shown, hidden, singled]);
  const charts = useChartRuns(query, question, eyes);
  const { list, rows } = charts;
  useCatchUp('runs', query.experimentIds.join());
  const [settings, changeSettings] = useChartSettings();
  const layout = useLayout();
  const [listOpen, setListOpen] = useState(false);
  const { lines, made, late } = useMadeCards(list);
  const shownCards = useCards(made, layout.layout, values, late);
  const { all, cards, found, sections, opened } = shownCards;
  const editing = useEditing(layout, shownCards, words.charts.other);
  const { card: only, q = '' } = values;
  const asked = useMemo(() => ({ ...question, also: charts.beyond }), [question, charts.beyond]);
  const always = useMemo(
    () => [...(opened ? [opened] : []), ...cards.map(({ spec }) => spec).filter(isBrushed)],
    [opened, cards],
  );
  const { values: runValues, groups, named, runs, onNear } = useCardValues(asked, charts, query.group, always);
  const openRun = (runId: string): void => {
    const row = rows.find((one) => one.run_id === runId);
    const params = { experimentId: row?.experiment_id ?? query.experimentIds[0] ?? '', runId };
    void navigate({ to: '/experiments/$experimentId/runs/$runId', params });
  };
  const { page, brushed, clearBrushes } = useCardPage({
    named,
    runs,
    values: runValues,
    groups,
    settings,
    eyes,
    layout,
    sections: all,
    onUrl: onChange,
    onSelect: (ids) => {
      tick(ids);
    },
    onOpen: openRun,
    onCompare: (ids) => {
      compare(ids, query.baseline);
    },
    onEdit: (card) => {
      editing.edit({ dialog: 'edit', card });
    },
    onToSection: (card) => {
      editing.edit({ dialog: 'move', card });
    },
  });

  // Brushes leave some runs in the list; what is ticked is told by its places.
  const listed = useMemo(
    () => inGroups(brushed ? rows.filter((row) => brushed.has(row.run_id)) : rows, groups),
    [rows, brushed, groups],
  );
  const selection = useSelection(
    query.experimentIds.join(),
    useCallback((index: number) => listed[index]?.run_id, [listed]),
    async (first, last) => listed.slice(first, last + 1).map((row) => row.run_id),
  );
  const { set: tick } = selection;

  useHotkeys({
    f: {
      label: words.charts.full,
      run: () => {
        onChange({ full: opened ? undefined : pointedChart() });
      },
    },
    'mod+z': { label: text.undo, run: () => layout.undo?.() },
    'mod+shift+z': { label: text.redo, run: () => layout.redo?.() },
    'mod+y': () => layout.redo?.(),
    a: {
      label: text.addTitle,
      run: () => {
        editing.edit({ dialog: 'add' });
      },
    },
  });

  const filter = (next: string): void => {
    onChange({ filter: next, open: undefined, closed: undefined });
  };
  const panel = (
    <RunPanel
      query={query}
      charts={charts}
      eyes={eyes}
      rows={listed}
      groups={groups}
      selection={selection}
      brushed={brushed !== undefined}
      onClearBrushes={clearBrushes}
      onOpen={openRun}
      onChange={onChange}
    />
  );
  const addCard = (): void => {
    editing.edit({ dialog: 'add' });
  };

  const body = (): ReactNode => {
    if (charts.error && !list) {
      return (
        <RunsFailed
          error={charts.error}
          filter={query.filter}
          onRetry={charts.retry}
          onClear={() => {
            onChange({ filter: undefined });
          }}
        />
      );
    }
    if (!list) return <Loading />;
    if (rows.length === 0 || charts.runs.length === 0 || found.charts.length === 0) {
      return (
        <NoCharts
          query={query}
          rows={rows.length}
          shown={charts.runs.length}
          cards={cards.length}
          only={only}
          words={q}
          onAdd={addCard}
          onFilter={filter}
          onChange={onChange}
        />
      );
    }
    return (
      <CardsSheet
        sections={sections}
        nameOf={editing.nameOf}
        page={page}
        alone={only !== undefined}
        onShown={onNear}
        onSection={editing.changeSection}
      />
    );
  };
  return (
    <div className="charts-page">
      <ChartsToolbar
        title={title}
        query={query}
        values={values}
        scope={question}
        runs={charts}
        onFilter={filter}
        onChange={onChange}
      />
      <FilterChips filter={query.filter} onChange={filter} />
      <TableNotes hidden={0} wrong={wrong} right={right} onChange={onChange} />
      {query.colourBy !== undefined && (
        <ColourLegend
          column={query.colourBy}
          colours={charts.colours}
          onStop={() => {
            onChange({ colour: undefined });
          }}
        />
      )}
      <div className="charts-body">
        {!small && <aside className="run-panel">{panel}</aside>}
        <div className="charts-main">
          <CardTools
            settings={settings}
            onSettings={changeSettings}
            metrics={lines}
            counted={
              found.charts.length === cards.length
                ? text.count(count(cards.length))
                : text.matching(count(found.charts.length), count(cards.length))
            }
            bad={found.bad}
            alone={only !== undefined}
            running={(list?.matchedRunning ?? 0) > 0}
            layout={layout}
            onAdd={addCard}
            listButton={
              small && (
                <Button
                  icon="rows"
                  onClick={() => {
                    setListOpen(true);
                  }}
                >
                  {text.openList(count(charts.runs.length))}
                </Button>
              )
            }
          />
          {body()}
          {selection.ids.size > 0 && (
            <BulkBar
              ids={[...selection.ids]}
              experimentIds={query.experimentIds}
              deleted={query.deleted}
              matched={listed.length}
              read={(ids) => readRuns(query, ids)}
              onSelectAll={() => {
                tick(listed.map((row) => row.run_id));
              }}
              onClear={() => {
                tick([]);
              }}
              onPin={() => {
                onChange({ pin: withPinned(query, selection.ids) });
                tick([]);
              }}
              onHide={() => {
                page.onEye([...selection.ids], false);
                tick([]);
              }}
              onCompare={() => {
                compare([...selection.ids], query.baseline);
              }}
              onBaseline={(id) => {
                onChange({ baseline: id === query.baseline ? undefined : id });
              }}
            />
          )}
        </div>
      </div>
      {small && listOpen && (
        <Dialog
          kind="drawer"
          title={text.runList}
          onClose={() => {
            setListOpen(false);
          }}
        >
          {panel}
        </Dialog>
      )}
      <CardLayers cards={shownCards} page={page} state={editing} layout={layout} question={asked} lines={lines} />
    </div>
  );
}
