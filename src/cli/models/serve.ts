import { rmSync } from 'node:fs';
import { fetchModel } from '../../models/fetch-model.ts';
import { ModelFolderError, type ModelFolder } from '../../models/model-folder.ts';
import { endWithParent } from '../../endpoints/end-with-parent.ts';
import { openScorer } from '../../serving/open-scorer.ts';
import type { Scorer } from '../../serving/scorer.ts';
import { ScorerError } from '../../serving/scorer-options.ts';
import { startScoringServer, type ScoringServer, type ScoringServerOptions } from '../../serving/scoring-server.ts';
import { action } from '../action.ts';
import { CommandError } from '../command.ts';
import { freePortAfter } from '../free-port.ts';
import { startProgress } from '../output/progress.ts';
import { stopSignal } from '../stop-signal.ts';
import { numberOf, scorerFlags, scorerOptionsOf } from './scorer-flags.ts';

export const serve = action({
  name: 'serve',
  summary: 'serve a model over HTTP: POST /invocations',
  detail: `Speaks the protocol of mlflow models serve: GET /ping, /health and /version, POST /invocations with JSON
(dataframe_split, dataframe_records, instances or inputs, and params) or CSV. GET /metrics is for Prometheus.
ONNX models run in threads of this process, all others in processes of their own.`,
  flags: {
    ...scorerFlags,
    port: { type: 'string', short: 'p', value: 'PORT', fallback: '5000', meaning: 'the port; 0 takes a free one' },
    host: { type: 'string', short: 'h', value: 'HOST', fallback: '127.0.0.1', meaning: 'the address to listen on' },
    socket: { type: 'string', value: 'PATH', meaning: 'listen on a Unix socket instead' },
    'end-with-parent': { type: 'boolean', meaning: 'end when the process that started it has ended' },
    'max-body-mb': { type: 'string', value: 'MB', fallback: '100', meaning: 'the largest body of a request' },
    'enable-mlserver': { type: 'boolean', meaning: 'not offered here' },
  },
  example: 'modelyard models serve -m models:/churn@champion -p 5001',
  async run(given) {
    if (given['enable-mlserver'] === true) {
      throw new CommandError(
        '--enable-mlserver is not offered: this server has queue, batches and workers itself. Leave it out.',
        2,
      );
    }
    const host = given.host ?? '127.0.0.1';
    const port = numberOf('port', given.port ?? '5000', 0, 65_535);
    const listen = given.socket === undefined ? { host, port } : { socket: given.socket };
    const options = scorerOptionsOf(given);
    const maxBodyBytes = numberOf('max-body-mb', given['max-body-mb'] ?? '100', 1, 100_000) * 1e6;
    const stopped = stopSignal().then(() => 'stop' as const);
    if (given['end-with-parent'] === true) endWithParent();
    const begin = performance.now();
    let listens = false;
    // Nobody waits for an answer yet.
    void stopped.then(() => listens || process.exit(130));
    const folder = await fetched(given['model-uri']);
    const scorer = await opened(folder, options);
    const server = await listening(scorer, { listen, timeoutMs: options.timeoutMs, maxBodyBytes });
    listens = true;
    const ended = await Promise.race([
      scorer.ready.then(
        () => 'ready' as const,
        (error: unknown) => ({ error }),
      ),
      stopped,
    ]);
    if (typeof ended === 'object') {
      await server.stop();
      throw told(ended.error);
    }
    if (ended === 'ready') {
      const seconds = ((performance.now() - begin) / 1000).toFixed(1);
      say(`serving ${folder.uri} on ${server.url} (ready after ${seconds} s). Ctrl+C stops it.`);
      await stopped;
    }
    say('stopping; requests in hand are answered first.');
    await server.stop();
    if ('socket' in listen) rmSync(listen.socket, { force: true });
    // A thread in the middle of an endless run would keep the process.
    process.exit(0);
  },
});

function say(line: string): void {
  process.stderr.write(`modelyard: ${line}\n`);
}

/** A model that has to come from a server shows how far it is. */
export async function fetched(uri: string): Promise<ModelFolder> {
  const progress = startProgress('Fetching');
  // The exit removes what is there so far.
  const stop = (): never => process.exit(130);
  const signals = ['SIGTERM', 'SIGINT'] as const;
  for (const signal of signals) process.once(signal, stop);
  try {
    return await fetchModel(uri, { onProgress: (...at) => progress.at(...at) });
  } catch (error) {
    throw told(error);
  } finally {
    for (const signal of signals) process.off(signal, stop);
    progress.end();
  }
}

async function opened(...[folder, options]: Parameters<typeof openScorer>): Promise<Scorer> {
  return openScorer(folder, options).catch((error: unknown) => {
    throw told(error);
  });
}

/** What the user can mend is one line. */
function told(error: unknown): unknown {
  const known = error instanceof ModelFolderError || error instanceof ScorerError;
  return known ? new CommandError(error.message) : error;
}

async function listening(scorer: Scorer, options: ScoringServerOptions): Promise<ScoringServer> {
  try {
    return startScoringServer(scorer, options);
  } catch (error) {
    await scorer.close();
    const { code } = error as NodeJS.ErrnoException;
    if ('socket' in options.listen) {
      const { socket } = options.listen;
      if (code !== 'EADDRINUSE') throw new CommandError(`cannot listen on ${socket}: ${(error as Error).message}`);
      throw new CommandError(`cannot listen on ${socket}: it is there. If no server uses it any more: rm ${socket}`);
    }
    const { host, port } = options.listen;
    if (code === 'EADDRINUSE') {
      throw new CommandError(
        `port ${port} on ${host} is in use. Stop what runs there, or take another: --port ${freePortAfter(port, host)}`,
      );
    }
    if (code === 'EACCES') throw new CommandError(`port ${port} needs more rights. Take one above 1023: --port 5000`);
    throw new CommandError(`this machine cannot listen on '${host}'. Try --host 127.0.0.1 or --host 0.0.0.0`);
  }
}
