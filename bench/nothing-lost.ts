/** Reads back what a server accepted: every answered 200 has to be there, with the value that was sent. */
import type { HttpConnection } from './http-connection.ts';
import { historyPath, runMetric, runMetrics, runSlice, type Point } from './workload.ts';

interface Written {
  readonly begun: number;
  /** Numbers of the requests that were not accepted. */
  readonly failed: readonly number[];
  readonly perRequest: number;
  /** Which of all points this one is, counted over all requests; -1 when it was never sent. */
  readonly numberOf: (point: Point) => number;
}

const mostPages = 10_000;
const runsInSlice = 1000;

/** How many accepted points cannot be read back from their series. */
export async function missingPoints(
  client: HttpConnection,
  runIds: readonly string[],
  series: readonly { readonly run: number; readonly key: string }[],
  { begun, failed, perRequest, numberOf }: Written,
): Promise<number> {
  const seen = new Uint8Array(begun * perRequest);
  for (const { run, key } of series) {
    let token: string | undefined;
    for (let page = 0; page < mostPages; page++) {
      const answer = await client.request({ method: 'GET', path: historyPath(runIds[run] ?? '', key, token) });
      if (answer.status !== 200) break;
      const history = JSON.parse(answer.body.toString('utf8')) as HistoryPage;
      for (const { step = 0, value } of history.metrics ?? []) {
        const number = numberOf({ run, key, step: Number(step), value: Number(value) });
        if (number >= 0) seen[number] = 1;
      }
      token = history.next_page_token;
      if (!token) break;
    }
  }
  for (const n of failed) seen.fill(1, n * perRequest, (n + 1) * perRequest);
  return seen.length - seen.reduce((sum, one) => sum + one, 0);
}

interface HistoryPage {
  readonly metrics?: readonly { readonly step?: number | string; readonly value: number | string }[];
  readonly next_page_token?: string;
}

/** How many accepted runs are not found, or not with all their metrics, params and their tag. */
export async function missingRuns(
  client: HttpConnection,
  experimentId: string,
  begun: number,
  failed: readonly number[],
): Promise<number> {
  const seen = new Uint8Array(begun);
  for (let first = 0; first < begun; first += runsInSlice) {
    // By start time instead of by page: FastTrackML refuses pages beyond 10,000 runs.
    const answer = await client.request(runSlice(experimentId, first, runsInSlice));
    if (answer.status !== 200) continue;
    const found = JSON.parse(answer.body.toString('utf8')) as { readonly runs?: readonly FoundRun[] };
    for (const run of found.runs ?? []) {
      const n = Number(run.info.run_name.slice('run-'.length));
      if (isComplete(run, n)) seen[n] = 1;
    }
  }
  for (const n of failed) seen[n] = 1;
  return seen.length - seen.reduce((sum, one) => sum + one, 0);
}

interface FoundRun {
  readonly info: { readonly run_name: string };
  readonly data: {
    readonly metrics?: readonly { readonly key: string; readonly value: number }[];
    readonly params?: readonly unknown[];
    readonly tags?: readonly { readonly key: string; readonly value: string }[];
  };
}

function isComplete({ data }: FoundRun, n: number): boolean {
  const metrics = data.metrics ?? [];
  return (
    metrics.length === runMetrics &&
    metrics.every(({ key, value }) => value === runMetric(n, Number(key.slice(1)))) &&
    data.params?.length === runMetrics &&
    data.tags?.some(({ key, value }) => key === 'team' && value === `team-${n % 5}`) === true
  );
}
