/** What a request carries, as one flat object for the decoder: query, JSON body, path parameters. */
import { parseJson } from '../common/json.ts';
import { ApiError, invalidParameter, isApiError } from '../protocol/errors.ts';

/** Bytes of a JSON body; a dataset profile of 16 MB fits. */
const greatestBody = 64 * 1024 * 1024;

/** Codings by name: some clients say their character set there, which changes nothing. */
const compression = /\b(?:gzip|deflate|compress|br|zstd)\b/i;

type Input = Record<string, unknown>;

export function queryInput(query: string): Input {
  const input: Input = Object.create(null) as Input;
  if (query === '') return input;
  for (const [name, value] of new URLSearchParams(query)) {
    const before = input[name];
    if (before === undefined) input[name] = value;
    else if (Array.isArray(before)) before.push(value);
    else input[name] = [before, value];
  }
  return input;
}

/** The JSON body; an empty one is an empty object. */
export async function bodyInput(request: Request): Promise<Input> {
  const type = request.headers.get('content-type');
  if (type === null && request.method === 'POST') {
    throw invalidParameter('Bad Request. Content-Type header is missing.');
  }
  if (type !== null && !/^application\/json\s*(;|$)/i.test(type)) throw wrongContentType();
  if (compression.test(request.headers.get('content-encoding') ?? '')) throw compressed();
  const length = Number(request.headers.get('content-length') ?? '-1');
  if (length > greatestBody) throw tooLarge();
  const bytes = length === 0 ? undefined : await readBytes(request, length >= 0).catch(cutOff);
  const text = bytes === undefined ? '' : decodeUtf8(bytes);
  if (text.trim() === '') return {};
  const value = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidParameter('The request body must be a JSON object.');
  }
  return value as Input;
}

async function readBytes(request: Request, bounded: boolean): Promise<Uint8Array> {
  if (bounded || !request.body) return request.bytes();
  // Without a Content-Length the size is known only while reading.
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body: AsyncIterable<Uint8Array> = request.body;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > greatestBody) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Its sender has gone, such as a search that was killed: nothing failed here, and what Bun throws then has no words. */
function cutOff(cause: unknown): never {
  if (isApiError(cause)) throw cause;
  throw new ApiError('INVALID_PARAMETER_VALUE', 'The request ended before its body was whole.', { cause });
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new ApiError('INVALID_PARAMETER_VALUE', 'The request body is not valid UTF-8.', { cause });
  }
}

function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch (cause) {
    const detail = cause instanceof RangeError ? 'it is nested too deeply' : 'it is not valid JSON';
    throw new ApiError('INVALID_PARAMETER_VALUE', `The request body cannot be read: ${detail}. Send a JSON object.`, {
      cause,
    });
  }
}

function wrongContentType(): ApiError {
  return invalidParameter("Bad Request. Content-Type must be one of ['application/json'].");
}

function compressed(): ApiError {
  return new ApiError('BAD_REQUEST', 'The request body is compressed. Send it without Content-Encoding.', {
    status: 415,
  });
}

function tooLarge(): ApiError {
  return new ApiError('BAD_REQUEST', `The request body is larger than ${greatestBody} bytes. Split it up.`, {
    status: 413,
  });
}

/** A path parameter, decoded once. */
export function decodeParameter(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new ApiError('INVALID_PARAMETER_VALUE', 'The path is not valid percent-encoded UTF-8.', { cause });
  }
}

/** Path and query of the address of a request. */
export function splitUrl(url: string): { path: string; query: string } {
  // Without a Host there is no origin in front.
  const start = url.startsWith('/') ? 0 : url.indexOf('/', url.indexOf('://') + 3);
  const mark = url.indexOf('?', start);
  if (start < 0) return { path: '/', query: '' };
  return mark < 0
    ? { path: url.slice(start), query: '' }
    : { path: url.slice(start, mark), query: url.slice(mark + 1) };
}
