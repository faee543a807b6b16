import type { RouteContract } from '../protocol/route.ts';
import type { Decoded, Encoded, Fields } from '../protocol/schema.ts';
import { compileDecoder } from '../protocol/decode.ts';
import { compileEncoder } from '../protocol/encode.ts';
import type { Services } from './services.ts';

/** A method of the API with the service call that answers it. */
export interface Handler {
  readonly contract: RouteContract;
  /** A parsed JSON object, or the query's names and values, to the checked request. */
  decode(input: Record<string, unknown>): Record<string, unknown>;
  /** The checked request to the JSON text of the answer. */
  answer(request: Record<string, unknown>, services: Services): Promise<string>;
}

/** Ties a method's contract to its service call. */
export function implement<Request extends Fields, Response extends Fields>(
  contract: RouteContract<Request, Response>,
  call: (request: Decoded<Request>, services: Services) => Promise<Encoded<Response>>,
): Handler {
  const encode = compileEncoder(contract.response);
  return {
    contract,
    decode: compileDecoder(contract.request),
    answer: async (request, services) => encode(await call(request as Decoded<Request>, services)),
  };
}
