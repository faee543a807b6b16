/** Lists of answers that are there even when they are empty, so that nobody need ask. */
import { messageOf, string, type Fields } from './schema.ts';

export function listOf<M extends Fields>(fields: M) {
  return { ...messageOf(fields).list, sendEmpty: true as const };
}

export const strings = { ...string.list, sendEmpty: true as const };
