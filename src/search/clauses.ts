import type { Token } from './tokenizer.ts';
import { tokenize } from './tokenizer.ts';

/** The right side of a comparison, as written. `items` are the tokens between the parentheses of a list. */
export interface Operand {
  readonly type: 'word' | 'string' | 'number' | 'null' | 'list';
  readonly text: string;
  readonly items: readonly Token[];
}

/** `loose` is a key that should be quoted, as in a-b; `other` a number, a string or a comparison. */
export type LeftType = 'key' | 'loose' | 'other';

/** One comparison as it is written, before anybody asks whether its key, comparator and value make sense. */
export interface Clause {
  /** The left side as written. */
  readonly left: string;
  readonly leftType: LeftType;
  /** In capitals, words separated by one space: =, <>, NOT LIKE, IS NOT NULL. */
  readonly operator: string;
  /** Null for IS NULL and IS NOT NULL. */
  readonly right: Operand | null;
}

/** What a filter consists of: comparisons, and the texts of whatever is none. */
export interface Clauses {
  readonly comparisons: readonly Clause[];
  readonly invalid: readonly string[];
  readonly isEmpty: boolean;
  /** True if text follows a semicolon. */
  readonly hasSeveralStatements: boolean;
}

/** A stretch of the filter: a token, a pair of parentheses with all inside, a comparison or a list with commas. */
interface Unit {
  readonly start: number;
  readonly end: number;
  readonly token: Token | null;
  readonly group: readonly Token[] | null;
  readonly clause: Clause | null;
}

/** Folds each outermost pair of parentheses into one unit; one that has no partner stays a unit of its own. */
function groupParentheses(tokens: readonly Token[]): Unit[] {
  const partner = new Map<number, number>();
  const open: number[] = [];
  tokens.forEach((token, index) => {
    if (token.type === 'open') open.push(index);
    if (token.type !== 'close') return;
    const start = open.pop();
    if (start !== undefined) partner.set(start, index);
  });
  const units: Unit[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined) break;
    const close = partner.get(index);
    const last = close === undefined ? undefined : tokens[close];
    if (close === undefined || last === undefined) {
      units.push({ start: token.start, end: token.end, token, group: null, clause: null });
    } else {
      const group = tokens.slice(index + 1, close);
      units.push({ start: token.start, end: last.end, token: null, group, clause: null });
      index = close;
    }
  }
  return units;
}

function isKeyword(unit: Unit | undefined, ...words: string[]): boolean {
  return unit?.token?.type === 'keyword' && words.includes(unit.token.text.toUpperCase());
}

function toOperand(unit: Unit | undefined, text: string): Operand | null {
  if (unit === undefined) return null;
  const written = text.slice(unit.start, unit.end);
  if (unit.group !== null) return { type: 'list', text: written, items: unit.group };
  if (isKeyword(unit, 'NULL')) return { type: 'null', text: written, items: [] };
  const type = unit.token?.type;
  return type === 'word' || type === 'string' || type === 'number' ? { type, text: written, items: [] } : null;
}

interface Operator {
  readonly operator: string;
  readonly length: number;
}

/** The operator that starts at `index`, with the number of units it takes. */
function readOperator(units: readonly Unit[], index: number): Operator | null {
  const unit = units[index];
  if (unit?.token?.type === 'operator') return { operator: unit.token.text, length: 1 };
  const next = units[index + 1];
  if (isKeyword(unit, 'IS')) {
    if (isKeyword(next, 'NULL')) return { operator: 'IS NULL', length: 2 };
    if (isKeyword(next, 'NOT') && isKeyword(units[index + 2], 'NULL')) return { operator: 'IS NOT NULL', length: 3 };
    return null;
  }
  const isNegated = isKeyword(unit, 'NOT');
  const word = isNegated ? next : unit;
  if (!isKeyword(word, 'LIKE', 'ILIKE', 'RLIKE', 'IN')) return null;
  const name = word?.token?.text.toUpperCase() ?? '';
  return isNegated ? { operator: `NOT ${name}`, length: 2 } : { operator: name, length: 1 };
}

function canStandLeft(unit: Unit | undefined): boolean {
  if (unit === undefined) return false;
  if (unit.group !== null || unit.clause !== null) return true;
  return unit.token?.type === 'word' || unit.token?.type === 'string' || unit.token?.type === 'number';
}

function leftTypeOf(unit: Unit): LeftType {
  if (unit.token?.type === 'word') return unit.token.isPlain ? 'key' : 'loose';
  return unit.token?.type === 'string' && unit.token.text.startsWith('"') ? 'key' : 'other';
}

function isKey(unit: Unit | undefined): unit is Unit {
  return unit !== undefined && unit.clause === null && unit.group === null && leftTypeOf(unit) !== 'other';
}

/** Before IS NULL two words with blanks between them are one key, as MLflow reads it: `tags.a b IS NULL`. */
function joinKeyWithBlank(out: Unit[], text: string): void {
  const [first, second] = out.slice(-2);
  if (!isKey(first) || !isKey(second) || text.slice(first.end, second.start).trim() !== '') return;
  out.splice(-2, 2, { ...first, end: second.end });
}

/** Folds `left operator right` into comparisons, from left to right. */
function groupComparisons(units: readonly Unit[], text: string): Unit[] {
  const out: Unit[] = [];
  for (let index = 0; index < units.length; index++) {
    const unit = units[index];
    if (unit === undefined) break;
    if (isKeyword(unit, 'IS') && readOperator(units, index) !== null) joinKeyWithBlank(out, text);
    const left = out[out.length - 1];
    const found = left !== undefined && canStandLeft(left) ? readOperator(units, index) : null;
    if (left === undefined || found === null) {
      out.push(unit);
      continue;
    }
    const { operator, length } = found;
    const isNullTest = operator.startsWith('IS ');
    const rightUnit = units[index + length];
    const right = isNullTest ? null : toOperand(rightUnit, text);
    const takesList = operator === 'IN' || operator === 'NOT IN';
    if ((!isNullTest && right === null) || (takesList && right?.type !== 'list')) {
      out.push(unit);
      continue;
    }
    const lastUnit = units[index + length - (isNullTest ? 1 : 0)] ?? unit;
    const clause = { left: text.slice(left.start, left.end), leftType: leftTypeOf(left), operator, right };
    out[out.length - 1] = { start: left.start, end: lastUnit.end, token: null, group: null, clause };
    index += length - (isNullTest ? 1 : 0);
  }
  return out;
}

/** Folds `a, b` into one unit: a list outside parentheses is one mistake, not many. */
function groupCommas(units: readonly Unit[]): Unit[] {
  const out: Unit[] = [];
  for (let index = 0; index < units.length; index++) {
    const unit = units[index];
    if (unit === undefined) break;
    const left = out[out.length - 1];
    const next = units[index + 1];
    if (unit.token?.type === 'comma' && left !== undefined && next !== undefined) {
      out[out.length - 1] = { start: left.start, end: next.end, token: null, group: null, clause: null };
      index++;
    } else {
      out.push(unit);
    }
  }
  return out;
}

/**
 * Splits a filter into its comparisons. AND may be missing or stand too often, as MLflow allows; everything else that
 * is no comparison (OR, NOT, parentheses, comments, commas) is reported as invalid.
 */
export function readClauses(filter: string): Clauses {
  const tokens = tokenize(filter, { joinsBlanks: true });
  const semicolon = tokens.findIndex((token) => token.type === 'semicolon');
  const units = groupCommas(groupComparisons(groupParentheses(tokens), filter));
  const comparisons: Clause[] = [];
  const invalid: string[] = [];
  for (const unit of units) {
    if (unit.clause !== null) comparisons.push(unit.clause);
    else if (!isKeyword(unit, 'AND')) invalid.push(filter.slice(unit.start, unit.end));
  }
  return {
    comparisons,
    invalid,
    isEmpty: tokens.length === 0,
    hasSeveralStatements: semicolon >= 0 && semicolon < tokens.length - 1,
  };
}
