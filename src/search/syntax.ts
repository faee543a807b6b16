/** The syntax tree of a search: what a filter and an order_by say, with no database in sight. */

export type Comparator =
  '=' | '!=' | '>' | '>=' | '<' | '<=' | 'LIKE' | 'ILIKE' | 'IN' | 'NOT IN' | 'IS NULL' | 'IS NOT NULL';

/** What kind of thing a key names. Entities without metrics or datasets never produce those kinds. */
export type KeyKind = 'attribute' | 'metric' | 'param' | 'tag' | 'dataset';

/** One condition; a filter is a conjunction of them. */
export interface Comparison {
  readonly kind: KeyKind;
  /** The key without its prefix and quotes; attributes carry their canonical name (`created` becomes `start_time`). */
  readonly key: string;
  readonly comparator: Comparator;
  /** A number for metrics and numeric attributes, a list for IN and NOT IN, null for IS NULL and IS NOT NULL. */
  readonly value: string | number | bigint | readonly (string | number | bigint)[] | null;
}

export interface Ordering {
  readonly kind: KeyKind;
  readonly key: string;
  readonly ascending: boolean;
}
