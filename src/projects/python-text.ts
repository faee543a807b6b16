/** Values as Python writes them. */

/** `str()` of a value that stood in YAML. @param source how a number or date was written there */
export function pythonText(value: unknown, source: string | undefined): string {
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'number') return numberText(value, source ?? '');
  if (value instanceof Date) return source ?? value.toISOString();
  return typeof value === 'string' ? value : representation(value);
}

/** `repr()` of it. */
function representation(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(representation).join(', ')}]`;
  if (typeof value !== 'object') return pythonText(value, typeof value === 'number' ? String(value) : undefined);
  const pairs = Object.entries(value).map(([key, one]) => `${quoted(key)}: ${representation(one)}`);
  return `{${pairs.join(', ')}}`;
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const plain = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t').replaceAll('\r', '\\r');
  return `${quote}${plain.replaceAll(quote, `\\${quote}`)}${quote}`;
}

function numberText(value: number, source: string): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const isFloat = source.includes('.');
  if (!isFloat) return /^[-+]?\d+$/.test(source) && !/^[-+]?0\d/.test(source) ? String(BigInt(source)) : String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) {
    return value.toExponential().replace(/e([-+])(\d)$/, 'e$10$2');
  }
  return Number.isInteger(value) ? `${Object.is(value, -0) ? '-0' : value}.0` : String(value);
}
