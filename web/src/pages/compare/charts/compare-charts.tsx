import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { filterOfRuns } from '../../../api/run-list.ts';
import type { TableQuestion } from '../../../api/run-table.ts';
import { Button } from '../../../components/button.tsx';
import { count } from '../../../components/format.ts';
import { useHotkeys } from '../../../components/hotkeys.ts';
import { State } from '../../../components/page.tsx';
import { useUrlState } from '../../../components/url-state.ts';
import { text as page } from '../../../text/charts-page.ts';
import { text } from '../../../text/compare.ts';
import { text as words } from '../../../text/run.ts';
import { AxisTools, ZoomReset } from '../../charts/axis-tools.tsx';
import type { CardSpec } from '../../charts/card-spec.ts';
import { CardLayers } from '../../charts/cards/card-layers.tsx';
import { CardsSheet } from '../../charts/cards/cards-sheet.tsx';
import { useEditing } from '../../charts/cards/use-editing.ts';
import { ChartFinder } from '../../charts/chart-finder.tsx';
import { useChartSettings } from '../../charts/chart-settings.ts';
import { readEyes } from '../../charts/eyes.ts';
import { namedRuns } from '../../charts/named-runs.ts';
import { pointedChart } from '../../charts/full-chart.tsx';
import { useLayout } from '../../charts/layout/use-layout.ts';
import { PauseButton } from '../../charts/pause-button.tsx';
import { useCardPage } from '../../charts/use-card-page.ts';
import { useCards } from '../../charts/use-cards.ts';
import { chartRunsOf, valuesOf } from './compared-values.ts';
import type { ViewProps } from '../table/table-view.tsx';

interface CompareChartsProps extends ViewProps {
  /** The cards that are there by themselves. */
  readonly made: readonly CardSpec[];
  /** Said where there are none. */
  readonly none: string;
}

const nothing = (): void => undefined;
const noGroups: readonly never[] = [];

/** The cards of the charts page, of the runs that are compared. */
export function CompareCharts({ comparison, runs, made, none, onChange }: CompareChartsProps) {
  const navigate = useNavigate();
  const [url] = useUrlState();
  const [settings, changeSettings] = useChartSettings();
  const layout = useLayout();
  const { eye, shown, hidden, only: singled, q = '', card: only } = url;
  const eyes = useMemo(() => readEyes({ eye, shown, hidden, only: singled }), [eye, shown, hidden, singled]);
  const named = useMemo(() => namedRuns(chartRunsOf(runs), eyes), [runs, eyes]);
  const chartRuns = useMemo(() => named.filter(({ putAway }) => !putAway), [named]);
  const values = useMemo(() => valuesOf(comparison), [comparison]);
  const question = useMemo(() => questionOf(runs), [runs]);
  const shownCards = useCards(made, layout.layout, url);
  const { all, cards, found, sections } = shownCards;
  const editing = useEditing(layout, shownCards, text.views.charts);
  const { page: cardPage } = useCardPage({
    named,
    runs: chartRuns,
    values,
    groups: noGroups,
    settings,
    eyes,
    layout,
    sections: all,
    onUrl: onChange,
    onSelect: nothing,
    onOpen: (runId) => {
      const experimentId = runs.find(({ id }) => id === runId)?.experimentId ?? '0';
      void navigate({ to: '/experiments/$experimentId/runs/$runId', params: { experimentId, runId } });
    },
    onEdit: (card) => {
      editing.edit({ dialog: 'edit', card });
    },
    onToSection: (card) => {
      editing.edit({ dialog: 'move', card });
    },
  });
  useHotkeys({
    f: {
      label: words.charts.full,
      run: () => {
        onChange({ full: pointedChart() });
      },
    },
    'mod+z': { label: page.undo, run: () => layout.undo?.() },
    'mod+shift+z': { label: page.redo, run: () => layout.redo?.() },
  });
  const away = runs.length - chartRuns.length;
  return (
    <>
      <div className="card-tools" role="toolbar" aria-label={page.toolbar}>
        {only === undefined ? (
          <ChartFinder
            label={text.findCharts}
            count={
              found.charts.length === cards.length
                ? page.count(count(cards.length))
                : page.matching(count(found.charts.length), count(cards.length))
            }
            bad={found.bad}
          />
        ) : (
          <Button
            icon="left"
            onClick={() => {
              onChange({ card: undefined });
            }}
          >
            {page.allCards}
          </Button>
        )}
        {away > 0 && (
          <Button
            kind="quiet"
            icon="eye-off"
            onClick={() => {
              onChange({ hidden: undefined, eye: undefined, shown: undefined, only: undefined });
            }}
          >
            {text.hiddenRuns(count(away))}
          </Button>
        )}
        <span className="spacer" />
        {runs.some(({ status }) => status === 'RUNNING') && <PauseButton />}
        <ZoomReset settings={settings} onChange={changeSettings} />
        <AxisTools settings={settings} onChange={changeSettings} metrics={comparison.lines} />
        {layout.reset && (
          <Button kind="quiet" onClick={layout.reset}>
            {page.reset}
          </Button>
        )}
        <Button
          icon="plus"
          onClick={() => {
            editing.edit({ dialog: 'add' });
          }}
        >
          {page.add}
        </Button>
      </div>
      {found.charts.length === 0 ? (
        <State title={cards.length === 0 ? none : words.noMatch(only ?? q)}>
          {cards.length > 0 && (
            <Button
              onClick={() => {
                onChange({ q: undefined, card: undefined });
              }}
            >
              {words.charts.showAll}
            </Button>
          )}
        </State>
      ) : (
        <CardsSheet
          sections={sections}
          nameOf={editing.nameOf}
          page={cardPage}
          alone={only !== undefined}
          onShown={nothing}
          onSection={editing.changeSection}
        />
      )}
      <CardLayers
        cards={shownCards}
        page={cardPage}
        state={editing}
        layout={layout}
        question={question}
        lines={comparison.lines}
      />
    </>
  );
}

/** These runs as a table is asked for them: for the picture beside the fields of a card. */
function questionOf(runs: ViewProps['runs']): TableQuestion {
  return {
    experiment_ids: [...new Set(runs.map(({ experimentId }) => experimentId))],
    filter: filterOfRuns(runs.map(({ id }) => id)),
    text: '',
    view_type: 'ACTIVE_ONLY',
    order_by: [],
    columns: [],
    tree: false,
    expanded: [],
    collapsed: [],
    colour_by: undefined,
  };
}
