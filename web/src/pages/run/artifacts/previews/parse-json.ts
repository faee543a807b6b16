import type { Json } from '../../../../components/content/json-tree-rows.ts';

export type Parsed = { readonly value: Json } | { readonly failure: string };

/** A string, closed or not, so that each place is looked at once; or one of the numbers that JSON has not. */
const bareNumbers = /"[^"\\]*(?:\\[^]?[^"\\]*)*(?:"|$)|-?\b(?:NaN|Infinity)\b/g;

/** Python writes NaN and the infinities into JSON, which has none: they become strings. */
export function parseJson(text: string): Parsed {
  try {
    return { value: JSON.parse(text) as Json };
  } catch (error) {
    try {
      const repaired = text.replace(bareNumbers, (all) => (all.startsWith('"') ? all : `"${all}"`));
      return { value: JSON.parse(repaired) as Json };
    } catch {
      return { failure: error instanceof Error ? error.message.slice(0, 200) : String(error) };
    }
  }
}
