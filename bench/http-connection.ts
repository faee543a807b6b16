import type { Socket } from 'bun';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: Buffer;
}

/** Bytes to send: one block, sent `times` over, so that a large upload needs no large buffer. */
interface Outgoing {
  readonly block: Uint8Array;
  readonly times: number;
}

type Receive = (part: Buffer) => void;

/** How long an answer may take; up to twice as long passes until it is given up. */
const answerSeconds = 100;

/**
 * One keep-alive connection of HTTP/1.1 that has one request under way at a time, on a bare socket: fetch would need
 * more time for a request than the server under measurement does. It opens itself when used, and again after the server
 * closed it. No redirects, no compression, no continuation answers: none of the servers uses them here.
 */
export class HttpConnection {
  readonly #port: number;
  #socket: Socket | undefined;
  #outgoing: Outgoing[] = [];
  #sentOfBlock = 0;
  #blocksSent = 0;
  #answer = new AnswerReader(() => {});
  #settle: { readonly resolve: (status: number) => void; readonly reject: (error: Error) => void } | undefined;

  #exchanges = 0;
  #exchangesSeen = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  /** The answer with its whole body. */
  async request(request: HttpRequest): Promise<HttpAnswer> {
    const parts: Buffer[] = [];
    const status = await this.#exchange([{ block: this.#bytesOf(request), times: 1 }], (part) => parts.push(part));
    return { status, body: parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts) };
  }

  /** Sends `block` `times` over as the body of a PUT; resolves to the status of the answer. */
  upload(path: string, block: Uint8Array, times: number): Promise<number> {
    const head = Buffer.from(this.#head('PUT', path, 'application/octet-stream', block.length * times), 'latin1');
    return this.#exchange(
      [
        { block: head, times: 1 },
        { block, times },
      ],
      () => {},
    );
  }

  /** Hands every part of the body to `receive` as it arrives; resolves to the status. */
  download(path: string, receive: Receive): Promise<number> {
    return this.#exchange([{ block: this.#bytesOf({ method: 'GET', path }), times: 1 }], receive);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#socket?.end();
    this.#socket = undefined;
  }

  #bytesOf({ method, path, body }: HttpRequest): Uint8Array {
    if (body === undefined) return Buffer.from(this.#head(method, path), 'latin1');
    // Bodies are plain ASCII, so that their length in characters is their length in bytes.
    return Buffer.from(this.#head(method, path, 'application/json', body.length) + body, 'latin1');
  }

  #head(method: string, path: string, contentType?: string, length = 0): string {
    const head = `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${this.#port}\r\nAccept: */*\r\n`;
    return contentType === undefined
      ? `${head}\r\n`
      : `${head}Content-Type: ${contentType}\r\nContent-Length: ${length}\r\n\r\n`;
  }

  async #exchange(outgoing: Outgoing[], receive: Receive): Promise<number> {
    if (this.#settle) throw new Error('a request is already under way on this connection');
    this.#socket ??= await this.#open();
    this.#outgoing = outgoing;
    this.#sentOfBlock = 0;
    this.#blocksSent = 0;
    this.#answer = new AnswerReader(receive);
    const answered = new Promise<number>((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.#watch(this.#socket);
    this.#flush(this.#socket);
    return answered;
  }

  /** Gives up an answer that does not come. One timer for a connection: a timer for each request would cost more. */
  #watch(socket: Socket): void {
    this.#exchanges++;
    this.#timer ??= setInterval(() => {
      if (this.#settle && this.#exchanges === this.#exchangesSeen) {
        this.#broken(this.#socket ?? socket, new Error(`no answer for ${answerSeconds} seconds`));
      }
      this.#exchangesSeen = this.#exchanges;
    }, answerSeconds * 1000);
    this.#timer.unref();
  }

  async #open(): Promise<Socket> {
    const socket = await Bun.connect({
      hostname: '127.0.0.1',
      port: this.#port,
      socket: {
        data: (socket, bytes) => this.#received(socket, bytes),
        drain: (socket) => this.#flush(socket),
        error: (socket, error) => this.#broken(socket, error),
        close: (socket) => this.#broken(socket, new Error('the server closed the connection')),
      },
    });
    socket.setNoDelay(true);
    return socket;
  }

  #flush(socket: Socket): void {
    for (let next = this.#outgoing[0]; next; next = this.#outgoing[0]) {
      const written = socket.write(this.#sentOfBlock === 0 ? next.block : next.block.subarray(this.#sentOfBlock));
      if (written < 0) return;
      this.#sentOfBlock += written;
      if (this.#sentOfBlock < next.block.length) return;
      this.#sentOfBlock = 0;
      if (++this.#blocksSent < next.times) continue;
      this.#blocksSent = 0;
      this.#outgoing.shift();
    }
  }

  #received(socket: Socket, bytes: Buffer): void {
    try {
      if (!this.#answer.read(bytes)) return;
    } catch (error) {
      this.#broken(socket, error instanceof Error ? error : new Error(String(error)));
      return;
    }
    if (this.#answer.closes) this.close();
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.resolve(this.#answer.status);
  }

  #broken(socket: Socket, error: Error): void {
    if (this.#socket !== socket) return;
    this.#socket = undefined;
    socket.terminate();
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.reject(error);
  }
}

/** Reads one answer from the parts in which it arrives. */
class AnswerReader {
  status = 0;
  /** The server will close the connection after this answer. */
  closes = false;
  readonly #receive: Receive;
  #head = '';
  #inBody = false;
  #chunked = false;
  /** Bytes still to come of the body, or of the current chunk. */
  #left = 0;
  /** The unfinished line between chunks; undefined inside of a chunk. */
  #line: string | undefined;
  #lastChunk = false;

  constructor(receive: Receive) {
    this.#receive = receive;
  }

  /** Takes the next bytes; true when the answer is complete. */
  read(bytes: Buffer): boolean {
    if (this.#inBody) return this.#readBody(bytes);
    const before = this.#head.length;
    this.#head += bytes.toString('latin1');
    const end = this.#head.indexOf('\r\n\r\n');
    if (end < 0) return false;
    this.#readHead(this.#head.slice(0, end));
    return this.#readBody(bytes.subarray(end + 4 - before));
  }

  #readHead(head: string): void {
    if (!head.startsWith('HTTP/1.')) throw new Error('the answer is not HTTP');
    this.#inBody = true;
    this.status = Number(head.slice(9, 12));
    this.closes = /\r\nconnection: *close/i.test(head);
    this.#chunked = /\r\ntransfer-encoding: *chunked/i.test(head);
    this.#left = this.#chunked ? 0 : Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
    this.#line = this.#chunked ? '' : undefined;
  }

  #readBody(bytes: Buffer): boolean {
    if (!this.#chunked) {
      if (bytes.length > 0) this.#receive(bytes);
      this.#left -= bytes.length;
      return this.#left <= 0;
    }
    let at = 0;
    while (at < bytes.length) {
      if (this.#line === undefined) {
        const part = bytes.subarray(at, at + this.#left);
        this.#receive(part);
        at += part.length;
        this.#left -= part.length;
        if (this.#left === 0) this.#line = '';
        continue;
      }
      const end = bytes.indexOf(10, at);
      this.#line += bytes.toString('latin1', at, end < 0 ? bytes.length : end + 1);
      if (end < 0) return false;
      at = end + 1;
      if (this.#chunkLine(this.#line.trim())) return true;
    }
    return false;
  }

  /** One line between chunks: the empty one that ends a chunk, a chunk's length, or what follows the last chunk. */
  #chunkLine(line: string): boolean {
    this.#line = '';
    if (this.#lastChunk) return line === '';
    if (line === '') return false;
    this.#left = Number.parseInt(line, 16);
    if (Number.isNaN(this.#left)) throw new Error('a chunk of the answer has no length');
    if (this.#left === 0) this.#lastChunk = true;
    else this.#line = undefined;
    return false;
  }
}
