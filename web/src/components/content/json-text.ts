import { Numeral } from './numeral.ts';

/** A value as JSON in which every number has all its digits, and those that JSON has not stand as Python writes them. */
export function jsonText(value: unknown, indent?: string): string {
  if (typeof value === 'number' || typeof value === 'bigint' || value instanceof Numeral) return String(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return JSON.stringify(value) ?? 'null';
  const inner = indent === undefined ? undefined : `${indent}  `;
  if (Array.isArray(value)) {
    return enclosed(
      '[]',
      value.map((part: unknown) => jsonText(part, inner)),
      indent,
    );
  }
  const colon = indent === undefined ? ':' : ': ';
  return enclosed(
    '{}',
    Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}${colon}${jsonText(part, inner)}`),
    indent,
  );
}

function enclosed(brackets: '[]' | '{}', parts: readonly string[], indent: string | undefined): string {
  const [open, close] = [brackets.slice(0, 1), brackets.slice(1)];
  if (indent === undefined || parts.length === 0) return `${open}${parts.join(',')}${close}`;
  return `${open}\n${indent}  ${parts.join(`,\n${indent}  `)}\n${indent}${close}`;
}
