/** Quotes a string as MLflow's messages do: single quotes, unless only single quotes are inside. */
function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = mark;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (character === mark || character === '\\') out += `\\${character}`;
    else if (character === '\n') out += '\\n';
    else if (character === '\r') out += '\\r';
    else if (character === '\t') out += '\\t';
    else if (code < 32 || code === 127) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else out += character;
  }
  return out + mark;
}

/** Renders JSON data the way MLflow's messages show it: None, True, 'text', [1, 2], {'key': 'value'}. */
export function pythonLiteral(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `[${value.map((item) => pythonLiteral(item)).join(', ')}]`;
  if (typeof value === 'object') {
    return `{${Object.entries(value)
      .map(([key, item]) => `${quote(key)}: ${pythonLiteral(item)}`)
      .join(', ')}}`;
  }
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : 'None';
}

/** Renders bytes as b'...', with escapes for what is not printable ASCII. */
export function pythonBytes(bytes: Uint8Array): string {
  const mark = bytes.includes(0x27) && !bytes.includes(0x22) ? '"' : "'";
  let out = `b${mark}`;
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    if (character === mark || character === '\\') out += `\\${character}`;
    else if (character === '\n') out += '\\n';
    else if (character === '\r') out += '\\r';
    else if (character === '\t') out += '\\t';
    else if (byte < 32 || byte > 126) out += `\\x${byte.toString(16).padStart(2, '0')}`;
    else out += character;
  }
  return out + mark;
}

/** A set of words in the order of the alphabet, so that a message is the same every time: {'a', 'b'}. */
export function pythonSet(words: Iterable<string>): string {
  return `{${[...words]
    .sort()
    .map((word) => quote(word))
    .join(', ')}}`;
}

/** A number as a float is shown: 1000.0 for 1000. */
export function pythonFloat(value: number): string {
  if (value === Infinity) return 'inf';
  if (value === -Infinity) return '-inf';
  return Number.isInteger(value) && Math.abs(value) < 1e16 ? `${value}.0` : String(value);
}
