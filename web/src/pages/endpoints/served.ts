/** Which versions an endpoint serves, and how its traffic is split between them: always 100 in all. */

export interface Share {
  readonly model_uri: string;
  readonly traffic_percentage: number;
}

export interface ModelAddress {
  readonly name: string;
  /** Absent for an alias. */
  readonly version?: string;
  readonly alias?: string;
}

/** Parts of `models:/churn/3` or `models:/churn@champion`. */
export function addressOf(uri: string): ModelAddress {
  const rest = uri.replace(/^models:\//, '');
  const slash = rest.lastIndexOf('/');
  if (slash >= 0) return { name: rest.slice(0, slash), version: rest.slice(slash + 1) };
  const at = rest.lastIndexOf('@');
  return at < 0 ? { name: rest } : { name: rest.slice(0, at), alias: rest.slice(at + 1) };
}

/** `churn v3` or `churn@champion`. */
export function shortUri(uri: string): string {
  const { name, version, alias } = addressOf(uri);
  if (alias !== undefined) return `${name}@${alias}`;
  return version === undefined ? name : `${name} v${version}`;
}

function percent(share: number): number {
  return Math.max(0, Math.min(100, Math.round(share) || 0));
}

/** One of two shares is set, the other gets the rest. */
export function withShare(shares: readonly Share[], index: number, share: number): Share[] {
  const own = percent(share);
  return shares.map(({ model_uri }, i) => ({
    model_uri,
    traffic_percentage: shares.length === 1 ? 100 : i === index ? own : 100 - own,
  }));
}

export function alone(model_uri: string): Share[] {
  return [{ model_uri, traffic_percentage: 100 }];
}

/** The one with most traffic stays and gives some; a former canary goes. */
export function withCanary(shares: readonly Share[], model_uri: string, share: number): Share[] {
  const [main] = shares
    .filter((other) => other.model_uri !== model_uri)
    .toSorted((a, b) => b.traffic_percentage - a.traffic_percentage);
  if (!main) return alone(model_uri);
  const own = percent(share);
  return [
    { model_uri: main.model_uri, traffic_percentage: 100 - own },
    { model_uri, traffic_percentage: own },
  ];
}

export function sameShares(one: readonly Share[], other: readonly Share[]): boolean {
  const written = (shares: readonly Share[]): string =>
    shares.map(({ model_uri, traffic_percentage }) => `${model_uri} ${traffic_percentage}`).join('\n');
  return written(one) === written(other);
}

export function splitText(shares: readonly Share[]): string {
  return shares.map(({ model_uri, traffic_percentage }) => `${shortUri(model_uri)} ${traffic_percentage} %`).join(', ');
}
