/** The conditions of RFC 9110 under which a file is sent: whole, in part, or not again. */

/** One entity tag; its second group is the tag without the mark of a weak one. */
const entityTag = /(W\/)?("[^"]*")/g;

/** Whether `If-None-Match` says that the client has this file. */
export function hasAlready(header: string | null, etag: string): boolean {
  if (header === null) return false;
  return header.trim() === '*' || [...header.matchAll(entityTag)].some(([, , tag]) => tag === etag);
}

/** Whether the parts that the client has, by its `If-Range`, are of this file; weak tags and whole seconds are never sure. */
export function isOfSameFile(header: string | null, etag: string): boolean {
  return header === null || header.trim() === etag;
}
