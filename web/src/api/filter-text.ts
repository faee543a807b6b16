/** A text as a literal of the filter grammar, which knows no escape: one with both kinds of quotes cannot be written. */
export function quoted(value: string): string {
  return value.includes("'") ? `"${value}"` : `'${value}'`;
}
