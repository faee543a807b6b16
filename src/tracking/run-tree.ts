/** Places child runs below their parents. Pure: knows ids and who is whose child. */

export interface Tree {
  /** A run's parent; both ends are runs that the tree may show, and there are no circles. */
  readonly parentOf: ReadonlyMap<number, number>;
  /** A run's children, newest first. */
  readonly childrenOf: ReadonlyMap<number, readonly number[]>;
}

export interface ShownRuns {
  readonly ids: Uint32Array;
  /** How many parents each row stands below. */
  readonly depths: Uint32Array;
  /** The runs whose children are shown. */
  readonly open: ReadonlySet<number>;
}

/** Tags may say anything, also that a run is its own ancestor: then one run of the circle has no parent. */
export function growTree(links: readonly { readonly child: number; readonly parent: number }[]): Tree {
  const parentOf = new Map(links.map(({ child, parent }) => [child, parent]));
  const climbed = new Set<number>();
  for (const start of parentOf.keys()) {
    const path = new Set<number>();
    let run: number | undefined = start;
    while (run !== undefined && !climbed.has(run)) {
      if (path.has(run)) {
        parentOf.delete(run);
        break;
      }
      path.add(run);
      run = parentOf.get(run);
    }
    for (const id of path) climbed.add(id);
  }
  const childrenOf = new Map<number, number[]>();
  for (const child of [...parentOf.keys()].sort((a, b) => b - a)) push(childrenOf, parentOf.get(child) ?? 0, child);
  return { parentOf, childrenOf };
}

export interface Wishes {
  /** Whether some runs were left out of the list; then the parents of those in it are open. */
  readonly filtered: boolean;
  /** All children of these are shown. */
  readonly expanded: ReadonlySet<number>;
  /** Not open though their children are in the list. */
  readonly collapsed: ReadonlySet<number>;
}

/** Roots and siblings are in the order of the list; a run that is not in it comes where its first descendant does. */
export function showTree(list: Uint32Array, tree: Tree, wishes: Wishes): ShownRuns {
  const { roots, found } = wishes.filtered ? withAncestors(list, tree) : everything(list, tree);
  const open = new Set<number>();
  const childrenShown = (run: number): readonly number[] => {
    const some = found.get(run) ?? [];
    if (!wishes.expanded.has(run)) return wishes.filtered && !wishes.collapsed.has(run) ? some : [];
    const all = tree.childrenOf.get(run) ?? [];
    return some.length === all.length ? some : [...new Set([...some, ...all])];
  };
  const ids: number[] = [];
  const depths: number[] = [];
  const waiting = roots.toReversed();
  const depthsWaiting = waiting.map(() => 0);
  for (let run = waiting.pop(); run !== undefined; run = waiting.pop()) {
    const depth = depthsWaiting.pop() ?? 0;
    ids.push(run);
    depths.push(depth);
    const children = childrenShown(run);
    if (children.length > 0) open.add(run);
    for (let i = children.length - 1; i >= 0; i--) {
      waiting.push(children[i] ?? 0);
      depthsWaiting.push(depth + 1);
    }
  }
  return { ids: Uint32Array.from(ids), depths: Uint32Array.from(depths), open };
}

/** The rows but for some runs, and for what stands below these. */
export function withoutHidden({ ids, depths, open }: ShownRuns, hidden: ReadonlySet<number>): ShownRuns {
  if (hidden.size === 0) return { ids, depths, open };
  let above: number | undefined;
  const stays = Uint8Array.from(ids, (id, i) => {
    const depth = depths[i] ?? 0;
    if (above !== undefined && depth > above) return 0;
    above = hidden.has(id) ? depth : undefined;
    return above === undefined ? 1 : 0;
  });
  return { ids: ids.filter((_, i) => stays[i]), depths: depths.filter((_, i) => stays[i]), open };
}

interface Arranged {
  readonly roots: number[];
  /** The children that are in the list, or have a descendant in it, in order. */
  readonly found: ReadonlyMap<number, number[]>;
}

function everything(list: Uint32Array, { parentOf }: Tree): Arranged {
  const roots: number[] = [];
  const found = new Map<number, number[]>();
  for (const run of list) {
    const parent = parentOf.get(run);
    if (parent === undefined) roots.push(run);
    else push(found, parent, run);
  }
  return { roots, found };
}

function withAncestors(list: Uint32Array, { parentOf }: Tree): Arranged {
  const roots: number[] = [];
  const found = new Map<number, number[]>();
  const listed = new Set(list);
  const placed = new Set<number>();
  for (const start of list) {
    // A listed ancestor has its own place in the list, and brings its own ancestors along.
    let run: number | undefined = start;
    while (run !== undefined && !placed.has(run) && (run === start || !listed.has(run))) {
      placed.add(run);
      const parent = parentOf.get(run);
      if (parent === undefined) roots.push(run);
      else push(found, parent, run);
      run = parent;
    }
  }
  return { roots, found };
}

function push(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
