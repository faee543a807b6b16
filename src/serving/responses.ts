/** What the scoring server says over HTTP. */
import { ScoringError } from '../models/scoring-error.ts';
import { freeLarge } from './large-bytes.ts';
import { busy } from './refusals.ts';
import type { Body } from './request-body.ts';
import type { ScoringAnswer } from './scorer.ts';

export const jsonType = { 'content-type': 'application/json' };

/** A fault of ours: told of without details, which go to the log. */
export function failed(error: unknown): ScoringAnswer {
  if (error instanceof ScoringError) return { status: error.status, body: error.toJson() };
  console.error('modelyard: a request could not be scored', error);
  const told = new ScoringError('INTERNAL_ERROR', 'The request could not be scored; the log of the server says why.');
  return { status: told.status, body: told.toJson() };
}

export function responseOf({ status, body, retryAfter }: ScoringAnswer): Response {
  const more = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  const headers = { ...jsonType, ...more };
  const response = new Response(body as string | Uint8Array<ArrayBuffer>, { status, headers });
  // It has a copy.
  if (typeof body !== 'string') freeLarge(body);
  return response;
}

export function refused(why: Body & string, limit: number): Response {
  if (why === 'too many') return responseOf(busy('The bodies of the requests in hand leave no memory for this one.'));
  const megabytes = Math.round(limit / 1e6);
  const advice = `The body is larger than ${megabytes} MB. Send fewer rows at a time, or start the server with a larger --max-body-mb.`;
  return responseOf({ status: 413, body: new ScoringError('INVALID_PARAMETER_VALUE', advice).toJson() });
}

export function detail(status: number, words: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify({ detail: words }), { status, headers: { ...jsonType, ...headers } });
}

export function text(body: string): Response {
  return new Response(body, { headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' } });
}
