/** Values of tables as they pass from input and model to the output: those of JSON, exactly. */

/** A number whose text says more than a double: `1.0`, 9007199254740993, or one of those that JSON does not know. */
export interface Numeral {
  readonly rawJSON: string;
}

/** A point in time without a zone. */
export class Stamp {
  readonly nanoseconds: bigint;

  constructor(nanoseconds: bigint) {
    this.nanoseconds = nanoseconds;
  }

  /** ISO 8601 with six digits or nine: pandas reads a column in which all texts have a fraction, or none. */
  toString(): string {
    const billion = 1_000_000_000n;
    const rest = ((this.nanoseconds % billion) + billion) % billion;
    const seconds = Number((this.nanoseconds - rest) / billion);
    const digits = String(rest).padStart(9, '0').replace(/000$/, '');
    return `${new Date(seconds * 1000).toISOString().slice(0, -5)}.${digits}`;
  }

  toJSON(): string {
    return this.toString();
  }
}

export type Cell =
  string | number | boolean | null | Numeral | Stamp | readonly Cell[] | { readonly [name: string]: Cell };

// TypeScript does not know these words of JavaScript yet.
const { rawJSON, isRawJSON } = JSON as unknown as {
  readonly rawJSON: (this: void, text: string) => Numeral;
  readonly isRawJSON: (this: void, value: unknown) => value is Numeral;
};

export { isRawJSON as isNumeral };

/** Numbers of JSON that stand for what JSON has no word for; readers of JSON take the infinite ones as they are meant. */
const words: Readonly<Record<string, string>> = { NaN: '0e-999', Infinity: '1e999', '-Infinity': '-1e999' };
const bareWord = /\bNaN\b|\bInfinity\b/;
const stringOrWord = /"(?:[^"\\]|\\.)*(?:"|\\?$)|-?\bInfinity\b|\bNaN\b/gs;

/** JSON as Python writes it, with each number as it was written. @throws SyntaxError */
export function exactJson(text: string): Cell {
  const source = bareWord.test(text) ? text.replace(stringOrWord, (token) => words[token] ?? token) : text;
  return JSON.parse(source, (_key, value: unknown, context?: { source?: string }) => {
    if (typeof value !== 'number') return value;
    return context?.source === undefined || context.source === String(value) ? value : rawJSON(context.source);
  }) as Cell;
}

/** A number that may be none, or a long one. */
export function numberCell(value: number | bigint): Cell {
  if (typeof value === 'bigint') return exactInteger(value);
  return Number.isFinite(value) ? value : rawJSON(words[String(value)] ?? '0e-999');
}

function exactInteger(value: bigint): Cell {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : rawJSON(String(value));
}

/** As JSON has it: 007 is a name. */
const numeral = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;

/** A cell of CSV: a number as it is written, a text, or nothing. */
export function textCell(text: string): Cell {
  if (text === '') return null;
  if (!numeral.test(text)) return text;
  const value = Number(text);
  return String(value) === text ? value : rawJSON(text);
}

/** JSON, in which NaN is null. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    isRawJSON(inner) && isNaNText(inner.rawJSON) ? null : inner,
  );
}

/** The text of a number; undefined for what is none. */
export function numberText(cell: Cell): string | undefined {
  if (typeof cell === 'number') return String(cell);
  return isRawJSON(cell) ? cell.rawJSON : undefined;
}

/** Of a number's text. */
export function isNaNText(text: string): boolean {
  return text === words['NaN'];
}
