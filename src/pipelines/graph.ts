/** Tasks that take products of tasks. */

interface Node {
  readonly name: string;
  readonly upstream: readonly string[];
}

/** Each after all that it takes products of, else in the order that they have; those in a circle are left out. */
export function sorted<T extends Node>(tasks: readonly T[]): T[] {
  const done = new Set<string>();
  const names = new Set(tasks.map(({ name }) => name));
  const result: T[] = [];
  let left = tasks;
  while (left.length > 0) {
    const rest: T[] = [];
    for (const task of left) {
      if (task.upstream.every((name) => done.has(name) || !names.has(name))) {
        done.add(task.name);
        result.push(task);
      } else rest.push(task);
    }
    if (rest.length === left.length) break;
    left = rest;
  }
  return result;
}

/** The names around one circle, the first again at its end; undefined when there is none. */
export function circleOf(tasks: readonly Node[]): string[] | undefined {
  const free = new Set(sorted(tasks).map(({ name }) => name));
  const byName = new Map(tasks.filter(({ name }) => !free.has(name)).map((task) => [task.name, task]));
  const way: string[] = [];
  let [name] = byName.keys();
  // Each of these waits for another of these, so that this comes back to where it was.
  while (name !== undefined && !way.includes(name)) {
    way.push(name);
    name = byName.get(name)?.upstream.find((one) => byName.has(one));
  }
  return name === undefined ? undefined : [...way.slice(way.indexOf(name)), name];
}

/** The tasks of these names and all that these need, directly or not. */
export function withUpstream(tasks: readonly Node[], names: Iterable<string>): Set<string> {
  const byName = new Map(tasks.map((task) => [task.name, task]));
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    byName.get(name)?.upstream.forEach(visit);
  };
  for (const name of names) visit(name);
  return found;
}

/** The names that a pattern with `*` stands for. */
export function matching(pattern: string, names: readonly string[]): string[] {
  if (!pattern.includes('*')) return names.filter((name) => name === pattern);
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const whole = new RegExp(`^${parts.join('.*')}$`);
  return names.filter((name) => whole.test(name));
}
