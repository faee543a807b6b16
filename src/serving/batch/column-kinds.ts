/** What a column holds, learned from its values as they come. */
import { isList } from './answer-table.ts';
import type { Column } from './batch-input.ts';
import { isNumeral, numberText, Stamp, type Cell } from './cells.ts';

/** `numbers`: a list of numbers in each row. `mixed`: texts and other single values. */
export type Kind = 'nothing' | 'boolean' | 'integer' | 'number' | 'string' | 'timestamp' | 'mixed' | 'numbers' | 'json';

/** The columns in their order. */
export type Kinds = readonly (readonly [name: string, kind: Kind])[];

export function kindsWith(kinds: Kinds, columns: readonly Column[]): Kinds {
  const more = new Map(kinds);
  for (const { name, values } of columns) {
    let kind = more.get(name) ?? 'nothing';
    for (let at = 0; at < values.length && kind !== 'json'; at++) kind = common(kind, kindOf(values[at] ?? null));
    more.set(name, kind);
  }
  return [...more];
}

function kindOf(cell: Cell): Kind {
  if (cell === null) return 'nothing';
  if (typeof cell === 'boolean') return 'boolean';
  if (typeof cell === 'string') return 'string';
  const number = numberText(cell);
  if (number !== undefined) return isInt64(number) ? 'integer' : 'number';
  if (cell instanceof Stamp) return 'timestamp';
  return isList(cell) && cell.every((inner) => inner === null || typeof inner === 'number' || isNumeral(inner))
    ? 'numbers'
    : 'json';
}

function isInt64(text: string): boolean {
  return /^-?\d{1,19}$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
}

function common(one: Kind, other: Kind): Kind {
  if (one === other || other === 'nothing') return one;
  if (one === 'nothing') return other;
  const both = [one, other];
  if (both.includes('json') || both.includes('numbers')) return 'json';
  return both.every((kind) => kind === 'integer' || kind === 'number') ? 'number' : 'mixed';
}
