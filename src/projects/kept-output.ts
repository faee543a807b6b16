/** What a project wrote, kept in files until its end: all of it, or of very much the beginning and the end. */
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Bytes of the beginning, and at least as many of the end. */
const most = 16_000_000;
/** Characters of the end, for the last line. */
const lineKept = 4000;

/** That they cannot be kept, such as on a full disk, is no reason to end the project. */
export class KeptOutput {
  #files: OutputFiles | undefined;
  #trouble: Error | undefined;
  #line = '';
  readonly #decoder = new TextDecoder();

  constructor() {
    this.#carefully(() => (this.#files = new OutputFiles()));
  }

  add(bytes: Uint8Array): void {
    this.#line = (this.#line + this.#decoder.decode(bytes, { stream: true })).slice(-lineKept);
    this.#carefully(() => this.#files?.add(bytes));
  }

  /** The last line that says anything. */
  get lastLine(): string {
    return (
      this.#line
        .split(/[\r\n]+/)
        .findLast((line) => line.trim() !== '')
        ?.trim() ?? ''
    );
  }

  /** Undefined when nothing was written. Nothing may be added any more. @throws what kept it from being kept */
  content(): Blob | undefined {
    if (this.#trouble !== undefined) throw this.#trouble;
    return this.#files?.content();
  }

  remove(): void {
    this.#files?.remove();
  }

  #carefully(work: () => void): void {
    if (this.#trouble !== undefined) return;
    try {
      work();
    } catch (error) {
      this.#trouble = error as Error;
    }
  }
}

class OutputFiles {
  readonly #folder = mkdtempSync(join(tmpdir(), 'modelyard-output-'));
  readonly #head = join(this.#folder, 'head');
  readonly #tail = join(this.#folder, 'tail');
  readonly #before = join(this.#folder, 'before');
  #file = openSync(this.#head, 'w', 0o600);
  #size = 0;
  #inHead = true;
  #dropped = 0;

  constructor() {
    process.once('exit', this.remove);
  }

  add(bytes: Uint8Array): void {
    if (this.#size > 0 && this.#size + bytes.length > most) this.#next();
    writeSync(this.#file, bytes);
    this.#size += bytes.length;
  }

  content(): Blob | undefined {
    if (this.#inHead && this.#size === 0) return undefined;
    if (this.#dropped > 0) appendFileSync(this.#head, `\n[${this.#dropped} bytes are left out here]\n`);
    for (const more of [this.#before, this.#tail]) if (existsSync(more)) appendFileSync(this.#head, readFileSync(more));
    return Bun.file(this.#head);
  }

  readonly remove = (): void => {
    process.off('exit', this.remove);
    rmSync(this.#folder, { recursive: true, force: true });
  };

  #next(): void {
    closeSync(this.#file);
    if (!this.#inHead) {
      this.#dropped += statSync(this.#before, { throwIfNoEntry: false })?.size ?? 0;
      renameSync(this.#tail, this.#before);
    }
    this.#file = openSync(this.#tail, 'w', 0o600);
    this.#inHead = false;
    this.#size = 0;
  }
}
