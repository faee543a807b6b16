/**
 * Makes what runs be what is wanted: looks at the database, and at where aliases point, after every change and now and
 * then, starts what is missing and ends what nobody wants.
 */
import { join } from 'node:path';
import { childEnvironment } from '../config/child-environment.ts';
import type { Database } from '../database/database.ts';
import { serverLog } from '../logging/loggers.ts';
import { Capture } from './capture.ts';
import type { CaptureParts } from './capture-home.ts';
import { Deployment } from './deployment.ts';
import { EndpointLog, removeLog } from './endpoint-log.ts';
import type { WantedEndpoint } from './endpoint-store.ts';
import type { FoundVersion } from './model-reference.ts';
import { RequestCounts } from './request-counts.ts';
import { RunningEndpoint } from './running-endpoint.ts';
import { SocketFolder } from './socket-folder.ts';
import { noteMoves, readWanted, type FoundVersions } from './wanted-versions.ts';

export interface HostParts extends Omit<CaptureParts, 'database'> {
  readonly database: Database;
  /** Folder for the logs. */
  readonly folder: string;
  /** Of this server, for its own processes. */
  readonly address: string;
  /** What lets these in where the address alone does not. */
  readonly token: string;
  /** An endpoint is not as it was: its state, its log or its counts. */
  readonly changed: (name: string) => void;
}

export interface HostedEndpoint {
  readonly wanted: WantedEndpoint;
  readonly found: FoundVersions;
  readonly running: RunningEndpoint;
  readonly log: EndpointLog;
  readonly capture: Capture;
}

/** Milliseconds between looks at what another server wrote to the same database. */
const lookElsewhere = 5000;
/** Milliseconds: pages hear of lines of the log together. */
const gatherLines = 1000;

export class EndpointHost {
  readonly counts: RequestCounts;
  readonly #parts: HostParts;
  #sockets: SocketFolder | undefined;
  readonly #hosted = new Map<number, HostedEndpoint>();
  #byName = new Map<string, HostedEndpoint>();
  readonly #closing = new Set<Promise<void>>();
  readonly #stopListening: () => void;
  #refreshing: Promise<void> = Promise.resolve();
  #timer: Timer | undefined;
  #stopped = false;

  constructor(parts: HostParts) {
    this.#parts = parts;
    this.counts = new RequestCounts(parts.database, (ids) => {
      for (const id of ids) this.#changed(id);
    });
    this.#stopListening = parts.database.listen(({ model }) => {
      const concerned = [...this.#hosted.values()].some(({ wanted }) =>
        wanted.models.some((one) => model.has(one.model)),
      );
      if (concerned) void this.refresh();
    });
  }

  find(name: string): HostedEndpoint | undefined {
    return this.#byName.get(name);
  }

  /** In the order of their names. */
  all(): HostedEndpoint[] {
    return [...this.#byName.values()].sort((a, b) => (a.wanted.name < b.wanted.name ? -1 : 1));
  }

  /** Resolves when everything that was written before is being carried out. */
  async refresh(): Promise<void> {
    this.#refreshing = this.#refreshing.then(() => this.#refresh());
    await this.#refreshing;
  }

  async #refresh(): Promise<void> {
    if (this.#stopped) return;
    try {
      const all = await this.#parts.database.read(readWanted);
      for (const { wanted, found } of all) this.#carryOut(wanted, found);
      const ids = new Set(all.map(({ wanted }) => wanted.id));
      for (const [id, hosted] of this.#hosted) if (!ids.has(id)) this.#forget(id, hosted);
      this.#byName = new Map([...this.#hosted.values()].map((one) => [one.wanted.name, one]));
      const anyRuns = all.some(({ wanted }) => wanted.running);
      if (anyRuns) this.#timer ??= setInterval(() => void this.refresh(), lookElsewhere).unref();
      else this.#stopTimer();
    } catch (error) {
      serverLog.error('what endpoints are wanted cannot be read', error);
    }
  }

  #carryOut(wanted: WantedEndpoint, found: FoundVersions): void {
    const before = this.#hosted.get(wanted.id);
    const log = before?.log ?? new EndpointLog(this.#folderOf(wanted.id));
    const capture = before?.capture ?? new Capture(this.#parts, wanted);
    capture.settings = { ...wanted, captureRun: wanted.captureRun ?? capture.settings.captureRun };
    const running = before?.running ?? new RunningEndpoint();
    this.#hosted.set(wanted.id, { wanted, found, running, log, capture });
    if (wanted.running) {
      noteMoves(log, wanted.models, before?.wanted.running === true ? before.found : [], found);
      running.want(
        wanted.models.map(({ traffic }, at) => {
          const version = found[at] ?? '';
          if (typeof version === 'string') return { key: '', traffic, deploy: version };
          const { envManager, workers, timeoutSeconds } = wanted;
          const key = `${version.key} ${envManager} ${workers} ${timeoutSeconds}`;
          return { key, traffic, deploy: () => this.#deploy(wanted.id, key, version, wanted) };
        }),
      );
    } else if (before?.wanted.running !== false) {
      if (before) log.add('endpoint', 'stopped');
      this.#close(running);
    }
    if (!Bun.deepEquals([before?.wanted, before?.found], [wanted, found])) this.#parts.changed(wanted.name);
  }

  #deploy(endpoint: number, key: string, { uri }: FoundVersion, wanted: WantedEndpoint): Deployment {
    const { envManager, workers, timeoutSeconds } = wanted;
    const add = (source: string, text: string): void => {
      this.#hosted.get(endpoint)?.log.add(source, text);
      this.#linesAdded(endpoint);
    };
    return new Deployment(
      key,
      { uri, envManager, workers, timeoutSeconds },
      {
        socket: () => (this.#sockets ??= new SocketFolder()).next(),
        environment: childEnvironment(this.#parts.address, this.#parts.token),
        onLine: (line) => add(uri, line),
        onNote: (note) => add('endpoint', note),
        onChange: () => {
          // Not while it is being made: then it is no part of its endpoint yet.
          queueMicrotask(() => this.#hosted.get(endpoint)?.running.settle());
          this.#changed(endpoint);
        },
      },
    );
  }

  #withLines = new Set<number>();

  #linesAdded(endpoint: number): void {
    if (this.#withLines.size === 0) {
      setTimeout(() => {
        for (const id of this.#withLines) this.#changed(id);
        this.#withLines.clear();
      }, gatherLines).unref();
    }
    this.#withLines.add(endpoint);
  }

  #changed(endpoint: number): void {
    const hosted = this.#hosted.get(endpoint);
    if (hosted) this.#parts.changed(hosted.wanted.name);
  }

  #forget(id: number, { wanted, running }: HostedEndpoint): void {
    this.#hosted.delete(id);
    this.counts.forget(id);
    this.#close(running);
    removeLog(this.#folderOf(id));
    this.#parts.changed(wanted.name);
  }

  #close(running: RunningEndpoint): void {
    const closing = running.close();
    this.#closing.add(closing);
    void closing.finally(() => this.#closing.delete(closing));
  }

  #folderOf(id: number): string {
    return join(this.#parts.folder, String(id));
  }

  #stopTimer(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** What is not ready is ended, and nothing more is started; what is ready answers until `close`. */
  stopStarting(): void {
    this.#stopped = true;
    this.#stopTimer();
    this.#stopListening();
    for (const { running } of this.#hosted.values()) running.closeUnready();
  }

  /** Ends all processes when they have answered what they have. */
  async close(): Promise<void> {
    this.stopStarting();
    await this.#refreshing;
    for (const { running } of this.#hosted.values()) this.#close(running);
    await Promise.all(this.#closing);
    await this.counts.flush();
    await Promise.all([...this.#hosted.values()].map(({ capture }) => capture.flush()));
    this.#sockets?.remove();
  }
}
