/** A task's products as its file writes them: a path, a relation, or a map of these. */
import { isMapping } from './mapping.ts';
import type { Product } from './pipeline.ts';

export interface Products {
  readonly products: readonly Product[];
  readonly keyed: boolean;
}

/** @param fault is told what is wrong */
export function productsOf(value: unknown, fault: (what: string) => void): Products {
  if (!isMapping(value)) return { products: productOf(value, undefined, fault), keyed: false };
  return { products: Object.entries(value).flatMap(([key, one]) => productOf(one, key, fault)), keyed: true };
}

function productOf(value: unknown, key: string | undefined, fault: (what: string) => void): Product[] {
  const named = key === undefined ? {} : { key };
  if (typeof value === 'string' && value !== '') {
    return [{ ...named, kind: /[/\\]$/.test(value) ? 'folder' : 'file', identifier: value }];
  }
  const relation = Array.isArray(value) ? relationOf(value) : undefined;
  if (relation) return [{ ...named, kind: 'relation', ...relation }];
  const what = key === undefined ? 'its product' : `its product ${key}`;
  fault(`${what} must be a path, or of a database [name, table], [schema, name, table], with view for a view.`);
  return [];
}

function relationOf(parts: readonly unknown[]): { identifier: string; relation: 'table' | 'view' } | undefined {
  const kind = parts.at(-1);
  const names = parts.slice(0, -1).filter((part) => part !== null);
  if (kind !== 'table' && kind !== 'view') return undefined;
  if (names.length < 1 || names.length > 2 || !names.every((name) => typeof name === 'string')) return undefined;
  return { identifier: names.join('.'), relation: kind };
}
