/** Writes to a socket that takes only as much as there is room for. */
import type { Socket } from 'bun';

export class FrameWriter {
  readonly #socket: Socket;
  readonly #waiting: Uint8Array[] = [];

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  write(parts: readonly Uint8Array[]): void {
    this.#waiting.push(...parts);
    // What waits goes first, when there is room.
    if (this.#waiting.length === parts.length) this.flush();
  }

  /** To be called when there is room. */
  flush(): void {
    for (let [first] = this.#waiting; first; [first] = this.#waiting) {
      const taken = this.#socket.write(first);
      if (taken < 0) return;
      if (taken < first.length) {
        this.#waiting[0] = first.subarray(taken);
        return;
      }
      this.#waiting.shift();
    }
  }
}
