/** Lists of Python packages, as requirements.txt and conda.yaml have them. */

export interface Requirement {
  /** As all spellings of the name are one: lower case, with hyphens. */
  readonly name: string;
  readonly line: string;
}

const nameAndExtras = String.raw`([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(\[[\w\s.,-]*\])?`;
const version = String.raw`(?:~=|===?|!=|<=|>=|<|>)\s*[\w.*+!-]+`;
const known = new RegExp(String.raw`^${nameAndExtras}\s*((?:${version}\s*,?\s*)*|@\s*\S+)\s*(;.+)?$`);

/** @throws SyntaxError when pip would not read it */
export function requirementOf(text: string): Requirement {
  const [, name, extras = '', versions = '', marker = ''] = known.exec(text.trim()) ?? [];
  if (name === undefined) throw new SyntaxError(`'${text}' is no requirement. Such as: pandas==2.2.3`);
  const from = versions.startsWith('@') ? ` ${versions}` : versions.replace(/\s/g, '').replace(/,$/, '');
  const line = `${name}${extras.replace(/\s/g, '')}${from}${marker === '' ? '' : `; ${marker.slice(1).trim()}`}`;
  return { name: canonical(name), line };
}

/** Those of a name that is there already take its place, others come last. */
export function withRequirements(lines: readonly string[], added: readonly Requirement[]): string[] {
  const byName = new Map(added.map((one) => [one.name, one.line]));
  const replaced = lines.map((line) => take(byName, nameOf(line)) ?? line);
  return [...replaced, ...byName.values()];
}

export function withoutRequirements(lines: readonly string[], removed: readonly Requirement[]): string[] {
  const names = new Set(removed.map(({ name }) => name));
  return lines.filter((line) => !names.has(nameOf(line) ?? ''));
}

/** What is no package, such as `-r other.txt`, has no name. */
function nameOf(line: string): string | undefined {
  const name = new RegExp(`^${nameAndExtras}`).exec(line.trim())?.[1];
  return name === undefined ? undefined : canonical(name);
}

function canonical(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

function take(map: Map<string, string>, name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const value = map.get(name);
  map.delete(name);
  return value;
}
