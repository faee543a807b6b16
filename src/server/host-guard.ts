/**
 * Refuses requests whose Host header names somebody else. A page of an attacker whose DNS name was pointed at this
 * server (DNS rebinding) sends the attacker's name here, so the header tells it from our own pages.
 */

/** What a refused Host is answered with: MLflow's status and text, as text/plain. */
export const refusedHost = {
  status: 403,
  text: 'Invalid Host header - possible DNS rebinding attack detected',
} as const;

/** A host in lower case, IPv6 in its shortest form within brackets; the port is '' where none is named. */
export interface Authority {
  readonly host: string;
  readonly port: string;
}

/** MLflow's defaults besides private addresses: this machine, under any port. */
const localNames: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]', '0.0.0.0']);

/** A DNS name has at most 253 characters; the rest is the port. */
const longestHeader = 260;
/** A server is called by few names. Whoever sends many only makes us check again. */
const mostRemembered = 64;

const authorityForm = /^(\[[0-9a-f:.]+\]|[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?)(?::(\d{0,5}))?$/;
const ipv4Form = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/**
 * Tells whether a Host header is accepted. Listed hosts pass with and without a port, those listed with a port only
 * with that one; `*` stands for any run of characters, alone for every host. No list: this machine and private addresses.
 */
export function createHostGuard(allowedHosts: readonly string[] | undefined): (host: string | null) => boolean {
  const listed = allowedHosts?.map((entry) => entry.trim()).filter((entry) => entry !== '');
  if (listed?.includes('*')) return () => true;
  const accepts = allowedHosts?.length ? anyOf((listed ?? []).map(compileEntry)) : isLocalOrPrivate;
  const remembered = new Map<string, boolean>();

  return (header) => {
    if (header === null || header.length > longestHeader) return false;
    const known = remembered.get(header);
    if (known !== undefined) return known;
    const authority = parseAuthority(header);
    const accepted = authority !== undefined && accepts(authority);
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(header, accepted);
    return accepted;
  };
}

/** Parses `host`, `host:port`, `[v6]`, `[v6]:port`; undefined for anything else, such as userinfo, paths and lists. */
export function parseAuthority(text: string): Authority | undefined {
  const match = authorityForm.exec(text.toLowerCase());
  const host = match?.[1];
  const port = match?.[2] ?? '';
  if (host === undefined || Number(port) > 65_535) return undefined;
  if (!host.startsWith('[')) return { host, port };
  const shortest = shortestIpv6(host);
  return shortest === undefined ? undefined : { host: shortest, port };
}

/** A text in which `*` stands for any run of characters. */
export function textPattern(pattern: string): (text: string) => boolean {
  if (!pattern.includes('*')) return (text) => text === pattern;
  const form = new RegExp(
    `^${pattern
      .split(/\*+/)
      .map((part) => RegExp.escape(part))
      .join('.*')}$`,
  );
  return (text) => form.test(text);
}

/**
 * As `textPattern`, for hosts. One that spells only numbers, such as `10.*`, means addresses:
 * MLflow's reading of it as a text also lets in `10.evil.com`, a name that anybody can register.
 */
export function hostPattern(pattern: string): (host: string) => boolean {
  const matches = textPattern(pattern);
  const addressesOnly = pattern.includes('*') && /^[\d.*]*\d[\d.*]*$/.test(pattern);
  return addressesOnly ? (host) => isIpv4(host) && matches(host) : matches;
}

function compileEntry(entry: string): (authority: Authority) => boolean {
  // MLflow's users must write `[[]` for a bracket next to a wildcard, as Python's fnmatch reads `[…]` as a choice.
  const text = entry.toLowerCase().replaceAll('[[]', '[');
  const bare = text.startsWith('[') ? undefined : shortestIpv6(`[${text}]`);
  if (bare !== undefined) return ({ host }) => host === bare;
  const split = /^(\[[^\]]*\]|[^:]*)(?::([\d*]*))?$/.exec(text);
  if (!split) return () => false;
  const named = split[1] ?? '';
  const matchesHost = hostPattern(shortestIpv6(named) ?? named);
  const port = split[2] ?? '';
  if (port === '' || port === '*') return ({ host }) => matchesHost(host);
  const matchesPort = textPattern(port);
  return (authority) => matchesPort(authority.port) && matchesHost(authority.host);
}

function anyOf(tests: readonly ((authority: Authority) => boolean)[]): (authority: Authority) => boolean {
  return (authority) => tests.some((test) => test(authority));
}

function isLocalOrPrivate({ host }: Authority): boolean {
  if (localNames.has(host)) return true;
  // fc00::/7, the private addresses of IPv6. In the shortest form `[fc::1]` is another address, so four digits are asked.
  if (host.startsWith('[')) return /^\[f[cd][0-9a-f]{2}:/.test(host);
  if (!isIpv4(host)) return false;
  const [first = 0, second = 0] = host.split('.').map(Number);
  return first === 10 || (first === 172 && second >= 16 && second < 32) || (first === 192 && second === 168);
}

function isIpv4(host: string): boolean {
  return (
    ipv4Form
      .exec(host)
      ?.slice(1)
      .every((part) => Number(part) <= 255) ?? false
  );
}

/** `[0:0::1]` to `[::1]`, as browsers send it; undefined for what is no IPv6 address in brackets. */
function shortestIpv6(text: string): string | undefined {
  if (!/^\[[0-9a-f:.]+\]$/.test(text)) return undefined;
  return URL.parse(`http://${text}/`)?.hostname;
}
