import { limits } from '../protocol/limits.ts';

/** A text for a cell: nobody reads a page there. */
export function shortened(text: string): string {
  if (text.length <= limits.cellText) return text;
  // Not between the two halves of a character.
  return `${text.slice(0, limits.cellText).replace(/[\ud800-\udbff]$/, '')}…`;
}
