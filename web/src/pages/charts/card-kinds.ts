/** The kinds of cards that there are, in the order in which a reader chooses. */
import type { CardKindEntry } from './card-kind.ts';
import type { CardKind, CardSpec } from './card-spec.ts';
import type { RunValues } from './chart-run.ts';
import { lineCard } from './lines/line-card.ts';
import { markCards } from './marks/index.ts';
import { relationCards } from './relations/index.ts';

export const cardKindEntries: readonly CardKindEntry[] = [lineCard, ...markCards, ...relationCards];

const byKind = new Map(cardKindEntries.map((entry) => [entry.kind, entry]));

export const knownKinds: ReadonlySet<CardKind> = new Set(byKind.keys());

export function entryOf(kind: CardKind): CardKindEntry | undefined {
  return byKind.get(kind);
}

/** Whether what a card needs of the runs is there. */
export function hasCome(spec: CardSpec, values: RunValues): boolean {
  return (entryOf(spec.kind)?.needs(spec) ?? []).every((column) => values.at('', column) !== undefined);
}
