/** What the live feed says, and which answers that makes old. */

export interface Change {
  /** More than can be named: everything may be old. */
  readonly all: boolean;
  /** Those whose own facts changed: name, tags, life. */
  readonly experiments: readonly string[];
  /** Those whose runs changed. */
  readonly activity: readonly string[];
  readonly runs: readonly string[];
  readonly models: readonly string[];
  readonly endpoints: readonly string[];
  readonly jobs: readonly string[];
}

export const noChange: Change = {
  all: false,
  experiments: [],
  activity: [],
  runs: [],
  models: [],
  endpoints: [],
  jobs: [],
};

/** The data of a `change` event; anything else is no change. */
export function readChange(data: string): Change {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return noChange;
  }
  const { all, experiments, activity, runs, models, endpoints, jobs } = (value ?? {}) as Partial<
    Record<keyof Change, unknown>
  >;
  return {
    all: all === true,
    experiments: strings(experiments),
    activity: strings(activity),
    runs: strings(runs),
    models: strings(models),
    endpoints: strings(endpoints),
    jobs: strings(jobs),
  };
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

export function together(one: Change, other: Change): Change {
  const union = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])];
  return {
    all: one.all || other.all,
    experiments: union(one.experiments, other.experiments),
    activity: union(one.activity, other.activity),
    runs: union(one.runs, other.runs),
    models: union(one.models, other.models),
    endpoints: union(one.endpoints, other.endpoints),
    jobs: union(one.jobs, other.jobs),
  };
}

/** The starts of the keys of the queries that a change makes old. */
export function keysOf({ all, experiments, activity, runs, models, endpoints, jobs }: Change): string[][] {
  // Every key begins with an empty one.
  if (all) return [[]];
  const keys: string[][] = [];
  if (experiments.length + activity.length > 0) keys.push(['experiments']);
  keys.push(...experiments.map((id) => ['experiment', id]), ...activity.map((id) => ['runs', id]));
  keys.push(...runs.map((id) => ['run', id]));
  if (models.length > 0) keys.push(['models'], ...models.map((name) => ['model', name]));
  if (endpoints.length > 0) keys.push(['endpoints'], ...endpoints.map((name) => ['endpoint', name]));
  if (jobs.length > 0) keys.push(['jobs'], ...jobs.map((id) => ['job', id]));
  return keys;
}

/** Whether a query is of several runs side by side, `['compare', 'a,b']`, and one of these changed. */
export function isOfCompared([kind, ids]: readonly unknown[], runs: readonly string[]): boolean {
  return kind === 'compare' && typeof ids === 'string' && ids.split(',').some((id) => runs.includes(id));
}

/** Whether a query is of the runs of several experiments, `['runs', '1,2', …]`, and one of these changed. */
export function isOfSeveral([kind, ids]: readonly unknown[], activity: readonly string[]): boolean {
  if (kind !== 'runs' || typeof ids !== 'string' || !ids.includes(',')) return false;
  return ids.split(',').some((id) => activity.includes(id));
}
