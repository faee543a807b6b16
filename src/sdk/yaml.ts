/** Plain data → YAML in block form. Every text that could be read as something else is quoted, as in JSON. */

const plainText = /^[A-Za-z_][\w ./-]*$/;
const otherMeaning = /^(true|false|yes|no|on|off|null|y|n|inf|nan)$/i;

/** Objects by their keys, lists, texts, numbers, booleans, null; what JSON would leave out is left out. */
export function toYaml(value: unknown): string {
  // Through JSON once, so that dates and objects with a toJSON are what they are there.
  const plain = JSON.parse(JSON.stringify(value) ?? 'null') as unknown;
  return typeof plain === 'object' && plain !== null ? block(plain, '') : `${scalar(plain)}\n`;
}

function block(value: object, indent: string): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return `${indent}[]\n`;
    return value.map((item) => entry(`${indent}-`, item, indent)).join('');
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return `${indent}{}\n`;
  return entries.map(([key, item]) => entry(`${indent}${scalar(key)}:`, item, indent)).join('');
}

function entry(head: string, item: unknown, indent: string): string {
  if (typeof item !== 'object' || item === null) return `${head} ${scalar(item)}\n`;
  if (Object.keys(item).length === 0) return `${head} ${Array.isArray(item) ? '[]' : '{}'}\n`;
  return `${head}\n${block(item, `${indent}  `)}`;
}

function scalar(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return plainText.test(value) && !otherMeaning.test(value) && !value.endsWith(' ') ? value : JSON.stringify(value);
}
