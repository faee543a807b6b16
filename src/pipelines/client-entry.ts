/** The database of a task: what it names itself, else what `clients` names for its class or the class of its product. */
import { hookOf } from './hook-entry.ts';
import { isMapping, type Mapping } from './mapping.ts';
import type { Product, SqlClient } from './pipeline.ts';

const classes = ['SQLScript', 'SQLDump'] as const;
const relations = ['SQLRelation', 'GenericSQLRelation', 'SQLiteRelation', 'PostgresRelation'] as const;

export function clientOf(
  entry: Mapping,
  products: readonly Product[],
  clients: unknown,
  fault: (what: string) => void,
): SqlClient | undefined {
  const own = entry['client'] ?? entry['product_client'];
  if (own !== undefined) return clientEntry(own, 'client', fault);
  if (!isMapping(clients)) return undefined;
  const relation = products.some(({ kind }) => kind === 'relation');
  const usual = relation ? classes : classes.toReversed();
  const names = [entry['class'], ...usual, entry['product_class'], ...relations];
  const name = names.find((one) => typeof one === 'string' && clients[one] !== undefined) as string | undefined;
  return name === undefined ? undefined : clientEntry(clients[name], `clients: ${name}`, fault);
}

function clientEntry(value: unknown, key: string, fault: (what: string) => void): SqlClient | undefined {
  if (typeof value === 'string' && /^[a-z][\w+.-]*:/i.test(value)) return { uri: value };
  if (isMapping(value) && typeof value['uri'] === 'string') return { uri: value['uri'] };
  return hookOf(value, `${key} (an address such as sqlite:///data.db, or a function that returns a client)`, fault);
}
