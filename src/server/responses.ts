import { refusedOrigin } from './cors.ts';
import { refusedHost } from './host-guard.ts';
import { errorBody, type ApiError } from '../protocol/errors.ts';

/** Headers of every answer. */
export const commonHeaders = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
  vary: 'Origin',
} as const;

/** Of what is compressed for who takes that. */
export const varyByCoding = `${commonHeaders.vary}, Accept-Encoding`;

const jsonHeaders = { 'content-type': 'application/json', ...commonHeaders };

export function json(body: string | Uint8Array<ArrayBuffer>, status = 200): Response {
  return new Response(body, { status, headers: jsonHeaders });
}

export function errorResponse(error: ApiError): Response {
  return json(JSON.stringify(errorBody(error)), error.status);
}

export function plain(body: string, status = 200): Response {
  return new Response(body, { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...commonHeaders } });
}

export function hostRefusal(): Response {
  return plain(refusedHost.text, refusedHost.status);
}

export function corsRefusal(): Response {
  return plain(refusedOrigin.text, refusedOrigin.status);
}
