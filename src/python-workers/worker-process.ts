/** A process that works for this one and is spoken to over a local socket. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Socket } from 'bun';
import { signalGroup } from '../common/process-group.ts';
import { ownEnvironment } from '../config/own-environment.ts';
import { FrameReader, frameOf, type Frame, type FrameHeader } from './frames.ts';
import { FrameWriter } from './frame-writer.ts';
import { WorkerLog } from './worker-log.ts';

export interface WorkerCommand {
  readonly program: string;
  /** The program's arguments, where the socket's path is known. */
  readonly arguments: (socket: string) => readonly string[];
  readonly env?: Record<string, string> | undefined;
  /** What it writes, line by line. */
  readonly onLine: (line: string) => void;
}

/** A worker has ended or cannot start. */
export class WorkerError extends Error {
  override readonly name = 'WorkerError';
  /** The last lines that the worker wrote. */
  readonly log: string;

  constructor(message: string, log: string) {
    super(message);
    this.log = log;
  }
}

/** A path of a local socket may have about 100 bytes. */
const longestFolder = 70;
/** Milliseconds for its last words. */
const longestOutput = 1000;

export class WorkerProcess {
  /** The first frame of the worker. Rejects when it ends before. */
  readonly ready: Promise<FrameHeader>;
  /** Resolves when it has ended, with the reason. */
  readonly ended: Promise<WorkerError>;
  readonly #process: Bun.Subprocess<'ignore', 'pipe', 'pipe'>;
  readonly #ready = Promise.withResolvers<FrameHeader>();
  readonly #asked = new Map<number, PromiseWithResolvers<Frame>>();
  readonly #log: WorkerLog;
  readonly #withdraw: () => void;
  #writer: FrameWriter | undefined;
  #socket: Socket | undefined;
  #isUp = false;
  #lastId = 0;
  #end: WorkerError | undefined;

  constructor(command: WorkerCommand) {
    const folder = mkdtempSync(join(tmpdir().length > longestFolder ? '/tmp' : tmpdir(), 'modelyard-'));
    const socket = join(folder, 'socket');
    const listener = this.#listen(socket);
    // Nobody else is to connect, and a process that is killed leaves nothing.
    this.#withdraw = () => {
      listener.stop();
      rmSync(folder, { recursive: true, force: true });
    };
    this.#log = new WorkerLog(command.onLine);
    this.ready = this.#ready.promise;
    this.#process = this.#spawn([command.program, ...command.arguments(socket)], command.env);
    const written = Promise.all([this.#log.take(this.#process.stdout), this.#log.take(this.#process.stderr)]);
    this.ended = this.#process.exited.then(async () => {
      this.#withdraw();
      this.kill();
      // What has left its group may hold on to its output.
      await Promise.race([written, Bun.sleep(longestOutput)]);
      return this.#ending();
    });
    // Whoever asks is told; nobody may have asked.
    this.ready.catch(() => undefined);
  }

  #spawn(command: string[], env = ownEnvironment()): Bun.Subprocess<'ignore', 'pipe', 'pipe'> {
    try {
      return Bun.spawn(command, {
        env,
        stdin: 'ignore',
        stdout: 'pipe',
        stderr: 'pipe',
        // A group of its own: Ctrl-C reaches this process alone, and what the worker starts ends with it.
        detached: true,
      });
    } catch (error) {
      this.#withdraw();
      throw error;
    }
  }

  get pid(): number {
    return this.#process.pid;
  }

  get isAlive(): boolean {
    return this.#end === undefined && this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** Rejects with a WorkerError when the worker ends before it has answered. */
  ask(header: FrameHeader, parts: readonly Uint8Array[]): Promise<Frame> {
    if (this.#end) return Promise.reject(this.#end);
    const id = ++this.#lastId;
    const answer = Promise.withResolvers<Frame>();
    this.#asked.set(id, answer);
    this.#writer?.write(frameOf({ id, ...header }, parts));
    return answer.promise;
  }

  /** Ends it and what it has started. */
  kill(): void {
    if (!this.#end) signalGroup(this.#process.pid, 'SIGKILL');
  }

  /** Lets it end by itself, once it is up. */
  close(): void {
    if (this.#isUp) this.#socket?.end();
    else this.kill();
  }

  #listen(path: string): Bun.UnixSocketListener<undefined> {
    const reader = new FrameReader();
    return Bun.listen({
      unix: path,
      socket: {
        open: (socket) => {
          this.#withdraw();
          this.#socket = socket;
          this.#writer = new FrameWriter(socket);
        },
        data: (_socket, piece) => {
          for (const frame of reader.read(piece)) this.#take(frame);
        },
        drain: () => this.#writer?.flush(),
        // What has no connection any more can do nothing.
        close: () => this.kill(),
        error: () => this.kill(),
      },
    });
  }

  #take(frame: Frame): void {
    const { id } = frame.header;
    if (typeof id !== 'number') {
      this.#isUp = true;
      this.#ready.resolve(frame.header);
      return;
    }
    this.#asked.get(id)?.resolve(frame);
    this.#asked.delete(id);
  }

  #ending(): WorkerError {
    const { exitCode, signalCode } = this.#process;
    const how = signalCode === null ? `with exit code ${exitCode}` : `by ${signalCode}`;
    this.#end = new WorkerError(`The worker process ended ${how}.`, this.#log.text());
    this.#ready.reject(this.#end);
    for (const { reject } of this.#asked.values()) reject(this.#end);
    this.#asked.clear();
    return this.#end;
  }
}
