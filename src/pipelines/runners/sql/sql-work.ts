/** What a SQL task is to do, as it is handed to the process that does it. */
import type { Address } from './database-address.ts';

export interface SqlWork {
  readonly address: Address;
  /** Rendered. */
  readonly text: string;
  /** The relations that it is to make; without any, the rows of its last statement become the file. */
  readonly relations: readonly string[];
  readonly file: string | undefined;
  /** Where it tells what went wrong. */
  readonly error: string;
}

export function missingMessage(relations: readonly string[]): string {
  return `It ended without making ${relations.join(', ')}. Its text should create {{product}}.`;
}

/** What manages transactions by itself, or cannot be in one. */
const alone = /^(begin|start\s+transaction|commit|end|rollback|vacuum|attach|detach|pragma)\b/i;

export function needsNoTransaction(statements: readonly string[]): boolean {
  return statements.some((statement) => alone.test(statement));
}
