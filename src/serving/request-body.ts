/** The bodies of requests, held to limits: of one, and of all that are in hand. */
import { freeLarge } from './large-bytes.ts';

export type Body = Uint8Array | 'too large' | 'too many';

/** Bytes of a body that is counted when it is there, not as it comes. */
const small = 64 * 1024;

export class RequestBodies {
  readonly #limit: number;
  #held = 0;

  /** @param limit bytes of one body */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Reads a body, has it used, and holds its size against others until then: what came, not what is announced. */
  async use<T>(request: Request, use: (body: Body) => Promise<T>): Promise<T> {
    const stated = Number(request.headers.get('content-length') ?? 'NaN');
    if (stated > this.#limit) return use('too large');
    let own = 0;
    const hold = (bytes: number): 'too large' | 'too many' | undefined => {
      own += bytes;
      this.#held += bytes;
      if (own > this.#limit) return 'too large';
      // One is always taken; a second of the largest size is too.
      return this.#held > own && this.#held > 2 * this.#limit ? 'too many' : undefined;
    };
    try {
      return await use(await (stated <= small ? whole(request, hold) : inPieces(request, hold)));
    } finally {
      this.#held -= own;
    }
  }
}

type Hold = (bytes: number) => Body | undefined;

async function whole(request: Request, hold: Hold): Promise<Body> {
  const body = await request.bytes();
  return hold(body.length) ?? body;
}

async function inPieces(request: Request, hold: Hold): Promise<Body> {
  const pieces: Uint8Array[] = [];
  for await (const piece of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    const refused = hold(piece.length);
    if (refused !== undefined) return refused;
    pieces.push(piece);
  }
  const body = Buffer.concat(pieces);
  pieces.forEach(freeLarge);
  return body;
}
