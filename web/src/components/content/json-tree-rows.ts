/** A JSON value as rows of a tree. Only what is unfolded becomes rows, so a large value costs what is seen of it. */
import { Numeral } from './numeral.ts';
import type { TreeItem } from './tree-list.tsx';

export type Json = string | number | Numeral | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export interface JsonRow extends TreeItem {
  readonly key: string | number | undefined;
  readonly value: Json;
  readonly parent: JsonRow | undefined;
  /** A part of a container that has too many children for one list. */
  readonly range?: readonly [from: number, to: number];
}

/** What lies deeper is not unfolded: nobody reads it, and the ids of its rows would grow with the square of it. */
const deepestLevel = 1000;
/** Containers with more children show them in parts. */
const partSize = 1000;
const keys = new WeakMap<object, readonly string[]>();

function keysOf(value: object): readonly string[] {
  let known = keys.get(value);
  if (!known) keys.set(value, (known = Object.keys(value)));
  return known;
}

export function childCount(value: Json): number {
  if (typeof value !== 'object' || value === null || value instanceof Numeral) return 0;
  return Array.isArray(value) ? value.length : keysOf(value).length;
}

export function rootRow(value: Json): JsonRow {
  return {
    id: '',
    level: 1,
    key: undefined,
    value,
    parent: undefined,
    expanded: childCount(value) > 0 ? false : undefined,
  };
}

export function childrenOf(row: JsonRow): JsonRow[] {
  const size = childCount(row.value);
  const [from, to] = row.range ?? [0, size];
  const level = row.level + 1;
  if (!row.range && size > partSize) {
    return Array.from({ length: Math.ceil(size / partSize) }, (_, i) => {
      const range = [i * partSize, Math.min(size, (i + 1) * partSize)] as const;
      return { id: `${row.id}/#${i}`, level, key: undefined, value: row.value, parent: row, range, expanded: false };
    });
  }
  const { value } = row;
  if (typeof value !== 'object' || value === null) return [];
  const names = Array.isArray(value) ? undefined : keysOf(value);
  return Array.from({ length: to - from }, (_, i) => {
    const key = names?.[from + i] ?? from + i;
    const child = (value as Readonly<Record<string | number, Json>>)[key] ?? null;
    return {
      id: `${row.id}/${key}`,
      level,
      key,
      value: child,
      parent: row,
      expanded: level < deepestLevel && childCount(child) > 0 ? false : undefined,
    };
  });
}

/** The rows to show: the root, and what is below each unfolded row. */
export function openRows(root: JsonRow, open: ReadonlySet<string>): JsonRow[] {
  const rows: JsonRow[] = [];
  const stack = [root];
  for (let row = stack.pop(); row; row = stack.pop()) {
    const unfolded = row.expanded !== undefined && open.has(row.id);
    rows.push(unfolded ? { ...row, expanded: true } : row);
    if (unfolded) stack.push(...childrenOf(row).reverse());
  }
  return rows;
}

/** Everything from the top down, level by level, until `most` rows would show. */
export function unfoldedIds(root: JsonRow, most: number): Set<string> {
  const open = new Set<string>();
  let shown = 1;
  let layer = [root];
  while (layer.length > 0) {
    const next: JsonRow[] = [];
    for (const row of layer) {
      if (row.expanded === undefined) continue;
      const children = childrenOf(row);
      if (shown + children.length > most) return open;
      open.add(row.id);
      shown += children.length;
      next.push(...children.filter((child) => child.expanded !== undefined));
    }
    layer = next;
  }
  return open;
}

/** Rows whose key or plain value holds the text. */
export function findRows(root: JsonRow, wanted: string, most: number): JsonRow[] {
  if (wanted === '') return [];
  const pattern = new RegExp(RegExp.escape(wanted), 'i');
  const found: JsonRow[] = [];
  const stack = [root];
  for (let row = stack.pop(); row && found.length < most; row = stack.pop()) {
    const isLeaf = row.expanded === undefined;
    if ((row.key !== undefined && pattern.test(String(row.key))) || (isLeaf && pattern.test(leafText(row.value)))) {
      found.push(row);
    }
    if (!isLeaf) stack.push(...childrenOf(row).reverse());
  }
  return found;
}

function leafText(value: Json): string {
  return typeof value === 'object' && value !== null && !(value instanceof Numeral) ? '' : String(value);
}

/** As JavaScript and JSONPath write it: `$.layers[0]["a b"]`. */
export function pathOf(row: JsonRow): string {
  const parts: string[] = [];
  for (let at: JsonRow | undefined = row; at; at = at.parent) {
    if (typeof at.key === 'number') parts.push(`[${at.key}]`);
    else if (at.key !== undefined)
      parts.push(/^[A-Za-z_$][\w$]*$/.test(at.key) ? `.${at.key}` : `[${JSON.stringify(at.key)}]`);
  }
  return `$${parts.reverse().join('')}`;
}
