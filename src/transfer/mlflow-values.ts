/** How MLflow writes numbers and states where it keeps them. */
import { loggedModelStatuses, type LoggedModelStatus } from '../protocol/logged-models.ts';
import { runStatuses, type RunStatus } from '../protocol/runs.ts';
import type { Int64 } from '../protocol/schema.ts';

/** Python's `int(text)`; throws for what is none. */
export function integerOf(text: string): Int64 {
  if (!/^\s*[+-]?\d+\s*$/.test(text)) throw new Error(`'${text.slice(0, 40)}' is not an integer`);
  const number = Number(text);
  if (Number.isSafeInteger(number)) return number;
  const integer = BigInt(text.trim());
  if (BigInt.asIntN(64, integer) !== integer) throw new Error(`${text} does not fit into 64 bits`);
  return integer;
}

const words: Readonly<Record<string, number>> = { nan: NaN, inf: Infinity, infinity: Infinity };

/** Python's `float(text)`. */
export function floatOf(text: string): number {
  const [, sign, word = ''] = /^([+-]?)([a-z]+)$/i.exec(text) ?? [];
  const named = words[word.toLowerCase()];
  const number = named === undefined ? Number(text) : sign === '-' ? -named : named;
  if (text.trim() === '' || (Number.isNaN(number) && word.toLowerCase() !== 'nan')) {
    throw new Error(`'${text.slice(0, 40)}' is not a number`);
  }
  return number;
}

/** Files have the number, databases the word. */
export function runStatusOf(value: string | undefined): RunStatus {
  return runStatuses.find((name, i) => name === value || String(i + 1) === value) ?? 'RUNNING';
}

export function modelStatusOf(value: string | number | undefined): LoggedModelStatus {
  return loggedModelStatuses.find((name, i) => name === value || i === Number(value)) ?? 'LOGGED_MODEL_PENDING';
}

/** Which logged model a version stands on; databases of MLflow say it by the source alone. */
export function loggedModelOf(source: string): string | null {
  return /^models:\/+(m-[0-9a-f]{32})(?:\/|$)/.exec(source)?.[1] ?? null;
}

export const deletedStage = 'Deleted_Internal';
