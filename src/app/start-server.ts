/** The composition root: builds every part of a server, starts them in order and stops them in the reverse one. */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { giveBackProgramPages } from '../common/program-pages.ts';
import { hexId } from '../common/ids.ts';
import { dayMs } from '../common/remove-left.ts';
import { whenQuiet } from '../common/when-quiet.ts';
import { keepToken, keptToken } from '../config/job-token.ts';
import { jobRefusal } from '../config/job-refusal.ts';
import { ConfigError, type ServerConfig } from '../config/server-config.ts';
import { ArtifactRepository, type ArtifactRepositoryOptions } from '../artifacts/artifact-repository.ts';
import { otherPrograms } from '../database/sqlite/other-programs.ts';
import { SqliteDatabase } from '../database/sqlite/sqlite-database.ts';
import { serverLog } from '../logging/loggers.ts';
import { parseArtifactUri } from '../protocol/artifact-uri.ts';
import { withAccessLog, withoutAccessLog } from '../server/access-log.ts';
import { createApp } from '../server/app.ts';
import { dotSegmentRoutes } from '../server/dot-segments.ts';
import { LiveFeed } from '../server/live-feed.ts';
import { ReaderThread } from '../server/reader-thread.ts';
import { createServices } from '../server/services.ts';
import { WebPages } from '../server/web-pages.ts';

/** Hears of requests under way that the stop waits for. */
type StopListener = (requests: number, longestMs: number) => void;

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  /** Takes no new requests, finishes those it has, then closes the database. */
  stop(listener?: StopListener): Promise<void>;
}

/** Milliseconds until what can wait is looked at. */
const afterStart = 1000;
/** Milliseconds that requests get to end after the signal to stop. */
const longestStop = 20_000;

export async function startServer(config: ServerConfig): Promise<RunningServer> {
  if (config.artifactsDestination !== undefined) makeArtifactFolder(config.artifactsDestination);
  const database = config.artifactsOnly ? undefined : SqliteDatabase.open(config.databasePath);
  const options = { artifactRoot: config.artifactRoot, allowedArtifactSchemes: config.allowedArtifactSchemes };
  const repository = artifactRepository(config, { destinationIsThere: true });
  const endpointFolder = `${config.databasePath}-endpoints`;
  const jobFolder = `${config.databasePath}-jobs`;
  const ownToken = (database && keptToken(jobFolder)) ?? hexId();
  const ownTokens = new Set([ownToken]);
  const services =
    database &&
    createServices(database, options, repository, () => {
      const address = ownAddress(config, server.port);
      return {
        endpoints: {
          folder: endpointFolder,
          address,
          token: ownToken,
          staticPrefix: config.staticPrefix,
          changed: (name) => feed?.changed('endpoint', name),
          runChanged: (id) => feed?.changed('run', id),
        },
        jobs: {
          folder: jobFolder,
          address,
          token: () => {
            // Another server on this database may have kept its own.
            const token = keepToken(jobFolder, ownToken);
            ownTokens.add(token);
            return token;
          },
          concurrency: config.jobConcurrency,
          refusal: jobRefusal(config),
          ownFolders: [config.dataFolder, ...databaseFiles(config), endpointFolder, ...artifactFolders(config)],
          changed: (id) => feed?.changed('job', id),
        },
      };
    });
  await services?.experiments.ensureDefault();
  const reader = new ReaderThread({ databasePath: config.databasePath, options });
  const feed = database && new LiveFeed(database);
  const answer = createApp({
    services,
    repository,
    askReader: (name, request, gzip) => reader.ask(name, request, gzip),
    feed,
    webPages: new WebPages(webFolder(), config.staticPrefix),
    serveArtifacts: config.artifactsDestination !== undefined,
    staticPrefix: config.staticPrefix,
    allowedHosts: config.allowedHosts,
    corsAllowedOrigins: config.corsAllowedOrigins,
    ownTokens,
    refusesWrites: () => database?.refusesWrites() ?? repository?.refusesWrites(),
  });
  const quiet = whenQuiet(() => {
    Bun.gc(true);
    database?.shrink();
    return giveBackProgramPages();
  });
  const app = (request: Request): Promise<Response> => {
    quiet.arrived();
    return answer(request);
  };
  const logged = config.accessLog ? withAccessLog : withoutAccessLog;
  const server = Bun.serve({
    hostname: config.host,
    port: config.port,
    fetch: logged(app),
    routes: dotSegmentRoutes(`${config.staticPrefix}/:api/2.0/mlflow-artifacts/artifacts`, app, logged),
    // Uploads are streamed; JSON bodies have a limit of their own.
    maxRequestBodySize: Number.MAX_SAFE_INTEGER,
    idleTimeout: 255,
    reusePort: false,
  });
  const removeLeftovers = (): void => {
    repository?.removeLeftovers().catch((error: unknown) => {
      serverLog.error('what interrupted uploads left behind cannot be removed', error);
    });
  };
  removeLeftovers();
  const daily = setInterval(removeLeftovers, dayMs);
  const alone = database && setTimeout(() => void warnOfOthers(config.databasePath), afterStart);
  services?.endpoints.start().catch((error: unknown) => {
    serverLog.error('the endpoints cannot be started', error);
  });
  services?.jobs.start().catch((error: unknown) => {
    serverLog.error('the jobs of an earlier server cannot be taken over', error);
  });
  // What the start needed is not needed again.
  quiet.arrived();
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return {
    url: `http://${host}:${server.port}${config.staticPrefix}`,
    port: server.port ?? config.port,
    stop: async (listener) => {
      feed?.close();
      clearInterval(daily);
      clearTimeout(alone);
      await services?.endpoints.stopStarting();
      await readWhatWasSent();
      // A stalled upload must not hold up the stop for ever; it leaves nothing half-written behind.
      const impatience = setTimeout(() => {
        serverLog.warn(`requests were cut that had not ended after ${longestStop / 1000} s: ${server.pendingRequests}`);
        void server.stop(true);
      }, longestStop);
      if (server.pendingRequests > 0) listener?.(server.pendingRequests, longestStop);
      await server.stop();
      clearTimeout(impatience);
      // After the requests that their processes answer.
      await services?.endpoints.close();
      await services?.jobs.close();
      quiet.close();
      reader.close();
      await database?.close();
    },
  };
}

/** Two servers on one database are safe, but seldom meant. */
async function warnOfOthers(databasePath: string): Promise<void> {
  // What cannot be looked at, such as a folder that is gone, has messages of its own.
  const [other] = await otherPrograms(databasePath).catch(() => []);
  if (other === undefined) return;
  serverLog.warn(
    `another program (process ${other}) has ${databasePath} open. If it is a server too, nothing is lost, but both run the endpoints.`,
  );
}

/** Where the processes that this server starts reach it. */
function ownAddress({ host, staticPrefix }: ServerConfig, port: number | undefined): string {
  const own = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${own.includes(':') ? `[${own}]` : own}:${port}${staticPrefix}`;
}

/** Where the build put the UI, from src/cli as from dist/cli; import.meta would be the place of the build. */
function webFolder(): string {
  return resolve(Bun.main, '../../../dist/web');
}

function makeArtifactFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'error';
    throw new ConfigError(
      `Cannot keep artifacts in ${folder} (${code}). Give another folder with --data FOLDER or --artifacts-destination FOLDER, or change the permissions.`,
    );
  }
}

/**
 * Lets the event loop read every request that had reached this machine: `Bun.serve` closes connections that it takes
 * for idle, and one with bytes unread would be reset under a client that waits for its answer.
 */
async function readWhatWasSent(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve));
}

function databaseFiles({ databasePath }: ServerConfig): string[] {
  return ['', '-wal', '-shm'].map((end) => databasePath + end);
}

/** Folders of this machine that hold artifacts. */
function artifactFolders({ artifactsDestination, artifactRoot }: ServerConfig): string[] {
  const root = parseArtifactUri(artifactRoot);
  return [artifactsDestination, root.scheme === 'file' ? root.path : undefined].filter((one) => one !== undefined);
}

/** The stores behind run artifacts: the proxied folder, and the default root when that is a local folder. */
export function artifactRepository(
  config: ServerConfig,
  more: Pick<ArtifactRepositoryOptions, 'destinationIsThere'> = {},
): ArtifactRepository | undefined {
  const root = parseArtifactUri(config.artifactRoot);
  const localRoot = root.scheme === 'file' ? root.path : undefined;
  const destination = config.artifactsDestination ?? localRoot;
  if (destination === undefined) return undefined;
  return new ArtifactRepository({
    destination,
    allowedLocalRoots: localRoot === undefined ? [] : [localRoot],
    // What clients alone write to is made by the first of them.
    destinationIsThere: more.destinationIsThere === true && config.artifactsDestination !== undefined,
  });
}
