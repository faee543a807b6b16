/** An address as it may be shown and kept: without the name and password that may stand in it. The user of ssh is no secret. */
export function withoutPassword(uri: string): string {
  const [, scheme = '', given] = /^([\w+.-]+:\/\/)([^/?#]*)@/.exec(uri) ?? [];
  if (given === undefined) return uri;
  const user = /^(git\+)?ssh:/i.test(scheme) ? `${given.split(':')[0]}@` : '';
  return `${scheme}${user}${uri.slice(scheme.length + given.length + 1)}`;
}
