import { useMemo } from 'react';
import { showFailure, showToast } from '../../components/toast.tsx';
import type { UrlValues } from '../../components/url-state.ts';
import { useUrlSet } from '../../components/use-url-set.ts';
import { count } from '../../components/format.ts';
import { text } from '../../text/charts-page.ts';
import { text as work } from '../../text/run-work.ts';
import { brushesOf, leftBy, withoutBrushes } from './card-brushes.ts';
import type { CardPage } from './cards/card-page.ts';
import type { CardSpec } from './card-spec.ts';
import { cardTitle } from './card-title.ts';
import type { ChartRun, RunValues } from './chart-run.ts';
import type { ChartSettings } from './chart-settings.ts';
import { mostNamed, urlOfAllBack, urlOfEyes, urlOfSingled, type Eyes } from './eyes.ts';
import type { ChartGroup } from './grouping.ts';
import { withCard, withoutCard, withSize } from './layout/card-layout.ts';
import type { SectionOfCards } from './layout/card-sections.ts';
import { movedBeside, movedBy } from './layout/moves.ts';
import type { LayoutState } from './layout/use-layout.ts';

interface Options {
  readonly named: readonly ChartRun[];
  readonly runs: readonly ChartRun[];
  readonly values: RunValues;
  readonly groups: readonly ChartGroup[];
  readonly settings: ChartSettings;
  readonly eyes: Eyes;
  readonly layout: LayoutState;
  readonly sections: readonly SectionOfCards[];
  readonly onUrl: (change: UrlValues) => void;
  readonly onSelect: (runIds: readonly string[]) => void;
  readonly onOpen: (runId: string) => void;
  readonly onCompare?: (runIds: readonly string[]) => void;
  readonly onEdit: (spec: CardSpec) => void;
  readonly onToSection: (spec: CardSpec) => void;
}

export interface CardPageState {
  readonly page: CardPage;
  /** Runs that all brushes leave; undefined while there are none. */
  readonly brushed: ReadonlySet<string> | undefined;
  readonly clearBrushes: () => void;
}

/** What cards are given and what they may do to the page. */
export function useCardPage(options: Options): CardPageState {
  const { named, runs, values, groups, settings, eyes, layout, sections, onUrl } = options;
  const [tables, onTable] = useUrlSet('table');
  // All cards, in view or not: a brush of the address narrows the list before its card is there.
  const brushes = useMemo(() => brushesOf(sections, runs, values), [sections, runs, values]);
  const brushed = useMemo(() => leftBy(brushes), [brushes]);
  const runsByCard = useMemo(() => new Map<string, readonly ChartRun[]>(), [runs, brushes]); // oxlint-disable-line react/exhaustive-deps
  const { change } = layout;
  const goTo = (url: UrlValues | undefined): void => {
    if (url) onUrl(url);
    else showFailure(new Error(work.tooManyHidden(count(mostNamed))));
  };
  const page: CardPage = {
    // A card draws what its own brush leaves out too: it shows the brush.
    runsFor: (cardId) => {
      const known = runsByCard.get(cardId);
      if (known) return known;
      const left = leftBy(brushes, cardId);
      const own = left ? runs.filter(({ id }) => left.has(id)) : runs;
      runsByCard.set(cardId, own);
      return own;
    },
    named,
    values,
    groups,
    settings,
    tables,
    onTable,
    onChange: (spec) => change(withCard(layout.layout, spec)),
    onEdit: options.onEdit,
    onRemove: (spec) => {
      const before = layout.layout;
      change(withoutCard(before, spec.id));
      const undo = (): void => {
        change(before);
      };
      showToast({ message: text.removed(cardTitle(spec)), action: { label: text.undone, run: undo } });
    },
    onMove: (spec, by) => {
      const next = movedBy(layout.layout, sections, spec.id, by);
      if (next) change(next);
    },
    onMoveBeside: (cardId, target, after) => {
      change(movedBeside(layout.layout, sections, cardId, target, after));
    },
    onToSection: options.onToSection,
    onResize: (spec, size) => {
      change(withSize(layout.layout, spec.id, size));
    },
    onSelect: options.onSelect,
    onEye: (ids, open) => {
      goTo(urlOfEyes(eyes, ids, open));
    },
    onSingle: (ids) => {
      goTo(ids.length <= mostNamed ? urlOfSingled(eyes, ids) : undefined);
    },
    onAllBack: () => {
      goTo(urlOfAllBack(eyes));
    },
    onOpen: options.onOpen,
    onCompare: options.onCompare,
  };
  return {
    page,
    brushed,
    clearBrushes: () => {
      // Brushes stand with their cards in the address.
      change({ ...layout.layout, cards: layout.layout.cards.map(withoutBrushes) });
    },
  };
}
