/** An answer's predictions, put beside the rows that they are for. */
import { isRecord, plainText } from './json.ts';

const longest = 400;

/** One text for each row; undefined where the answer has not one prediction for each. */
export function predictionsOf(answer: unknown, rows: number): string[] | undefined {
  const predictions = isRecord(answer) && 'predictions' in answer ? answer['predictions'] : answer;
  if (Array.isArray(predictions)) return predictions.length === rows ? predictions.map(shownValue) : undefined;
  if (!isRecord(predictions)) return undefined;
  const outputs = Object.entries(predictions);
  const whole = outputs.length > 0 && outputs.every(([, list]) => Array.isArray(list) && list.length === rows);
  if (!whole) return undefined;
  return Array.from({ length: rows }, (_, row) =>
    outputs.map(([name, list]) => `${name}: ${shownValue((list as readonly unknown[])[row])}`).join('\n'),
  );
}

/** A value in a line: text as it is, a list or a record as JSON. */
export function shownValue(value: unknown): string {
  if (isRecord(value)) {
    const parts = Object.entries(value);
    if (parts.every(([, part]) => typeof part !== 'object' || part === null)) {
      return cut(parts.map(([name, part]) => `${name}: ${plainText(part)}`).join('\n'));
    }
  }
  if (typeof value !== 'object' || value === null) return cut(plainText(value));
  return cut(jsonText(value));
}

/** JSON of values that may hold integers beyond a double. */
export function jsonText(value: unknown, indent?: number): string {
  const written = JSON.stringify(
    value,
    (_, part: unknown) => (typeof part === 'bigint' ? `\0${part}` : part),
    indent,
  ) as string | undefined;
  return shortLists((written ?? '').replaceAll(/"\\u0000(-?\d+)"/g, '$1'));
}

const longestList = 100;

/** A list of plain values in one line, as a person would write it. No text within has a line break of its own. */
function shortLists(json: string): string {
  return json.replaceAll(/\[\n\s+([^[\]{}]*?)\n\s*\]/g, (whole, inner: string) => {
    const line = inner.replaceAll(/\n\s+/g, ' ');
    return line.length > longestList ? whole : `[${line}]`;
  });
}

function cut(value: string): string {
  return value.length > longest ? `${value.slice(0, longest)}…` : value;
}

/** The server's own words of what is wrong. */
export function errorOf(answer: unknown, text: string): string {
  if (isRecord(answer)) {
    const { message, error } = answer;
    if (typeof message === 'string' && message !== '') return message;
    if (typeof error === 'string' && error !== '') return error;
  }
  return text;
}
