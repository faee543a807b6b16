/** One kept-alive connection, so that a test knows which requests were sent when the server is told to stop. */
import { connect, type Socket } from 'node:net';

export class KeepAlive {
  readonly #socket: Socket;
  readonly #port: number;
  readonly #waiting: { resolve: (status: number) => void; reject: (error: Error) => void }[] = [];
  #text = '';
  #ended: Error | undefined;

  private constructor(socket: Socket, port: number) {
    this.#socket = socket;
    this.#port = port;
    socket.on('data', (chunk: Buffer) => this.#take(chunk.toString('latin1')));
    socket.on('error', (error: Error) => this.#end(error));
    socket.on('close', () => this.#end(new Error('the server closed the connection')));
  }

  static open(port: number): Promise<KeepAlive> {
    const { promise, resolve, reject } = Promise.withResolvers<KeepAlive>();
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.once('error', reject);
    socket.once('connect', () => resolve(new KeepAlive(socket, port)));
    return promise;
  }

  /** Sends a JSON request and resolves with the status of its answer. */
  post(path: string, body: unknown): Promise<number> {
    const text = JSON.stringify(body);
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    if (this.#ended) return Promise.reject(this.#ended);
    this.#waiting.push({ resolve, reject });
    this.#socket.write(
      `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${this.#port}\r\nContent-Type: application/json\r\n` +
        `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
    );
    return promise;
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(more: string): void {
    this.#text += more;
    for (;;) {
      const head = this.#text.indexOf('\r\n\r\n');
      const length = /content-length: (\d+)/i.exec(this.#text.slice(0, head))?.[1];
      if (head < 0 || length === undefined || this.#text.length < head + 4 + Number(length)) return;
      const status = Number(this.#text.slice(9, 12));
      this.#text = this.#text.slice(head + 4 + Number(length));
      this.#waiting.shift()?.resolve(status);
    }
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const waiting of this.#waiting.splice(0)) waiting.reject(error);
  }
}
