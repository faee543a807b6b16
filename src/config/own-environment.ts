/** The environment of this process, for programs that it starts. */

/** @param changes undefined takes a variable away */
export function ownEnvironment(changes: Readonly<Record<string, string | undefined>> = {}): Record<string, string> {
  const all = Object.entries({ ...process.env, ...changes });
  return Object.fromEntries(all.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
