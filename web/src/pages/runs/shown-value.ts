import { text } from '../../text/run-cells.ts';

/** What a page would not show as it is: no text at all, blanks at an end or side by side, breaks of lines. */
const unseen = /^$|^\s|\s$|\s\s|[\n\r\t]/;

/**
 * A value among others of its column, so that no two look or sound alike: in quotes where its blanks would not be
 * seen, or where it could be taken for such quotes or for the words of a missing one.
 */
export function shownValue(value: string | null | undefined): string {
  if (value === null || value === undefined) return text.noValue;
  return unseen.test(value) || value === text.noValue || /^".*"$/.test(value) ? JSON.stringify(value) : value;
}
