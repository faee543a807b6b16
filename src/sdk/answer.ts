/** The JSON of an answer, with what `JSON.parse` alone would spoil or refuse as text, which number fields accept. */
import { MlflowError } from './errors.ts';

const odd = /[:,[\s]-?(?:\d{16}|Infinity|NaN)/;
const token = /"(?:[^"\\]|\\.)*"|-?(?:Infinity|NaN|\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)/g;
const oddToken = /^-?(?:\d{16,}|Infinity|NaN)$/;

/** @throws MlflowError when it is no JSON object, such as the page of a proxy */
export function parseAnswer(text: string, what: string, status: number): Record<string, unknown> {
  // Not by a reviver that sees the source of numbers, which Node 20 does not have.
  const exact = odd.test(text) ? text.replace(token, (part) => (oddToken.test(part) ? `"${part}"` : part)) : text;
  try {
    const answer: unknown = JSON.parse(exact);
    if (typeof answer === 'object' && answer !== null) return answer as Record<string, unknown>;
  } catch {
    // Said below.
  }
  const words = text.replace(/\s+/g, ' ').slice(0, 200);
  const advice = 'Is the tracking URI that of the server?';
  throw new MlflowError('INTERNAL_ERROR', `${what} was answered with no JSON object: ${words} ${advice}`, status);
}
