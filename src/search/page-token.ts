import { invalidParameter } from '../protocol/errors.ts';
import type { LoggedModelOrderBy } from './logged-model-order-by.ts';
import { pythonBytes, pythonLiteral } from './python-literal.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Decodes as MLflow does: characters outside the alphabet are skipped, padding must be right. Null if it is not. */
function decodeBase64(token: string): Uint8Array | null {
  let data = '';
  let padding = 0;
  for (const character of token) {
    if (character > '\u007f') return null;
    if (character === '=') {
      const place = data.length % 4;
      if (place >= 2 && place + ++padding >= 4) return Buffer.from(data, 'base64');
    } else if (alphabet.includes(character)) {
      data += character;
      padding = 0;
    }
  }
  return data.length % 4 === 0 ? Buffer.from(data, 'base64') : null;
}

function parseJson(bytes: Uint8Array): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The token of the page that starts at `offset`, the same bytes as MLflow's: base64 of {"offset": 2}. */
export function encodeOffsetToken(offset: number): string {
  return btoa(`{"offset": ${offset}}`);
}

/**
 * The offset in a token of the runs, experiments, registered models and model versions searches; 0 without a token.
 * Such a token does not depend on filter and order. Throws INVALID_PARAMETER_VALUE.
 */
export function decodeOffsetToken(token: string | undefined): number {
  if (token === undefined || token === '') return 0;
  const bytes = decodeBase64(token);
  if (bytes === null) throw invalidParameter('Invalid page token, could not base64-decode');
  const parsed = parseJson(bytes);
  if (parsed === null) throw invalidParameter(`Invalid page token, decoded value=${pythonBytes(bytes)}`);
  const { value } = parsed;
  const unusable = invalidParameter(`Invalid page token, parsed value=${pythonLiteral(value)}`);
  if (!isRecord(value) || !value['offset']) throw unusable;
  const offset = value['offset'];
  if (typeof offset === 'string' && !/^\s*[+-]?\d+\s*$/.test(offset)) {
    throw invalidParameter(`Invalid page token, not stringable ${offset}`);
  }
  const number = typeof offset === 'object' ? NaN : Math.trunc(Number(offset));
  if (!Number.isSafeInteger(number) || number < 0) throw unusable;
  return number;
}

/** What a page token of logged-models/search is bound to: it serves no other search. */
export interface LoggedModelSearch {
  readonly experimentIds: readonly string[];
  readonly filter: string | undefined;
  readonly orderBy: readonly LoggedModelOrderBy[] | undefined;
}

interface BoundParts {
  readonly experiment_ids: unknown;
  readonly filter_string: unknown;
  readonly order_by: unknown;
}

function boundParts(search: LoggedModelSearch): BoundParts {
  const orderBy = (search.orderBy ?? []).map((element) => ({
    field_name: element.field_name ?? '',
    ascending: element.ascending ?? true,
    dataset_name: element.dataset_name || null,
    dataset_digest: element.dataset_digest || null,
  }));
  return {
    experiment_ids: search.experimentIds,
    filter_string: search.filter || null,
    order_by: orderBy.length > 0 ? orderBy : null,
  };
}

/** JSON as MLflow writes it: a space behind commas and colons, everything beyond ASCII escaped. */
function spacedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => spacedJson(item)).join(', ')}]`;
  if (isRecord(value)) {
    return `{${Object.entries(value)
      .map(([key, item]) => `${spacedJson(key)}: ${spacedJson(item)}`)
      .join(', ')}}`;
  }
  return (JSON.stringify(value) ?? 'null').replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export function encodeLoggedModelToken(search: LoggedModelSearch, offset: number): string {
  return btoa(spacedJson({ ...boundParts(search), offset }));
}

/** The offset in a token of logged-models/search; 0 without one. Refuses a token of another search. */
export function decodeLoggedModelToken(token: string | undefined, search: LoggedModelSearch): number {
  if (token === undefined || token === '') return 0;
  const bytes = decodeBase64(token);
  if (bytes === null) throw invalidParameter(`Invalid page token: ${token}. Could not base64-decode.`);
  const value = parseJson(bytes)?.value;
  if (!isRecord(value)) {
    throw invalidParameter(`Invalid page token: ${token}. Expecting value: line 1 column 1 (char 0)`);
  }
  const expected = boundParts(search);
  const parts: [keyof BoundParts, string][] = [
    ['experiment_ids', 'Experiment IDs in the page token do not match the requested experiment IDs.'],
    ['order_by', 'Order by in the page token does not match the requested order by.'],
    ['filter_string', 'Filter string in the page token does not match the requested filter string.'],
  ];
  for (const [part, complaint] of parts) {
    if (spacedJson(value[part] ?? null) === spacedJson(expected[part])) continue;
    const show = (item: unknown): string => (typeof item === 'string' ? item : pythonLiteral(item));
    throw invalidParameter(`${complaint} Expected: ${show(expected[part])}. Found: ${show(value[part])}`);
  }
  const offset = value['offset'] ?? 0;
  if (typeof offset === 'number' && Number.isSafeInteger(offset) && offset >= 0) return offset;
  throw invalidParameter(`Invalid page token: ${token}. The offset must be a non-negative integer.`);
}
