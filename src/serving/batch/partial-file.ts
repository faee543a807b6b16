/** An output under way: `<output>.partial`, and beside it in `<output>.partial.json` how far it is. */
import { closeSync, existsSync, fdatasyncSync, ftruncateSync, fstatSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs'; // prettier-ignore
import { isRunning, startOf } from '../../sdk/node/process-start.ts';
import { BatchError, start, type Place } from './batch-input.ts';
import type { Kinds } from './column-kinds.ts';

interface State {
  /** What is scored, by which model and how: only the same goes on. */
  readonly job: string;
  readonly place: Place;
  /** Length of the partial file at that place. */
  readonly bytes: number;
  readonly kinds: Kinds;
  /** The process that writes it. */
  readonly writer: { readonly pid: number; readonly started: string | undefined };
}

/** Milliseconds; what is done since may have to be done again after a crash. */
const saveEvery = 1000;

export class PartialFile {
  /** How far the output is. */
  place: Place = start;
  kinds: Kinds = [];
  readonly path: string;
  readonly #job: string;
  readonly #statePath: string;
  readonly #file: number;
  #bytes = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @throws BatchError when another job, or another process, has begun this output */
  constructor(output: string, job: string, restart: boolean) {
    this.path = `${output}.partial`;
    this.#statePath = `${this.path}.json`;
    this.#job = job;
    const state = this.#begun(output, restart);
    this.#file = openSync(this.path, state ? 'r+' : 'w');
    if (state && fstatSync(this.#file).size >= state.bytes) {
      ({ place: this.place, kinds: this.kinds, bytes: this.#bytes } = state);
    }
    ftruncateSync(this.#file, this.#bytes);
    this.save();
    // Ctrl+C loses nothing.
    process.on('exit', this.#saveIfPossible);
  }

  append(text: string, place: Place, kinds: Kinds): void {
    const bytes = Buffer.from(text);
    for (let done = 0; done < bytes.length;) {
      done += writeSync(this.#file, bytes, done, bytes.length - done, this.#bytes + done);
    }
    this.#bytes += bytes.length;
    this.place = place;
    this.kinds = kinds;
    this.#timer ??= setTimeout(this.#saveIfPossible, saveEvery);
  }

  /** What was appended stays, whatever happens now. */
  save(): void {
    const { place, kinds } = this;
    const writer = { pid: process.pid, started: startOf(process.pid) };
    const state: State = { job: this.#job, place, bytes: this.#bytes, kinds, writer };
    fdatasyncSync(this.#file);
    writeFileSync(`${this.#statePath}.new`, JSON.stringify(state));
    renameSync(`${this.#statePath}.new`, this.#statePath);
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** A full disk is told of by who writes next. */
  readonly #saveIfPossible = (): void => {
    try {
      this.save();
    } catch {
      this.#timer = undefined;
    }
  };

  /** It takes the output's place. */
  finish(output: string): void {
    this.save();
    renameSync(this.path, output);
    rmSync(this.#statePath);
  }

  /** Something made of it takes the output's place. */
  discard(): void {
    rmSync(this.path);
    rmSync(this.#statePath);
  }

  close(): void {
    process.off('exit', this.#saveIfPossible);
    if (this.#timer !== undefined) this.#saveIfPossible();
    closeSync(this.#file);
  }

  #begun(output: string, restart: boolean): State | undefined {
    if (!existsSync(this.#statePath) || !existsSync(this.path)) return undefined;
    const state = this.#readState(restart);
    if (!state) return undefined;
    const { pid, started } = state.writer;
    if (pid !== process.pid && isRunning(pid, started)) {
      throw new BatchError(`Process ${pid} is writing ${output} now.`);
    }
    // One of no rows is of no use to anybody.
    if (restart || state.place.rows === 0) return undefined;
    if (state.job === this.#job) return state;
    throw new BatchError(
      `${this.path} holds ${state.place.rows} rows of another job: another model, another input or other options. ` +
        'Add --restart to throw them away, or choose another output.',
    );
  }

  #readState(restart: boolean): State | undefined {
    try {
      return JSON.parse(readFileSync(this.#statePath, 'utf8')) as State;
    } catch {
      if (restart) return undefined;
      throw new BatchError(`${this.#statePath} is damaged, so nobody knows how far ${this.path} is. Add --restart.`);
    }
  }
}
