/** A value within a text, such as a path or a name: as Python writes it, so that `out/{{sample}}` is `out/False`. */
export function valueText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return JSON.stringify(value);
}
