import { useDeferredValue, useMemo, useRef } from 'react';
import type { RunList } from '../../api/run-list.ts';
import type { UrlValues } from '../../components/url-state.ts';
import { knownKinds } from './card-kinds.ts';
import type { CardSpec } from './card-spec.ts';
import { cardTitle } from './card-title.ts';
import { findCharts, type Found } from './find-charts.ts';
import type { Layout } from './layout/card-layout.ts';
import { cardSections, type PlacedCard, type SectionOfCards } from './layout/card-sections.ts';
import { madeCards } from './layout/made-cards.ts';
import { inVisit, latecomers, visitAfter, type Visit } from './layout/visit.ts';

export interface Cards {
  /** The sections with all of their cards. */
  readonly all: readonly SectionOfCards[];
  /** The order of sections without any of the reader's. */
  readonly usualSections: readonly string[];
  readonly cards: readonly PlacedCard[];
  /** Those that the search finds, or the one that the address asks for alone. */
  readonly found: Found<PlacedCard>;
  /** The sections with the cards that were found. */
  readonly sections: readonly SectionOfCards[];
  /** The card that fills the window. */
  readonly opened: CardSpec | undefined;
}

/**
 * Which cards there are, in which sections, and which of them the address asks for.
 * @param made the cards that the page makes by itself
 * @param late the ids of those that came while the reader was there
 */
export function useCards(
  made: readonly CardSpec[],
  layout: Layout,
  { card: only, full, q = '', re }: UrlValues,
  late = noLatecomers,
): Cards {
  const all = useMemo(() => cardSections(made, layout, late), [made, layout, late]);
  const usualSections = useMemo(
    () => cardSections(made, { ...layout, sections: [] }, late).map(({ id }) => id),
    [made, layout, late],
  );
  const cards = useMemo(() => all.flatMap((section) => section.charts), [all]);
  const words = useDeferredValue(q);
  const found = useMemo(
    () =>
      only === undefined
        ? findCharts(cards, ({ spec }) => cardTitle(spec), words, re === '1')
        : { charts: cards.filter(({ key }) => key === only), bad: false },
    [cards, only, words, re],
  );
  const sections = useMemo(() => {
    const kept = new Set(found.charts);
    if (kept.size === cards.length) return all;
    return all
      .map((section) => ({ ...section, charts: section.charts.filter((one) => kept.has(one)) }))
      .filter((section) => section.charts.length > 0);
  }, [all, cards, found]);
  const opened = full === undefined ? undefined : cards.find(({ key }) => key === full)?.spec;
  return { all, usualSections, cards, found, sections, opened };
}

const noMetrics: readonly never[] = [];
const noLatecomers: ReadonlySet<string> = new Set();

interface MadeCards {
  readonly lines: readonly string[];
  readonly made: readonly CardSpec[];
  /** Ids of those of them that came while the reader was there. */
  readonly late: ReadonlySet<string>;
}

/** The metrics that are lines, and the cards that the page makes by itself. */
export function useMadeCards(list: RunList | undefined): MadeCards {
  const metrics = list?.metrics ?? noMetrics;
  const runs = list?.rows.length ?? 0;
  const lines = useMemo(() => metrics.filter(({ line }) => line).map(({ key }) => key), [metrics]);
  const usual = useMemo(() => madeCards(metrics, runs, knownKinds), [metrics, runs]);
  const visit = useRef<Visit>(undefined);
  if (list) visit.current = visitAfter(visit.current, list, usual);
  const { current } = visit;
  const made = useMemo(() => (current ? inVisit(usual, current) : usual), [usual, current]);
  const late = useMemo(() => (current ? latecomers(usual, current) : noLatecomers), [usual, current]);
  return { lines, made, late };
}
