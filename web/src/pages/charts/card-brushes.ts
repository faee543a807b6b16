/** Brushes stand with their cards in the address; what they leave narrows the list and the other cards. */
import { entryOf, hasCome } from './card-kinds.ts';
import type { CardSpec } from './card-spec.ts';
import type { ChartRun, RunValues } from './chart-run.ts';
import type { SectionOfCards } from './layout/card-sections.ts';

/** By the card, the runs that its brushes leave. */
export type Brushes = ReadonlyMap<string, ReadonlySet<string>>;

export function isBrushed({ options }: CardSpec): boolean {
  return options['brushes'] !== undefined;
}

export function withoutBrushes(card: CardSpec): CardSpec {
  return isBrushed(card) ? { ...card, options: { ...card.options, brushes: undefined } } : card;
}

export function brushesOf(sections: readonly SectionOfCards[], runs: readonly ChartRun[], values: RunValues): Brushes {
  const brushes = new Map<string, ReadonlySet<string>>();
  for (const { spec } of sections.flatMap(({ charts }) => charts)) {
    const left = hasCome(spec, values) ? entryOf(spec.kind)?.left?.(spec, runs, values) : undefined;
    if (left) brushes.set(spec.id, new Set(left));
  }
  return brushes;
}

/** The runs that all brushes leave but those of one card; undefined where there is no other. */
export function leftBy(brushes: Brushes, except?: string): ReadonlySet<string> | undefined {
  let left: ReadonlySet<string> | undefined;
  for (const [cardId, ids] of brushes) {
    if (cardId !== except) left = left ? left.intersection(ids) : ids;
  }
  return left;
}
