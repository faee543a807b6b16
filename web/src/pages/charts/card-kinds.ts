/** The kinds of cards that there are, in the order in which a reader chooses. */
import type { CardKindEntry } from './card-kind.ts';
import type { CardKind } from './card-spec.ts';
import { lineCard } from './lines/line-card.ts';
import { markCards } from './marks/index.ts';
import { relationCards } from './relations/index.ts';

export const cardKindEntries: readonly CardKindEntry[] = [lineCard, ...markCards, ...relationCards];

const byKind = new Map(cardKindEntries.map((entry) => [entry.kind, entry]));

export const knownKinds: ReadonlySet<CardKind> = new Set(byKind.keys());

export function entryOf(kind: CardKind): CardKindEntry | undefined {
  return byKind.get(kind);
}
