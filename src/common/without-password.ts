/** An address as it may be shown and kept: without the name and password that may stand in it. */
export function withoutPassword(uri: string): string {
  return uri.replace(/^(\w+:\/\/)[^/@]*@/, '$1');
}
