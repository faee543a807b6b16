/**
 * YAML as Python writes it into `meta.yaml`, and the flat maps of `params.yml`: maps in block form and scalars. A plain
 * scalar keeps its text, because only who asks knows whether `1e5` is a name: in the YAML of Python it is, in that of
 * today it is a number.
 */
export interface Scalar {
  readonly text: string;
  /** Not quoted: null, a number or a boolean may be meant. */
  readonly plain: boolean;
}

export interface YamlMap extends Map<string, Scalar | YamlMap> {}

interface Line {
  readonly indent: number;
  readonly text: string;
}

const escapes: Readonly<Record<string, string>> = {
  '0': '\0', a: '\x07', b: '\b', t: '\t', '\t': '\t', n: '\n', v: '\v', f: '\f', r: '\r', e: '\x1b', ' ': ' ',
  '"': '"', '/': '/', '\\': '\\', N: '\x85', _: '\xa0', L: '\u2028', P: '\u2029',
}; // prettier-ignore

export function readYaml(source: string): YamlMap {
  const lines = source
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => ({ indent: /[^ ]|$/.exec(line)?.index ?? 0, text: trimmed(line) }));
  while (lines[0] && (isBlank(lines[0]) || lines[0].text === '---')) lines.shift();
  const map = lines[0] ? readMap(lines, lines[0].indent) : new Map();
  skipBlank(lines);
  if (lines[0] && lines[0].text !== '...') throw new Error(`not a YAML map: ${lines[0].text.slice(0, 80)}`);
  return map;
}

/** Other blanks belong to the text. */
function trimmed(line: string): string {
  return line.replace(/^[ \t]+|[ \t]+$/g, '');
}

function isBlank({ text }: Line): boolean {
  return text === '' || text.startsWith('#');
}

function skipBlank(lines: Line[]): void {
  while (lines[0] && isBlank(lines[0])) lines.shift();
}

function readMap(lines: Line[], indent: number): YamlMap {
  const map: YamlMap = new Map();
  for (;;) {
    skipBlank(lines);
    const line = lines[0];
    if (line?.indent !== indent || line.text === '...') return map;
    lines.shift();
    const { key, rest } = splitKey(line.text, lines);
    map.set(key, readValue(rest, lines, indent));
  }
}

function splitKey(text: string, lines: Line[]): { key: string; rest: string } {
  if (text.startsWith("'") || text.startsWith('"')) {
    const { value, rest } = readQuoted(text, lines);
    const after = /^[ \t]*:(?:[ \t]+|$)(.*)$/s.exec(rest);
    if (after) return { key: value, rest: after[1] ?? '' };
  } else {
    // A key that is too long for a line of its own, or odd, is written `? key`.
    const match = /^(.*?):(?:[ \t]+(.*))?$/s.exec(text);
    if (match && !text.startsWith('? ')) return { key: match[1] ?? '', rest: match[2] ?? '' };
    if (text.startsWith('? ')) return splitComplexKey(text.slice(2), lines);
  }
  throw new Error(`not a line of a YAML map: ${text.slice(0, 80)}`);
}

/** `? key` and, on the next line, `: value`. */
function splitComplexKey(text: string, lines: Line[]): { key: string; rest: string } {
  const key = /^['"]/.test(text) ? readQuoted(text, lines).value : readPlain(text, lines, 0);
  const next = lines[0];
  if (!next?.text.startsWith(':')) return { key, rest: '' };
  lines.shift();
  return { key, rest: trimmed(next.text.slice(1)) };
}

function readValue(rest: string, lines: Line[], indent: number): Scalar | YamlMap {
  if (rest.startsWith("'") || rest.startsWith('"')) return { text: readQuoted(rest, lines).value, plain: false };
  if (/^[|>][+-]?\d?[+-]?$/.test(rest)) return { text: readBlock(rest, lines, indent), plain: false };
  if (rest !== '' && !rest.startsWith('#')) return { text: readPlain(rest, lines, indent + 1), plain: true };
  const next = lines.findIndex((line) => !isBlank(line));
  const first = lines[next];
  if (first && /^-([ \t]|$)/.test(first.text) && first.indent >= indent)
    return { text: readList(lines, first.indent), plain: true };
  if (first === undefined || first.indent <= indent) return { text: '', plain: true };
  // A text so long that it begins on the line below its key.
  if (/^['"]/.test(first.text) && !/^(['"]).*\1[ \t]*:([ \t]|$)/.test(first.text)) {
    lines.splice(0, next + 1);
    return { text: readQuoted(first.text, lines).value, plain: false };
  }
  return readMap(lines, first.indent);
}

/** A list as the text of one: `[a, b]`. */
function readList(lines: Line[], indent: number): string {
  const items: string[] = [];
  for (;;) {
    skipBlank(lines);
    const line = lines[0];
    if (line?.indent !== indent || !/^-([ \t]|$)/.test(line.text)) return `[${items.join(', ')}]`;
    lines.shift();
    const parts = [trimmed(line.text.slice(1))];
    while (lines[0] && lines[0].indent > indent) parts.push((lines.shift() as Line).text);
    items.push(parts.join(' '));
  }
}

function readPlain(text: string, lines: Line[], indent: number): string {
  let result = text;
  let breaks = 0;
  while (lines[0] && (lines[0].text === '' || lines[0].indent >= indent)) {
    const { text: more } = lines.shift() as Line;
    if (more === '') {
      breaks++;
      continue;
    }
    if (more.startsWith('#')) continue;
    result += (breaks > 0 ? '\n'.repeat(breaks) : ' ') + more;
    breaks = 0;
  }
  return result.replace(/[ \t]+#.*$/, '');
}

function readBlock(head: string, lines: Line[], indent: number): string {
  const taken: Line[] = [];
  while (lines[0] && (lines[0].text === '' || lines[0].indent > indent)) taken.push(lines.shift() as Line);
  while (taken.at(-1)?.text === '') taken.pop();
  const first = Math.min(...taken.filter(({ text }) => text !== '').map((line) => line.indent));
  const texts = taken.map(({ indent: i, text }) => (text === '' ? '' : ' '.repeat(i - first) + text));
  return texts.join(head.startsWith('|') ? '\n' : ' ') + (head.includes('-') ? '' : '\n');
}

/** A quoted scalar, which may go on over lines: a break is a blank, an empty line is a break. */
function readQuoted(start: string, lines: Line[]): { value: string; rest: string } {
  const quote = start.charAt(0);
  let text = start.slice(1);
  let value = '';
  for (;;) {
    const end = endOf(text, quote);
    if (end >= 0) return { value: value + unescaped(text.slice(0, end), quote), rest: text.slice(end + 1) };
    // A backslash at the end joins without a blank.
    const joins = quote === '"' && /(^|[^\\])(\\\\)*\\$/.test(text);
    value += unescaped(joins ? text.slice(0, -1) : text, quote);
    let breaks = 0;
    while (lines[0]?.text === '') {
      lines.shift();
      breaks++;
    }
    const next = lines.shift();
    if (next === undefined) throw new Error('a quoted text of the YAML file does not end');
    value += breaks > 0 ? '\n'.repeat(breaks) : joins ? '' : ' ';
    text = next.text;
  }
}

function endOf(text: string, quote: string): number {
  for (let i = 0; i < text.length; i++) {
    if (quote === '"' && text[i] === '\\') i++;
    else if (text[i] === quote) {
      if (quote === '"' || text[i + 1] !== quote) return i;
      i++;
    }
  }
  return -1;
}

function unescaped(text: string, quote: string): string {
  // The rare line breaks stand for themselves, and Python indents the line that they begin.
  if (quote === "'") return text.replaceAll("''", "'").replace(/(?<=[\x85\u2028\u2029]) +/g, '');
  return text.replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))/g,
    (all: string, x?: string, u?: string, long?: string, one?: string) => {
      const code = x ?? u ?? long;
      return code === undefined ? (escapes[one ?? ''] ?? all) : String.fromCodePoint(parseInt(code, 16));
    },
  );
}

/** The scalar as text; undefined when it is missing or null. */
export function textOf(map: YamlMap, key: string): string | undefined {
  const value = map.get(key);
  if (value === undefined || value instanceof Map) return undefined;
  return value.plain && /^(null|Null|NULL|~|)$/.test(value.text) ? undefined : value.text;
}

export function textsOf(map: YamlMap, key: string): { key: string; value: string }[] {
  const value = map.get(key);
  if (!(value instanceof Map)) return [];
  return [...value.keys()].map((name) => ({ key: name, value: textOf(value, name) ?? '' }));
}
