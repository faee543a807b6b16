/** What the reader changed about the cards of the page. What is not named here is as the page would have it by itself. */
import type { CardSpec } from '../card-spec.ts';

export interface CardSize {
  /** Columns that it takes. */
  readonly span: number;
  /** Pixels; undefined: as high as there is room for. */
  readonly height: number | undefined;
}

export interface Layout {
  /** Made or changed by the reader. */
  readonly cards: readonly CardSpec[];
  /** Ids of cards that the page would show. */
  readonly removed: readonly string[];
  /** By section, the ids that stand first in it, in their order. A card stands in the section that names it. */
  readonly order: ReadonlyMap<string, readonly string[]>;
  readonly sizes: ReadonlyMap<string, CardSize>;
  /** By section, what it is called. */
  readonly names: ReadonlyMap<string, string>;
  /** The sections that stand first, in their order. */
  readonly sections: readonly string[];
}

export const noChanges: Layout = {
  cards: [],
  removed: [],
  order: new Map(),
  sizes: new Map(),
  names: new Map(),
  sections: [],
};

const ownId = /^c\d+$/;

/** Whether the reader made it; the others are made by the page. */
export function isOwn(id: string): boolean {
  return ownId.test(id);
}

export function freeId({ cards }: Layout): string {
  const used = cards.flatMap(({ id }) => (isOwn(id) ? [Number(id.slice(1))] : []));
  return `c${Math.max(0, ...used) + 1}`;
}

/** A new card, or one that is another now. */
export function withCard(layout: Layout, card: CardSpec): Layout {
  const at = layout.cards.findIndex(({ id }) => id === card.id);
  return { ...layout, cards: at < 0 ? [...layout.cards, card] : layout.cards.with(at, card) };
}

export function withoutCard(layout: Layout, id: string): Layout {
  const sizes = new Map(layout.sizes);
  sizes.delete(id);
  return {
    ...layout,
    cards: layout.cards.filter((card) => card.id !== id),
    removed: isOwn(id) ? layout.removed : [...layout.removed, id],
    order: mapped(layout.order, (ids) => ids.filter((one) => one !== id)),
    sizes,
  };
}

export function withSize(layout: Layout, id: string, size: CardSize): Layout {
  const sizes = new Map(layout.sizes);
  if (size.span === 1 && size.height === undefined) sizes.delete(id);
  else sizes.set(id, size);
  return { ...layout, sizes };
}

export function withName(layout: Layout, section: string, name: string): Layout {
  return { ...layout, names: changed(layout.names, section, name === '' ? undefined : name) };
}

/**
 * @param wanted the ids of the section in the order that they shall have
 * @param usual those that are in it by themselves, in the order that they have without any of the reader's
 */
export function withOrder(
  layout: Layout,
  section: string,
  wanted: readonly string[],
  usual: readonly string[],
): Layout {
  const order = mapped(layout.order, (ids) => ids.filter((id) => !wanted.includes(id)));
  return { ...layout, order: changed(order, section, nonEmpty(leading(wanted, usual))) };
}

export function withSections(layout: Layout, wanted: readonly string[], usual: readonly string[]): Layout {
  return { ...layout, sections: leading(wanted, usual) };
}

/** As few names as say the order: those after them follow as they usually do. */
function leading(wanted: readonly string[], usual: readonly string[]): readonly string[] {
  for (let length = 0; length < wanted.length; length++) {
    const head = wanted.slice(0, length);
    const rest = usual.filter((id) => !head.includes(id));
    if (rest.length === wanted.length - length && rest.every((id, i) => id === wanted[length + i])) return head;
  }
  return wanted;
}

/** The named ones first, then the others. */
export function inOrder<T>(all: readonly T[], keyOf: (one: T) => string, first: readonly string[]): T[] {
  const places = new Map(first.map((key, i) => [key, i]));
  const placeOf = (one: T): number => places.get(keyOf(one)) ?? first.length;
  return all.toSorted((a, b) => placeOf(a) - placeOf(b));
}

function nonEmpty(ids: readonly string[]): readonly string[] | undefined {
  return ids.length === 0 ? undefined : ids;
}

function changed<V>(map: ReadonlyMap<string, V>, key: string, value: V | undefined): ReadonlyMap<string, V> {
  const next = new Map(map);
  if (value === undefined) next.delete(key);
  else next.set(key, value);
  return next;
}

function mapped(
  map: ReadonlyMap<string, readonly string[]>,
  change: (ids: readonly string[]) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  return new Map([...map].map(([key, ids]) => [key, change(ids)] as const).filter(([, ids]) => ids.length > 0));
}
