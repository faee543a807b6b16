/**
 * YAML as MLmodel files have it, by Python's writer, R's or our own: maps and lists in block form, `[]`, `{}`, JSON in
 * one line, plain, quoted and block texts. Anchors, tags and several documents are not among it.
 */
interface Line {
  readonly indent: number;
  readonly text: string;
}

/** @throws SyntaxError */
export function fromYaml(source: string): unknown {
  const lines = source
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => ({ indent: line.search(/[^ ]|$/), text: line.trim() }));
  skipBlank(lines);
  if (lines[0]?.text === '---') lines.shift();
  const value = blockOf(lines, 0);
  skipBlank(lines);
  if (lines[0] && lines[0].text !== '...') throw new SyntaxError(`This is not YAML: ${lines[0].text.slice(0, 80)}`);
  return value;
}

function isBlank({ text }: Line): boolean {
  return text === '' || text.startsWith('#');
}

function skipBlank(lines: Line[]): void {
  while (lines[0] && isBlank(lines[0])) lines.shift();
}

/** What stands on the next lines, if they are at least so far in. */
function blockOf(lines: Line[], indent: number): unknown {
  skipBlank(lines);
  const [first] = lines;
  if (!first || first.indent < indent) return null;
  if (isItem(first)) return listOf(lines, first.indent);
  if (keyOf(first.text)) return mapOf(lines, first.indent);
  lines.shift();
  return scalarOf(first.text, lines, indent - 1);
}

function isItem({ text }: Line): boolean {
  return text === '-' || text.startsWith('- ');
}

function listOf(lines: Line[], indent: number): unknown[] {
  const list: unknown[] = [];
  for (skipBlank(lines); lines[0]?.indent === indent && isItem(lines[0]); skipBlank(lines)) {
    const { text } = lines.shift() as Line;
    const rest = text.slice(1).trimStart();
    if (rest !== '') lines.unshift({ indent: indent + text.length - rest.length, text: rest });
    list.push(blockOf(lines, indent + 1));
  }
  return list;
}

function mapOf(lines: Line[], indent: number): Record<string, unknown> {
  const map: [string, unknown][] = [];
  for (skipBlank(lines); lines[0]?.indent === indent; skipBlank(lines)) {
    const parts = keyOf(lines[0].text);
    if (!parts) break;
    lines.shift();
    map.push([parts.key, valueOf(parts.rest, lines, indent)]);
  }
  return Object.fromEntries(map);
}

const keyPattern = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'[{#&*!|>][^#]*?)\s*:(?:\s+(.*))?$/;

function keyOf(text: string): { key: string; rest: string } | undefined {
  const [, key, rest = ''] = keyPattern.exec(text) ?? [];
  return key === undefined ? undefined : { key: /^["']/.test(key) ? unquoted(key) : key, rest };
}

function valueOf(rest: string, lines: Line[], indent: number): unknown {
  if (rest !== '' && !rest.startsWith('#')) return scalarOf(rest, lines, indent);
  skipBlank(lines);
  // The lists of Python's writer stand below their key, not further in.
  const [next] = lines;
  if (next?.indent === indent && isItem(next)) return listOf(lines, indent);
  return blockOf(lines, indent + 1);
}

/** A text goes on over the lines that stand further in than `indent`. */
function scalarOf(text: string, lines: Line[], indent: number): unknown {
  const block = /^([|>])([+-]?)\d?[+-]?$/.exec(text);
  if (block) return blockTextOf(block[1] === '|' ? '\n' : ' ', block[2] !== '-', lines, indent);
  const quote = /^["']/.exec(text)?.[0];
  let whole = text;
  let breaks = 0;
  const isOpen = (): boolean =>
    quote === undefined
      ? lines[0] !== undefined && (lines[0].text === '' || lines[0].indent > indent)
      : !isClosed(whole);
  while (isOpen()) {
    const next = lines.shift();
    if (!next) throw new SyntaxError(`A quoted text does not end: ${text.slice(0, 80)}`);
    if (next.text === '') {
      breaks++;
      continue;
    }
    // A backslash at the end of a line joins it with the next.
    const joins = quote === '"' && /(^|[^\\])(\\\\)*\\$/.test(whole);
    whole = (joins ? whole.slice(0, -1) : whole) + (breaks > 0 ? breakIn(quote, breaks) : joins ? '' : ' ') + next.text;
    breaks = 0;
  }
  if (quote !== undefined) return unquoted(whole.replace(/(["'])\s+#.*$/, '$1'));
  return plainOf(whole.replace(/\s+#.*$/, ''));
}

function breakIn(quote: string | undefined, count: number): string {
  return (quote === '"' ? '\\n' : '\n').repeat(count);
}

function isClosed(text: string): boolean {
  return /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*(#.*)?$/s.test(text);
}

function blockTextOf(join: string, endsWithBreak: boolean, lines: Line[], indent: number): string {
  const taken: Line[] = [];
  while (lines[0] && (lines[0].text === '' || lines[0].indent > indent)) taken.push(lines.shift() as Line);
  while (taken.at(-1)?.text === '') taken.pop();
  const first = Math.min(...taken.filter(({ text }) => text !== '').map((line) => line.indent));
  const texts = taken.map((line) => (line.text === '' ? '' : ' '.repeat(line.indent - first) + line.text));
  return texts.join(join) + (endsWithBreak && texts.length > 0 ? '\n' : '');
}

function unquoted(text: string): string {
  const inner = text.trim().slice(1, -1);
  return text.startsWith("'") ? inner.replaceAll("''", "'") : inner.replace(escape, meaningOf);
}

const escape = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))/gs;
const escapes: Readonly<Record<string, string>> = {
  '0': '\0', a: '\x07', b: '\b', t: '\t', n: '\n', v: '\v', f: '\f', r: '\r', e: '\x1b',
  N: '\x85', _: '\xa0', L: '\u2028', P: '\u2029',
}; // prettier-ignore

function meaningOf(_all: string, x?: string, u?: string, long?: string, one = ''): string {
  const code = x ?? u ?? long;
  return code === undefined ? (escapes[one] ?? one) : String.fromCodePoint(parseInt(code, 16));
}

function plainOf(text: string): unknown {
  if (/^(null|Null|NULL|~|)$/.test(text)) return null;
  if (/^(true|True|TRUE)$/.test(text)) return true;
  if (/^(false|False|FALSE)$/.test(text)) return false;
  if (/^[-+]?\d+$/.test(text) || /^[-+]?(\d+\.\d*|\.\d+)([eE][-+]?\d+)?$/.test(text)) return Number(text);
  if (/^[-+]?\.inf$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (/^\.nan$/i.test(text)) return Number.NaN;
  if (/^[[{]/.test(text)) return flowOf(text);
  return text;
}

/** `[]`, `{}` and JSON; other lists of plain words, as R and people write them. */
function flowOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const words = /^\[([^[\]{}"']*)\]$/.exec(text)?.[1];
    if (words === undefined) throw new SyntaxError(`This part of the YAML cannot be read: ${text.slice(0, 80)}`);
    return words.split(',').map((word) => plainOf(word.trim()));
  }
}
