/**
 * Where a page asks for scripts and styles that do not lie in it: hosts such as `cdn.plot.ly`, and files beside it by
 * their address. By its text, since parsing it as a page would tell the console of everything in it that is forbidden,
 * and from left to right once, however it is written.
 */
export function askedElsewhere(html: string): readonly string[] {
  const asked = new Set<string>();
  const begin = /<!--|<(script|style|link)(?=[\s/>])/gi;
  for (let found = begin.exec(html); found; found = begin.exec(html)) {
    const name = found[1]?.toLowerCase();
    const end = html.indexOf(name === undefined ? '-->' : '>', begin.lastIndex);
    if (end < 0) break;
    if (name !== undefined) {
      const address = addressIn(name, html.slice(begin.lastIndex, end));
      if (address !== '' && !/^(?:data|blob):/i.test(address)) asked.add(placeOf(address));
    }
    begin.lastIndex = end;
    if (name !== 'script' && name !== 'style') continue;
    // What stands in a script or style of the page's own is no tag.
    const close = name === 'script' ? /<\/script/gi : /<\/style/gi;
    close.lastIndex = end;
    if (!close.test(html)) break;
    begin.lastIndex = close.lastIndex;
  }
  return [...asked];
}

const attribute = /([^\s"'>/=]{1,40})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g;

function addressIn(name: string, attributes: string): string {
  const values = new Map(
    [...attributes.matchAll(attribute)].map(([, key = '', ...parts]) => [
      key.toLowerCase(),
      parts.find((part) => part !== undefined)?.trim() ?? '',
    ]),
  );
  if (name === 'script') return values.get('src') ?? '';
  return /(?:^|\s)stylesheet(?:\s|$)/i.test(values.get('rel') ?? '') ? (values.get('href') ?? '') : '';
}

const longestShown = 80;

function placeOf(address: string): string {
  const isOfHost = /^(?:https?:)?\/\//i.test(address);
  return (isOfHost && URL.parse(address, 'https://localhost')?.host) || address.slice(0, longestShown);
}
