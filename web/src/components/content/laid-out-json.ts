import { jsonText } from './json-text.ts';
import { parseJson } from './parse-json.ts';

/** JSON on several lines, each number with its digits; what is none, or nested too deep for that, as it is. */
export function laidOutJson(text: string): string {
  const parsed = parseJson(text);
  if ('failure' in parsed) return text;
  try {
    return jsonText(parsed.value, '');
  } catch {
    return text;
  }
}
