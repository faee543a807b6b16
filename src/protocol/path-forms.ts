/** What a path turns into under decoders of all kinds, and what in it is dangerous. Pure text. */

/** Parent references, backslashes or control characters, in plain text or under any number of encodings. */
export function hasTraversal(text: string): boolean {
  const forms = decodedForms(text);
  return (
    forms === undefined ||
    forms.some((form) => forbiddenCharacter(form) !== undefined || form.split(/[/?#;&=]/).some(isDotsOnly))
  );
}

/** `..` and what some decoder or file system takes for it: `...`, `.. `. A single dot only when a blank follows. */
export function isDotsOnly(segment: string): boolean {
  return /^ *\.[. ]+$/.test(segment);
}

// oxlint-disable-next-line no-control-regex -- to find them is the point
const forbidden = /[\\\u0000-\u001f\u007f-\u009f]/;

/** What the text holds that no path may hold, in words for a message; undefined for a text without. */
export function forbiddenCharacter(text: string): string | undefined {
  const character = forbidden.exec(text)?.[0];
  if (character === '\\') return 'a backslash';
  if (character !== undefined) {
    return `the control character U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  }
  return text.isWellFormed() ? undefined : 'half of a surrogate pair';
}

const mostDecodings = 8;

/**
 * The text and what it becomes when decoded again and again, by decoders that also take overlong UTF-8 and %uXXXX.
 * Undefined when it still changes after eight rounds: nobody names a file so.
 */
export function decodedForms(text: string): readonly string[] | undefined {
  const forms = [text];
  for (let form = text; form.includes('%');) {
    const next = decodeLax(form);
    if (next === form) break;
    if (forms.length > mostDecodings) return undefined;
    forms.push(next);
    form = next;
  }
  return forms;
}

function decodeLax(text: string): string {
  const unescaped = text.replace(/%u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  const encoded = new TextEncoder().encode(unescaped);
  const bytes: number[] = [];
  for (let i = 0; i < encoded.length; i++) {
    const hex = encoded[i] === 0x25 ? String.fromCharCode(encoded[i + 1] ?? 0, encoded[i + 2] ?? 0) : '';
    if (/^[0-9a-f]{2}$/i.test(hex)) {
      bytes.push(parseInt(hex, 16));
      i += 2;
    } else bytes.push(encoded[i] ?? 0);
  }
  return decodeLaxUtf8(bytes);
}

/** UTF-8 that folds overlong forms to the character they hide, as careless decoders do. */
function decodeLaxUtf8(bytes: readonly number[]): string {
  let text = '';
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i] ?? 0;
    const more = lead < 0xc0 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : lead < 0xf8 ? 3 : lead < 0xfc ? 4 : 5;
    const tail = bytes.slice(i + 1, i + 1 + more);
    // C0 and C1 can only hide ASCII, whatever the next byte's upper bits are (%c0%2e).
    const whole = tail.length === more && (lead <= 0xc1 || tail.every((byte) => (byte & 0xc0) === 0x80));
    if (lead < 0x80) text += String.fromCharCode(lead);
    else if (more === 0 || !whole) text += '\ufffd';
    else {
      const point = tail.reduce((value, byte) => value * 64 + (byte & 0x3f), lead & (0x3f >> more));
      text += point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? '\ufffd' : String.fromCodePoint(point);
      i += more;
    }
  }
  return text;
}

/** One round of percent-decoding; escapes that are not UTF-8 stay as they are. */
export function decodePercentOnce(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}
