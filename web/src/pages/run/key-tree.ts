/** Names such as `train/loss` and `model.layer.0.x` as a tree that folds, and flat again as rows of a list. */

export interface KeyRow<Item> {
  /** Of an item its whole key, of a group the prefix with its separator. */
  readonly id: string;
  readonly name: string;
  readonly depth: number;
  /** Undefined for a group. */
  readonly item: Item | undefined;
  /** Items below a group. */
  readonly size: number;
  readonly folded: boolean;
}

interface Node<Item> {
  readonly groups: Map<string, Node<Item>>;
  readonly items: { name: string; item: Item }[];
  size: number;
}

const separator = /[/.]/;

/** The rows to show. A prefix that only one key has is no group. */
export function keyRows<Item extends { readonly key: string }>(
  items: readonly Item[],
  nested: boolean,
  folded: ReadonlySet<string>,
): KeyRow<Item>[] {
  if (!nested) return items.map((item) => rowOf(item, item.key, 0));
  const root: Node<Item> = { groups: new Map(), items: [], size: 0 };
  for (const item of items) insert(root, item);
  const rows: KeyRow<Item>[] = [];
  flatten(root, '', 0, folded, rows);
  return rows;
}

function rowOf<Item extends { readonly key: string }>(item: Item, name: string, depth: number): KeyRow<Item> {
  return { id: item.key, name, depth, item, size: 1, folded: false };
}

function insert<Item extends { readonly key: string }>(root: Node<Item>, item: Item): void {
  let node = root;
  let rest = item.key;
  // Deeper than this nobody nests on purpose.
  for (let depth = 0; depth < 12; depth++) {
    node.size++;
    const at = rest.search(separator);
    if (at <= 0 || at === rest.length - 1) break;
    const part = rest.slice(0, at + 1);
    let next = node.groups.get(part);
    if (!next) node.groups.set(part, (next = { groups: new Map(), items: [], size: 0 }));
    node = next;
    rest = rest.slice(at + 1);
  }
  node.items.push({ name: rest, item });
}

function flatten<Item extends { readonly key: string }>(
  node: Node<Item>,
  prefix: string,
  depth: number,
  folded: ReadonlySet<string>,
  rows: KeyRow<Item>[],
  shownPrefix = '',
): void {
  for (const { name, item } of node.items) rows.push(rowOf(item, shownPrefix + name, depth));
  for (const [part, child] of node.groups) {
    const id = prefix + part;
    const only = child.groups.size + child.items.length === 1;
    if (only) {
      flatten(child, id, depth, folded, rows, shownPrefix + part);
      continue;
    }
    const closed = folded.has(id);
    rows.push({ id, name: shownPrefix + part, depth, item: undefined, size: sizeOf(child), folded: closed });
    if (!closed) flatten(child, id, depth + 1, folded, rows);
  }
}

function sizeOf<Item>(node: Node<Item>): number {
  let size = node.items.length;
  for (const child of node.groups.values()) size += sizeOf(child);
  return size;
}
