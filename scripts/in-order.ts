/**
 * Output of several at once, told one after the other: the first that has not ended is told as it speaks, what the others
 * say meanwhile is kept until it is their turn.
 */
export class InOrder {
  readonly #write: (text: string | Uint8Array) => void;
  readonly #waiting: Voice[] = [];

  constructor(write: (text: string | Uint8Array) => void) {
    this.#write = write;
  }

  /** Stands behind those that were made before. */
  voice(): Voice {
    const voice = new Voice(
      () => this.#waiting[0] === voice,
      this.#write,
      () => {
        this.#next();
      },
    );
    this.#waiting.push(voice);
    return voice;
  }

  #next(): void {
    while (this.#waiting[0]?.hasEnded === true) {
      this.#waiting.shift();
      this.#waiting[0]?.tellKept();
    }
  }
}

export class Voice {
  readonly #isFirst: () => boolean;
  readonly #write: (text: string | Uint8Array) => void;
  readonly #ended: () => void;
  #kept: (string | Uint8Array)[] = [];
  hasEnded = false;

  constructor(isFirst: () => boolean, write: (text: string | Uint8Array) => void, ended: () => void) {
    this.#isFirst = isFirst;
    this.#write = write;
    this.#ended = ended;
  }

  say(text: string | Uint8Array): void {
    if (this.#isFirst()) this.#write(text);
    else this.#kept.push(text);
  }

  end(): void {
    this.hasEnded = true;
    this.#ended();
  }

  tellKept(): void {
    for (const text of this.#kept) this.#write(text);
    this.#kept = [];
  }
}
