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
/** Bytes after which a new file begins. */
const longestFile = 1_000_000;

export class Capture {
  settings: CaptureSettings;
  readonly #parts: CaptureParts;
  #file = '';
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
    if (this.#bytes > 4 * longestFile) return;
    const line = lineOf(captured);
    this.#lines.push(line);
    this.#bytes += line.length + 1;
    if (this.#bytes > longestFile) void this.flush();
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
    const lines = [...this.#lines];
    if (lines.length === this.#written) return;
    try {
      const home = await this.#openHome();
      if (this.#file === '') this.#file = `${new Date().toISOString().replaceAll(':', '-')}.jsonl`;
      // Whole again and again: a reader sees all of its lines or those before, never half of one.
      await writeLines(home, this.#file, lines);
      this.#written = lines.length;
      this.#parts.runChanged(home.run);
      if (this.#bytes <= longestFile) return;
      this.#begin(lines.length);
      await dropOldest(home, this.settings.captureBytes);
    } catch (error) {
      serverLog.error(`what the endpoint ${this.settings.name} was asked cannot be captured`, error);
      this.#begin(lines.length);
    }
  }

  /** A new file, for what came after these lines. */
  #begin(done: number): void {
    this.#lines = this.#lines.slice(done);
    this.#bytes = this.#lines.reduce((sum, line) => sum + line.length + 1, 0);
    this.#written = 0;
    this.#file = '';
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
