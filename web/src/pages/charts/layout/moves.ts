/** Cards and sections in other places: what that makes of a layout. */
import { withOrder, withSections, type Layout } from './card-layout.ts';
import type { SectionOfCards } from './card-sections.ts';

type Sections = readonly SectionOfCards[];

function keysOf({ charts }: SectionOfCards): string[] {
  return charts.map(({ key }) => key);
}

export function sectionWith(sections: Sections, id: string): SectionOfCards | undefined {
  return sections.find(({ charts }) => charts.some(({ key }) => key === id));
}

/** Some places on or back in its section. Undefined: it is at the end already. */
export function movedBy(layout: Layout, sections: Sections, id: string, by: number): Layout | undefined {
  const section = sectionWith(sections, id);
  if (!section) return undefined;
  const keys = keysOf(section);
  const from = keys.indexOf(id);
  const to = Math.max(0, Math.min(keys.length - 1, from + by));
  if (to === from) return undefined;
  return withOrder(layout, section.id, keys.toSpliced(from, 1).toSpliced(to, 0, id), section.usual);
}

/** Beside another card, whatever section that is in. */
export function movedBeside(layout: Layout, sections: Sections, id: string, target: string, after: boolean): Layout {
  const section = sectionWith(sections, target);
  if (!section || id === target) return layout;
  const keys = keysOf(section).filter((key) => key !== id);
  const to = keys.indexOf(target) + (after ? 1 : 0);
  return withOrder(layout, section.id, keys.toSpliced(to, 0, id), section.usual);
}

/** To the end of a section, which may be a new one. */
export function movedTo(layout: Layout, sections: Sections, id: string, to: string): Layout {
  const section = sections.find((one) => one.id === to);
  const keys = section ? keysOf(section).filter((key) => key !== id) : [];
  return withOrder(layout, to, [...keys, id], section?.usual ?? []);
}

/** @param usual the sections in the order that they have without any of the reader's */
export function sectionMovedBy(
  layout: Layout,
  sections: Sections,
  usual: readonly string[],
  id: string,
  by: number,
): Layout | undefined {
  const ids = sections.map((section) => section.id);
  const from = ids.indexOf(id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= ids.length) return undefined;
  return withSections(layout, ids.toSpliced(from, 1).toSpliced(to, 0, id), usual);
}
