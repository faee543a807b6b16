/** The figures of one system, in the order in which they are measured. */
import { HttpConnection, type HttpRequest } from './http-connection.ts';
import { runLoad, type LoadResult, type LoadTask } from './load-task.ts';
import type { Options } from './options.ts';
import { RunningSystem, type System } from './system.ts';
import { missingPoints, missingRuns } from './nothing-lost.ts';
import {
  api,
  batchNumber,
  batchSeries,
  batchSize,
  historyBatch,
  historyKey,
  historyNumber,
  historyPoints,
  post,
  searches,
  singleNumber,
  singleSeries,
  targetRuns,
} from './workload.ts';

export interface Measured {
  readonly system: string;
  /** Values by figure, see `report.ts`; those of searches carry the number of runs: `searchFiltered@3000`. */
  readonly values: Map<string, number>;
  /** What a reader has to know about these values. */
  readonly notes: string[];
  /** Runs that were filled in. */
  runs: number;
  /** Names of the runs that the filtered search found, by the number of runs: the systems have to agree. */
  readonly found: Map<number, string>;
}

interface Measurement {
  readonly server: RunningSystem;
  readonly options: Options;
  readonly measured: Measured;
  /** Runs created for the metric figures. */
  readonly runIds: readonly string[];
  readonly client: HttpConnection;
}

type Kinds = LoadTask extends infer Task ? (Task extends LoadTask ? Omit<Task, 'port'> : never) : never;

/** Measures one system. `checkpoints`: numbers of runs at which searches are measured, ascending. */
export async function measure(system: System, options: Options, checkpoints: readonly number[]): Promise<Measured> {
  const measured: Measured = { system: system.name, values: new Map(), notes: [], runs: 0, found: new Map() };
  const server = await start(system, measured);
  const client = new HttpConnection(server.port);
  try {
    measured.values.set('idle', await server.idleMemory());
    const experiment = await createExperiment(client, 'metrics');
    const runIds: string[] = [];
    for (let i = 0; i < targetRuns; i++) runIds.push(await createRun(client, experiment));
    const measurement: Measurement = { server, options, measured, runIds, client };
    const sections: Record<string, () => Promise<void>> = {
      metrics: () => metricFigures(measurement),
      runs: () => runFigures(measurement, checkpoints),
      history: () => historyFigures(measurement),
      artifacts: () => artifactFigures(measurement),
    };
    for (const [name, section] of Object.entries(sections)) {
      if (!options.skip.includes(name)) await section();
    }
    measured.values.set('end', server.memory());
  } catch (error) {
    note(measured, `ended early: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    client.close();
    await server.stop();
  }
  return measured;
}

/** Quick starters start three times, each in a fresh folder, for the median. */
async function start(system: System, measured: Measured): Promise<RunningSystem> {
  const seconds: number[] = [];
  for (;;) {
    const started = await RunningSystem.start(system);
    seconds.push(started.seconds);
    if (seconds.length === 3 || started.seconds > 5) {
      measured.values.set('start', seconds.sort((a, b) => a - b)[Math.floor(seconds.length / 2)] ?? Number.NaN);
      return started.running;
    }
    await started.running.stop();
  }
}

async function metricFigures(measurement: Measurement): Promise<void> {
  const { measured, options, runIds, client } = measurement;
  const { values } = measured;
  const bounds = { seconds: options.seconds, atMost: 5_000_000 };
  const single = await load(measurement, { kind: 'log-metric', runIds, connections: 16, ...bounds });
  values.set('logMetric', rate(single));
  values.set('logMetricP50', single.p50);
  values.set('logMetricP99', single.p99);
  const batch = await load(measurement, { kind: 'log-batch', runIds, connections: 4, ...bounds, atMost: 20_000 });
  values.set('logBatch', rate(batch) * batchSize);
  values.set('logBatchP50', batch.p50);
  const singles = { begun: single.begun, failed: single.failed, numberOf: singleNumber };
  await account(measured, single, 1, () => missingPoints(client, runIds, singleSeries, { ...singles, perRequest: 1 }));
  const batches = { begun: batch.begun, failed: batch.failed, numberOf: batchNumber };
  await account(measured, batch, batchSize, () =>
    missingPoints(client, runIds, batchSeries, { ...batches, perRequest: batchSize }),
  );
}

async function runFigures(measurement: Measurement, checkpoints: readonly number[]): Promise<void> {
  const { measured, options, runIds, client } = measurement;
  const experimentId = await createExperiment(client, 'runs');
  const failed: number[] = [];
  let seconds = 0;
  for (const target of checkpoints) {
    const first = measured.runs;
    const left = measured.system === 'modelyard' ? 3600 : options.fillSeconds - seconds;
    const filled = await load(measurement, {
      kind: 'fill-runs',
      experimentId,
      first,
      connections: 4,
      seconds: Math.max(left, 0),
      atMost: target - first,
    });
    seconds += filled.seconds;
    measured.runs += filled.begun;
    failed.push(...filled.failed.map((n) => first + n));
    if (filled.begun === 0) break;
    await searchFigures(measurement, experimentId);
    if (measured.runs < target) {
      note(measured, `reached ${measured.runs} of ${target} runs in the time for filling them`);
      break;
    }
  }
  measured.values.set('fillRuns', (measured.runs - failed.length) / seconds);
  const got = await load(measurement, {
    kind: 'request',
    request: { method: 'GET', path: `${api}/runs/get?run_id=${runIds[0] ?? ''}` },
    connections: 8,
    seconds: options.seconds,
    atMost: 5_000_000,
  });
  measured.values.set('getRun', rate(got));
  await account(measured, { begun: measured.runs, failed }, 1, () =>
    missingRuns(client, experimentId, measured.runs, failed),
  );
}

async function searchFigures(measurement: Measurement, experimentId: string): Promise<void> {
  const { measured, options } = measurement;
  const at = (figure: string): string => `${figure}@${measured.runs}`;
  const { filtered, page1000, newest, top } = searches(experimentId);
  const found = await latency(measurement, at('searchFiltered'), filtered, 15);
  if (found !== undefined) measured.found.set(measured.runs, runNames(found).join(' '));
  await latency(measurement, at('searchPage1000'), page1000, 7);
  await latency(measurement, at('searchNewest'), newest, 15);
  const many = { connections: 8, seconds: options.seconds, atMost: 5_000_000 };
  measured.values.set(at('searchRate'), rate(await load(measurement, { kind: 'request', request: top, ...many })));
}

/** The median of `times` requests one after another; with the body of the last. */
async function latency(
  measurement: Measurement,
  figure: string,
  request: HttpRequest,
  times: number,
): Promise<string | undefined> {
  const result = await load(measurement, { kind: 'request', request, connections: 1, seconds: 60, atMost: times });
  if (result.failed.length === 0) measurement.measured.values.set(figure, result.p50);
  return result.lastBody;
}

async function historyFigures(measurement: Measurement): Promise<void> {
  const { measured, options, runIds, client } = measurement;
  const runId = runIds[0] ?? '';
  for (const history of ['aligned', 'restarted'] as const) {
    const batches = historyPoints / historyBatch;
    const written = await load(measurement, {
      kind: 'fill-history',
      runId,
      history,
      connections: 4,
      seconds: options.fillSeconds,
      atMost: batches,
    });
    if (written.begun < batches || written.failed.length > 0) {
      note(measured, `could not write the ${history} history of ${historyPoints} points`);
      continue;
    }
    const read = { connections: 1, seconds: 60, atMost: 5 };
    const full = await load(measurement, { kind: 'read-history', runId, history, ...read });
    if (full.failed.length === 0) measured.values.set(`history-${history}`, full.p50);
    const key = historyKey(history);
    await account(measured, written, historyBatch, () =>
      missingPoints(client, [runId], [{ run: 0, key }], {
        begun: batches,
        failed: [],
        numberOf: historyNumber,
        perRequest: historyBatch,
      }),
    );
  }
  const path = `/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?run_ids=${runId}&metric_key=history-aligned&max_results=320`;
  await latency(measurement, 'historySampled', { method: 'GET', path }, 7);
}

async function artifactFigures(measurement: Measurement): Promise<void> {
  const { measured, options, server } = measurement;
  const mebibytes = options.artifactMebibytes;
  const once = { mebibytes, connections: 1, seconds: 60, atMost: 1 };
  const { peak } = await server.peakMemory(async () => {
    for (const kind of ['upload', 'download'] as const) {
      const result = await load(measurement, { kind, ...once });
      if (result.failed.length > 0) return;
      measured.values.set(kind, mebibytes / result.seconds);
    }
  });
  if (measured.values.has('download')) measured.values.set('artifactPeak', peak);
}

async function load({ server, measured }: Measurement, task: Kinds): Promise<LoadResult> {
  process.stderr.write(`${server.name}: ${task.kind}\n`);
  const result = await runLoad({ ...task, port: server.port });
  if (result.failed.length > 0) {
    const all = result.failed.length === result.begun ? 'every' : `${result.failed.length} of ${result.begun}`;
    note(measured, `${all} ${task.kind} failed: ${result.firstFailure ?? 'no answer'}`);
  }
  return result;
}

/** Adds what was accepted and what of it cannot be read back to the totals. */
async function account(
  measured: Measured,
  { begun, failed }: Pick<LoadResult, 'begun' | 'failed'>,
  each: number,
  countMissing: () => Promise<number>,
): Promise<void> {
  process.stderr.write(`${measured.system}: reading back\n`);
  const { values } = measured;
  values.set('accepted', (values.get('accepted') ?? 0) + (begun - failed.length) * each);
  values.set('missing', (values.get('missing') ?? 0) + (await countMissing()));
}

function rate({ begun, failed, seconds }: LoadResult): number {
  return (begun - failed.length) / seconds;
}

function note(measured: Measured, text: string): void {
  measured.notes.push(text.replaceAll(/\s+/g, ' '));
}

function runNames(body: string): string[] {
  const { runs = [] } = JSON.parse(body) as { runs?: { info: { run_name?: string } }[] };
  return runs.map((run) => run.info.run_name ?? '');
}

async function answerOf<T>(client: HttpConnection, request: HttpRequest): Promise<T> {
  const { status, body } = await client.request(request);
  const text = body.toString('utf8');
  if (status !== 200) throw new Error(`${request.path} answered ${status}: ${text.slice(0, 300)}`);
  return JSON.parse(text) as T;
}

async function createExperiment(client: HttpConnection, name: string): Promise<string> {
  const answer = await answerOf<{ experiment_id: string }>(client, post('experiments/create', { name }));
  return answer.experiment_id;
}

async function createRun(client: HttpConnection, experimentId: string): Promise<string> {
  const request = post('runs/create', { experiment_id: experimentId, start_time: 1 });
  return (await answerOf<{ run: { info: { run_id: string } } }>(client, request)).run.info.run_id;
}
