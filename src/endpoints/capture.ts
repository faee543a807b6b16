/** Keeps a sample of the requests of an endpoint with their answers. */
import { limits } from '../protocol/limits.ts';
import { serverLog } from '../logging/loggers.ts';
import { dropOldest, writeLines } from './capture-files.ts';
import { findCaptureHome, makeCaptureHome, type CaptureHome, type CaptureParts } from './capture-home.ts';

export interface CapturedRequest {
  readonly time: number;
  readonly modelUri: string;
  readonly status: number;
  readonly milliseconds: number;
  readonly contentType: string;
  readonly request: Uint8Array;
  readonly response: Uint8Array;
}

export interface CaptureSettings {
  readonly id: number;
  readonly name: string;
  readonly captureRate: number;
  readonly captureBytes: number;
  readonly captureRun: string | null;
}

/** Milliseconds that what was captured may stay in memory. */
const flushAfter = 5000;
/** Bytes that may wait for their file. */
const mostWaiting = 4_000_000;
/** Bytes after which a new file begins: a whole file is dropped at once, so it is a small part of what is kept. */
const fullFile = ({ captureBytes }: CaptureSettings): number => Math.min(1_000_000, captureBytes / 4);

export class Capture {
  settings: CaptureSettings;
  readonly #parts: CaptureParts;
  /** When the file began that is being written; 0 before its first line. Its name, so no two have the same. */
  #file = 0;
  #lastFile = 0;
  #lines: string[] = [];
  #bytes = 0;
  #written = 0;
  #timer: Timer | undefined;
  #flushing: Promise<void> = Promise.resolve();

  constructor(parts: CaptureParts, settings: CaptureSettings) {
    this.#parts = parts;
    this.settings = settings;
  }

  /** Whether the next request is one of the sample. */
  takes(): boolean {
    const { captureRate: rate } = this.settings;
    return rate > 0 && (rate >= 1 || Math.random() < rate);
  }

  add(captured: CapturedRequest): void {
    // A disk that is slower than the requests must not fill the memory.
    if (this.#bytes > mostWaiting) return;
    const line = lineOf(captured);
    this.#lines.push(line);
    this.#bytes += Buffer.byteLength(line);
    if (this.#bytes > fullFile(this.settings)) void this.flush();
    else this.#timer ??= setTimeout(() => void this.flush(), flushAfter);
  }

  /** Resolves when everything that was captured is in its file. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#flushing = this.#flushing.then(() => this.#write());
    await this.#flushing;
  }

  /** The run, if there is one. */
  async home(): Promise<CaptureHome | undefined> {
    return findCaptureHome(this.#parts, this.settings.captureRun);
  }

  async #write(): Promise<void> {
    for (;;) {
      const { lines, isFull } = this.#fileLines();
      // A bound that was lowered meanwhile may end the file where it is.
      if (lines.length === this.#written) {
        if (!isFull) return;
        this.#begin(lines.length);
        continue;
      }
      try {
        const home = await this.#openHome();
        if (this.#file === 0) this.#file = this.#lastFile = Math.max(Date.now(), this.#lastFile + 1);
        // Whole again and again: a reader sees all of its lines or those before, never half of one.
        await writeLines(home, `${new Date(this.#file).toISOString().replaceAll(':', '-')}.jsonl`, lines);
        this.#written = lines.length;
        await dropOldest(home, this.settings.captureBytes);
        this.#parts.runChanged(home.run);
        if (!isFull) return;
      } catch (error) {
        serverLog.error(`what the endpoint ${this.settings.name} was asked cannot be captured`, error);
      }
      this.#begin(lines.length);
    }
  }

  /** The lines of the file that is being written; more may wait for the next. */
  #fileLines(): { lines: string[]; isFull: boolean } {
    let bytes = 0;
    const last = this.#lines.findIndex((line) => (bytes += Buffer.byteLength(line)) > fullFile(this.settings));
    return last < 0
      ? { lines: [...this.#lines], isFull: false }
      : { lines: this.#lines.slice(0, last + 1), isFull: true };
  }

  /** A new file, for what came after these lines. */
  #begin(done: number): void {
    this.#lines = this.#lines.slice(done);
    this.#bytes = this.#lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
    this.#written = 0;
    this.#file = 0;
  }

  /** Asked each time: the run may be deleted meanwhile, and then another takes its place. */
  async #openHome(): Promise<CaptureHome> {
    const known = await this.home();
    if (known) return known;
    const made = await makeCaptureHome(this.#parts, this.settings);
    this.settings = { ...this.settings, captureRun: made.run };
    return made;
  }
}

function lineOf({ time, modelUri, status, milliseconds, contentType, request, response }: CapturedRequest): string {
  const head = JSON.stringify({
    time,
    model_uri: modelUri,
    status,
    latency_ms: milliseconds,
    content_type: contentType,
  });
  return `${head.slice(0, -1)},"request":${valueOf(request)},"response":${valueOf(response)}}`;
}

/** JSON as it came, for its numbers must stay as they are: only its line breaks, which JSON has between values alone. */
function valueOf(body: Uint8Array): string {
  if (body.byteLength > limits.endpointCapturedBody) return 'null';
  const text = new TextDecoder().decode(body);
  try {
    JSON.parse(text);
    return text.trim().replaceAll(/[\r\n]+/g, ' ');
  } catch {
    return JSON.stringify(text);
  }
}
