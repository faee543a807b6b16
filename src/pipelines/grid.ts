/** A task with a grid is one task for each combination of its params. */
import { isMapping, type Mapping } from './mapping.ts';
import { valueText } from './value-text.ts';

/** `[{a: 1, b: 3}, {a: 2, b: 3}]` of `{a: [1, 2], b: 3}`, or of a list of such. The last name changes fastest. */
export function combinations(grid: unknown): Mapping[] {
  const grids: unknown[] = Array.isArray(grid) ? grid : [grid];
  return grids
    .filter(isMapping)
    .flatMap((one) =>
      Object.entries(one).reduce<Mapping[]>(
        (before, [key, values]) =>
          before.flatMap((params) =>
            (Array.isArray(values) ? (values as unknown[]) : [values]).map((value) => ({ ...params, [key]: value })),
          ),
        [{}],
      ),
    );
}

/**
 * `fit-[[model]]` with the values of its params; a name without any gets the number of its combination: `fit-*` and
 * `fit-` are `fit-0`, `fit-1`.
 */
export function gridName(name: string, params: Mapping, at: number): string {
  if (/\[\[.+?\]\]/.test(name)) return withParams(name, params);
  return name.endsWith('*') ? `${name.slice(0, -1)}${at}` : `${name}${at}`;
}

/** Products of combinations stand beside each other: `out/fit.csv` is `out/fit-0.csv`. */
export function gridProduct(product: unknown, params: Mapping, at: number): unknown {
  if (typeof product === 'string') {
    const path = withParams(product, params);
    return path.replace(
      /(\.[^./\\]+)?([/\\]?)$/,
      (_, ending: string | undefined, slash: string) => `-${at}${ending ?? ''}${slash}`,
    );
  }
  // A relation: its name is the last but one.
  if (Array.isArray(product)) {
    return product.map((part: unknown, place) =>
      typeof part !== 'string' ? part : withParams(part, params) + (place === product.length - 2 ? `_${at}` : ''),
    );
  }
  if (!isMapping(product)) return product;
  return Object.fromEntries(Object.entries(product).map(([key, one]) => [key, gridProduct(one, params, at)]));
}

/** `[[model]]` in any text below `value`. */
export function withGridParams(value: unknown, params: Mapping): unknown {
  if (typeof value === 'string') return withParams(value, params);
  if (Array.isArray(value)) return value.map((item) => withGridParams(item, params));
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withGridParams(item, params)]));
}

function withParams(text: string, params: Mapping): string {
  return text.replaceAll(/\[\[\s*([^[\]]+?)\s*\]\]/g, (written, name: string) => {
    const value = params[name];
    return value === undefined ? written : valueText(value);
  });
}
