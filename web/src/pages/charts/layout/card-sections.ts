/** Which cards there are, in which sections, as the page and the reader want them. */
import type { CardSpec } from '../card-spec.ts';
import { fewCharts, prefixOf, type ChartSection, type SheetChart } from '../sheet-rows.ts';
import { inOrder, isOwn, type Layout } from './card-layout.ts';

export interface PlacedCard extends SheetChart {
  /** Its id. */
  readonly key: string;
  readonly spec: CardSpec;
}

export interface SectionOfCards extends ChartSection<PlacedCard> {
  /** Those that are here by themselves, in the order that they have without any of the reader's. */
  readonly usual: readonly string[];
}

/** Where cards of the reader stand; no prefix is called so. */
export const ownSection = '*';

/**
 * @param made the cards that the page makes by itself
 * @param late the ids of those that came while the reader was there
 */
export function cardSections(
  made: readonly CardSpec[],
  layout: Layout,
  late: ReadonlySet<string> = new Set(),
): SectionOfCards[] {
  const changed = new Map(layout.cards.map((card) => [card.id, card]));
  const removed = new Set(layout.removed);
  const cards = [
    ...layout.cards.filter(({ id }) => isOwn(id)),
    ...made.map((card) => changed.get(card.id) ?? card),
  ].filter(({ id }) => !removed.has(id));
  const movedTo = new Map([...layout.order].flatMap(([section, ids]) => ids.map((id) => [id, section] as const)));
  const touched = layout.names.size + layout.sections.length > 0 || [...layout.order.keys()].some((id) => id !== '');
  const few = cards.filter(({ id }) => !late.has(id)).length <= fewCharts && !touched;
  const usualOf = (card: CardSpec): string => (isOwn(card.id) ? ownSection : prefixOf(metricOf(card)));
  const bySection = Map.groupBy(cards, (card) => (few ? '' : (movedTo.get(card.id) ?? usualOf(card))));
  const sections = [...bySection]
    .toSorted(([a, cardsOfA], [b, cardsOfB]) => rank(a, cardsOfA, late) - rank(b, cardsOfB, late))
    .map(([id, members]): SectionOfCards => ({
      id,
      usual: members.filter((card) => few || usualOf(card) === id).map((card) => card.id),
      charts: inOrder(members, (card) => card.id, layout.order.get(id) ?? []).map((spec) => ({
        key: spec.id,
        spec,
        late: late.has(spec.id),
        // Axes side by side need room.
        ...(spec.kind === 'parallel' && { span: 2 }),
        ...layout.sizes.get(spec.id),
      })),
    }));
  return inOrder(sections, ({ id }) => id, layout.sections);
}

/** The reader's own first, what the machine measures of itself last; those between as their metrics come. */
function rank(section: string, cards: readonly CardSpec[], late: ReadonlySet<string>): number {
  if (section === ownSection) return 0;
  if (cards.every(({ id }) => late.has(id))) return 3;
  return section === 'system' || section.startsWith('system/') ? 2 : 1;
}

function metricOf({ columns: [column = ''] }: CardSpec): string {
  return column.slice(column.indexOf('.') + 1);
}
