/** A view is the query of the address, without what belongs to one visit. */
import type { UrlValues } from '../../components/url-state.ts';

export interface SavedView {
  readonly name: string;
  readonly query: string;
}

const tagPrefix = 'modelyard.view.';
const ofOneVisit: readonly string[] = ['peek', 'selected', 'experiments', 'open', 'closed'];

export function tagOfView(name: string): string {
  return tagPrefix + name;
}

export function viewOf(values: UrlValues): string {
  const kept = Object.entries(values).filter(([key, value]) => value !== undefined && !ofOneVisit.includes(key));
  return new URLSearchParams(kept.toSorted(([a], [b]) => (a < b ? -1 : 1)) as [string, string][]).toString();
}

export function viewsOf(tags: readonly { key?: string | undefined; value?: string | undefined }[]): SavedView[] {
  return tags
    .filter(({ key }) => key?.startsWith(tagPrefix))
    .map(({ key = '', value = '' }) => ({ name: key.slice(tagPrefix.length), query: value }));
}
