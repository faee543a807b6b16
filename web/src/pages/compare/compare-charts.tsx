import { useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useMemo, useState } from 'react';
import type { TableQuestion } from '../../api/run-table.ts';
import { Button } from '../../components/button.tsx';
import { count } from '../../components/format.ts';
import { useHotkeys } from '../../components/hotkeys.ts';
import { State } from '../../components/page.tsx';
import { showToast } from '../../components/toast.tsx';
import { useUrlState } from '../../components/url-state.ts';
import { text as page } from '../../text/charts-page.ts';
import { text } from '../../text/compare.ts';
import { text as words } from '../../text/run.ts';
import { AxisTools, ZoomReset } from '../charts/axis-tools.tsx';
import type { CardSpec } from '../charts/card-spec.ts';
import { cardTitle } from '../charts/card-title.ts';
import { CardDialog } from '../charts/cards/card-dialog.tsx';
import { CardFrame } from '../charts/cards/card-frame.tsx';
import { CardsSheet } from '../charts/cards/cards-sheet.tsx';
import { MoveDialog, RenameSectionDialog } from '../charts/cards/section-dialogs.tsx';
import { ChartFinder } from '../charts/chart-finder.tsx';
import { useChartSettings } from '../charts/chart-settings.ts';
import { isOpen, readEyes } from '../charts/eyes.ts';
import { findCharts } from '../charts/find-charts.ts';
import { FullChart, pointedChart } from '../charts/full-chart.tsx';
import { freeId, withCard, withName } from '../charts/layout/card-layout.ts';
import { cardSections, ownSection } from '../charts/layout/card-sections.ts';
import { movedTo, sectionMovedBy } from '../charts/layout/moves.ts';
import { useLayout } from '../charts/layout/use-layout.ts';
import { PauseButton } from '../charts/pause-button.tsx';
import { useCardPage } from '../charts/use-card-page.ts';
import { chartRunsOf, valuesOf } from './compared-values.ts';
import type { ViewProps } from './table-view.tsx';

interface CompareChartsProps extends ViewProps {
  /** The cards that are there by themselves. */
  readonly made: readonly CardSpec[];
  /** Said where there are none. */
  readonly none: string;
}

type Open =
  | { readonly dialog: 'add' }
  | { readonly dialog: 'edit' | 'move'; readonly card: CardSpec }
  | { readonly dialog: 'rename'; readonly section: string };

const nothing = (): void => undefined;
const noGroups: readonly never[] = [];

/** The cards of the charts page, of the runs that are compared. */
export function CompareCharts({ comparison, runs, made, none, onChange }: CompareChartsProps) {
  const navigate = useNavigate();
  const [url] = useUrlState();
  const [settings, changeSettings] = useChartSettings();
  const layout = useLayout();
  const [open, setOpen] = useState<Open>();
  const close = (): void => {
    setOpen(undefined);
  };
  const { eye, shown, hidden, q = '', re, card: only, full } = url;
  const eyes = useMemo(() => readEyes({ eye, shown, hidden }), [eye, shown, hidden]);
  const chartRuns = useMemo(
    () => chartRunsOf(runs).filter(({ id, status }, place) => isOpen(eyes, { run_id: id, status }, place, undefined)),
    [runs, eyes],
  );
  const values = useMemo(() => valuesOf(comparison), [comparison]);
  const question = useMemo(() => questionOf(runs), [runs]);
  const all = useMemo(() => cardSections(made, layout.layout), [made, layout.layout]);
  const cards = useMemo(() => all.flatMap((section) => section.charts), [all]);
  const asked = useDeferredValue(q);
  const found = useMemo(
    () =>
      only === undefined
        ? findCharts(cards, ({ spec }) => cardTitle(spec), asked, re === '1')
        : { charts: cards.filter(({ key }) => key === only), bad: false },
    [cards, only, asked, re],
  );
  const sections = useMemo(() => {
    const kept = new Set(found.charts);
    return all
      .map((section) => ({ ...section, charts: section.charts.filter((one) => kept.has(one)) }))
      .filter((section) => section.charts.length > 0);
  }, [all, found]);
  const { page: cardPage } = useCardPage({
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
      setOpen({ dialog: 'edit', card });
    },
    onToSection: (card) => {
      setOpen({ dialog: 'move', card });
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
  const nameOf = (section: string): string =>
    layout.layout.names.get(section) ??
    (section === ownSection ? page.own : section === '' ? text.views.charts : section);
  const opened = full === undefined ? undefined : cards.find(({ key }) => key === full)?.spec;
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
              onChange({ hidden: undefined, eye: undefined, shown: undefined });
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
            setOpen({ dialog: 'add' });
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
          nameOf={nameOf}
          page={cardPage}
          alone={only !== undefined}
          onShown={nothing}
          onSection={(section, change) => {
            if (change === 'rename') {
              setOpen({ dialog: 'rename', section });
              return;
            }
            const usual = cardSections(made, { ...layout.layout, sections: [] }).map(({ id }) => id);
            const next = sectionMovedBy(layout.layout, all, usual, section, change === 'up' ? -1 : 1);
            if (next) layout.change(next);
          }}
        />
      )}
      {opened && (
        <FullChart title={cardTitle(opened)} current={opened.id} keys={found.charts.map(({ key }) => key)}>
          {(tools) => (
            <CardFrame
              key={opened.id}
              spec={opened}
              page={cardPage}
              width={innerWidth}
              fixed
              alone={false}
              full
              tools={tools}
            />
          )}
        </FullChart>
      )}
      {(open?.dialog === 'add' || open?.dialog === 'edit') && (
        <CardDialog
          card={open.dialog === 'edit' ? open.card : undefined}
          id={freeId(layout.layout)}
          question={question}
          lines={comparison.lines}
          page={cardPage}
          onDone={(spec) => {
            close();
            layout.change(withCard(layout.layout, spec));
            if (open.dialog === 'add') showToast({ message: page.added(cardTitle(spec)) });
          }}
          onClose={close}
        />
      )}
      {open?.dialog === 'move' && (
        <MoveDialog
          card={open.card}
          sections={all.map(({ id }) => ({ id, name: nameOf(id) }))}
          onMove={(section) => {
            close();
            layout.change(movedTo(layout.layout, all, open.card.id, section));
          }}
          onClose={close}
        />
      )}
      {open?.dialog === 'rename' && (
        <RenameSectionDialog
          name={nameOf(open.section)}
          onRename={(name) => {
            close();
            layout.change(withName(layout.layout, open.section, name));
          }}
          onClose={close}
        />
      )}
    </>
  );
}

/** These runs as a table is asked for them: for the picture beside the fields of a card. */
function questionOf(runs: ViewProps['runs']): TableQuestion {
  return {
    experiment_ids: [...new Set(runs.map(({ experimentId }) => experimentId))],
    filter: `attributes.run_id IN (${runs.map(({ id }) => `'${id}'`).join(', ')})`,
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
