/** An Rscript process that holds a model: `r/modelyard_worker.R`. R opens no local sockets, so it is spoken to by pipes. */
import { resolve } from 'node:path';
import { signalGroup } from '../../common/process-group.ts';
import { invalidInput, ScoringError } from '../../models/scoring-error.ts';
import { FrameReader, frameOf, type Frame, type FrameHeader } from '../../python-workers/frames.ts';
import { WorkerError } from '../../python-workers/worker-process.ts';
import { WorkerLog } from '../../python-workers/worker-log.ts';
import type { Worker } from '../../python-workers/worker-pool.ts';

/** Ships beside the programs, which lie two levels below the root. */
const worker = (): string => resolve(Bun.main, '../../../r/modelyard_worker.R');

/**
 * Answers leave by descriptor 3; what the model prints goes where its messages go. A model that is busy does not see that
 * this process has gone: something else ends it then.
 */
const script = `
parent=$PPID
(while kill -0 "$parent" 2>/dev/null; do sleep 2; done; kill -KILL 0) <&- >/dev/null 2>&1 &
exec "$@" 3>&1 1>&2
`;

export class RProcess implements Worker {
  /** The first frame. Rejects with a WorkerError when R ends before. */
  readonly ready: Promise<FrameHeader>;
  /** Resolves when it has ended, with the reason. */
  readonly ended: Promise<WorkerError>;
  readonly #process: Bun.Subprocess<'pipe', 'pipe', 'pipe'>;
  readonly #ready = Promise.withResolvers<FrameHeader>();
  #asked: PromiseWithResolvers<Frame> | undefined;
  #end: WorkerError | undefined;

  /** @param file the function as R saved it @param onLine what R writes, line by line */
  constructor(rscript: string, file: string, onLine: (line: string) => void) {
    const log = new WorkerLog(onLine);
    this.ready = this.#ready.promise;
    this.#process = Bun.spawn(['sh', '-c', script, 'sh', rscript, worker(), file], {
      env: environment(),
      stdin: 'pipe',
      stdout: 'pipe',
      stderr: 'pipe',
      // A group of its own: Ctrl-C reaches this process alone, and what the model starts ends with it.
      detached: true,
    });
    const written = Promise.all([this.#read(this.#process.stdout), log.take(this.#process.stderr)]);
    this.ended = this.#process.exited.then(async () => {
      this.kill();
      await written;
      return this.#ending(log);
    });
    // Whoever waits is told; nobody may wait.
    this.ready.catch(() => undefined);
  }

  get pid(): number {
    return this.#process.pid;
  }

  get isAlive(): boolean {
    return this.#end === undefined && this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /**
   * One question at a time: `bodies` has one of format and length, as the answer's `answers` has one of status and
   * length. Rejects with a WorkerError when R ends before it has answered.
   */
  async ask({ bodies }: FrameHeader, parts: readonly Uint8Array[]): Promise<Frame> {
    if (this.#end) throw this.#end;
    const answer = Promise.withResolvers<Frame>();
    this.#asked = answer;
    const { stdin } = this.#process;
    const [[kind]] = bodies as [[string, number]];
    for (const part of frameOf({ id: 0, kind }, parts)) void stdin.write(part);
    // A pipe that broke is told by the end of the process.
    void Promise.resolve(stdin.flush()).catch(() => undefined);
    return answerOf(await answer.promise);
  }

  /** Ends it and what it has started. */
  kill(): void {
    signalGroup(this.#process.pid, 'SIGKILL');
  }

  /** Lets it end by itself. */
  close(): void {
    void Promise.resolve(this.#process.stdin.end()).catch(() => undefined);
  }

  async #read(answers: ReadableStream<Uint8Array>): Promise<void> {
    const reader = new FrameReader();
    let first = true;
    for await (const piece of answers) {
      for (const frame of reader.read(piece)) {
        if (first) this.#ready.resolve(frame.header);
        else this.#asked?.resolve(frame);
        first = false;
      }
    }
  }

  #ending(log: WorkerLog): WorkerError {
    const { exitCode, signalCode } = this.#process;
    const how = signalCode === null ? `with exit code ${exitCode}` : `by ${signalCode}`;
    this.#end = new WorkerError(`The R process ended ${how}.`, log.text());
    this.#ready.reject(this.#end);
    this.#asked?.reject(this.#end);
    return this.#end;
  }
}

function answerOf({ header, payload }: Frame): Frame {
  const [status, body] = header['status'] === 'done' ? [200, payload] : failure(header['status'], payload);
  return { header: { answers: [[status, body.length]] }, payload: body };
}

function failure(kind: unknown, payload: Uint8Array): [status: number, body: Uint8Array<ArrayBuffer>] {
  const { message, stack } = JSON.parse(new TextDecoder().decode(payload)) as { message: string; stack: string };
  const error =
    kind === 'bad_request'
      ? invalidInput(message)
      : new ScoringError(
          'BAD_REQUEST',
          `Encountered an unexpected error while evaluating the model. Verify that the input fits it. Error: ${message}`,
          { stackTrace: stack },
        );
  return [error.status, new TextEncoder().encode(error.toJson())];
}

/** R reads and writes texts in the locale's encoding; what passes here is UTF-8. */
function environment(): Record<string, string | undefined> {
  const { LC_ALL, LC_CTYPE, LANG } = Bun.env;
  const utf8 = /utf-?8/i.test(LC_ALL ?? LC_CTYPE ?? LANG ?? '');
  return utf8 ? Bun.env : { ...Bun.env, LC_ALL: undefined, LC_CTYPE: 'C.UTF-8' };
}
