/** Which one value a change is about: keys that are held, or pressed one after the other, change it in many small steps. */
import type { CardSpec } from '../card-spec.ts';
import type { Layout } from './card-layout.ts';

/** An option or the size of one card. Undefined where something else changed, or more. */
export function changedValue(before: Layout, next: Layout): string | undefined {
  const isSame = (part: keyof Layout): boolean => before[part] === next[part];
  if (!isSame('removed') || !isSame('order') || !isSame('names') || !isSame('sections')) return undefined;
  if (isSame('cards')) {
    const ids = [...new Set([...before.sizes.keys(), ...next.sizes.keys()])];
    const [id, ...others] = ids.filter((one) => before.sizes.get(one) !== next.sizes.get(one));
    return id === undefined || others.length > 0 ? undefined : `size ${id}`;
  }
  const [card, ...others] = next.cards.filter((one) => !before.cards.includes(one));
  if (!isSame('sizes') || !card || others.length > 0) return undefined;
  const option = changedOption(
    before.cards.find(({ id }) => id === card.id),
    card,
  );
  return option === undefined ? undefined : `${option} of ${card.id}`;
}

/** A card that the page made is not in the layout before its first change. */
function changedOption(before: CardSpec | undefined, next: CardSpec): string | undefined {
  if (before && (before.kind !== next.kind || before.columns !== next.columns)) return undefined;
  const old = before?.options ?? {};
  const names = [...new Set([...Object.keys(old), ...Object.keys(next.options)])];
  const [name, ...others] = names.filter((one) => old[one] !== next.options[one]);
  return others.length > 0 ? undefined : name;
}
