import { useState } from 'react';
import { draftOf, keepDraft } from '../../../components/draft.ts';
import type { SchemaField, Signature } from '../../models/signature.ts';
import { bodyOf, type Row } from './cells.ts';
import { isRecord } from './json.ts';
import { jsonText } from './predictions.ts';
import { paramsOf, rowsOf } from './rows.ts';

/** A request that is being written: as rows of cells, and as JSON. */
export interface RequestDraft {
  readonly rows: readonly Row[];
  readonly params: Row;
  readonly body: string;
}

export const mostColumns = 200;
/** More rows are left to the JSON. */
export const mostRows = 50;

function subject(endpoint: string): string {
  return `request ${endpoint}`;
}

/** For another page, such as that of a captured request. */
export function keepRequest(endpoint: string, request: unknown): void {
  const body = typeof request === 'string' ? request : jsonText(request, 2);
  keepDraft(subject(endpoint), JSON.stringify({ body }));
}

/** A request as both; without rows where it has none, or too many, for the columns. */
export function draftOfRequest(request: unknown, signature: Signature | undefined): RequestDraft {
  const { inputs = [], params = [] } = signature ?? {};
  const rows = rowsOf(request, inputs)?.slice(0, mostRows) ?? [emptyRow(inputs)];
  const given = paramsOf(request, params);
  const values = params.map((field, i) => given[i] || defaultOf(field));
  return { rows, params: values, body: jsonText(request, 2) };
}

function emptyRow(columns: readonly SchemaField[]): Row {
  return columns.map(() => '');
}

function defaultOf({ defaultValue }: SchemaField): string {
  return defaultValue === undefined || defaultValue === 'null' ? '' : defaultValue.replaceAll(/^"|"$/g, '');
}

/** What was written on a former visit of this tab, when it fits the signature still. */
function keptDraft(endpoint: string, first: RequestDraft): RequestDraft {
  try {
    const kept: unknown = JSON.parse(draftOf(subject(endpoint)) ?? 'null');
    if (!isRecord(kept)) return first;
    const { rows, params, body } = kept;
    const fits =
      Array.isArray(rows) &&
      rows.length > 0 &&
      rows.every((row) => isTexts(row) && row.length === first.rows[0]?.length) &&
      isTexts(params) &&
      params.length === first.params.length;
    return {
      ...first,
      ...(fits && { rows: rows as readonly Row[], params }),
      ...(typeof body === 'string' && { body }),
    };
  } catch {
    return first;
  }
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** Kept for this tab: leaving the page loses nothing. */
export function useRequestDraft(endpoint: string, request: unknown, signature: Signature | undefined) {
  const [draft, set] = useState(() => keptDraft(endpoint, draftOfRequest(request, signature)));
  const change = (part: Partial<RequestDraft>): void => {
    const next = { ...draft, ...part };
    set(next);
    keepDraft(subject(endpoint), JSON.stringify(next));
  };
  return [draft, change] as const;
}

export function bodyOfDraft({ rows, params }: RequestDraft, signature: Signature): string {
  return bodyOf(signature.inputs, rows, signature.params, params);
}
