/** A view is the query of the address, without what belongs to one visit. */
import type { UrlValues } from '../../components/url-state.ts';

export interface SavedView {
  readonly name: string;
  readonly query: string;
}

type Tags = readonly { readonly key?: string | undefined; readonly value?: string | undefined }[];

const tagPrefix = 'modelyard.view.';
/** The tag of an experiment that names the view it opens with. */
export const defaultTag = 'modelyard.default-view';
const ofOneVisit: readonly string[] = [
  'peek',
  'selected',
  'experiments',
  'open',
  'closed',
  'saved',
  'default',
  'full',
  'live',
];

/** Keys of tags hold letters, digits and a few signs; any other sign of a name stands there by its number: `:3c:` is <. */
export function tagOfView(name: string): string {
  return tagPrefix + name.replaceAll(/[^\p{L}\p{N}_\-./ ]/gu, (sign) => `:${(sign.codePointAt(0) ?? 0).toString(16)}:`);
}

function nameOfTag(key: string): string {
  return key
    .slice(tagPrefix.length)
    .replaceAll(/:([\da-f]{1,5}|10[\da-f]{4}):/g, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16)));
}

export function viewOf(values: UrlValues): string {
  const kept = Object.entries(values).filter(([key, value]) => value !== undefined && !ofOneVisit.includes(key));
  return new URLSearchParams(kept.toSorted(([a], [b]) => (a < b ? -1 : 1)) as [string, string][]).toString();
}

export function viewsOf(tags: Tags): SavedView[] {
  return tags
    .filter(({ key }) => key?.startsWith(tagPrefix))
    .map(({ key = '', value = '' }) => ({ name: nameOfTag(key), query: value }));
}

export function defaultOf(tags: Tags): string | undefined {
  return tags.find(({ key }) => key === defaultTag)?.value;
}

/** The address of a view; its name stands in it, so that one sees what was changed since. */
export function valuesOf({ name, query }: SavedView): UrlValues {
  return { ...Object.fromEntries(new URLSearchParams(query)), saved: name };
}
