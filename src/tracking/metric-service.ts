import { ApiError, invalidParameter } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import { checkMetricKey, checkParamKey, checkRunId, checkTagKey } from '../protocol/names.ts';
import type { Int64 } from '../protocol/schema.ts';
import type { Database, Reader, Writer } from '../database/database.ts';
import { decodeOffsetToken, encodeOffsetToken } from '../search/page-token.ts';
import type { Tag } from './experiment-store.ts';
import { pointsByTime } from './metric-history.ts';
import { thinnedPoints } from './metric-sampling.ts';
import * as store from './metric-store.ts';
import { addLoggedModelMetrics } from './logged-model-store.ts';
import { activeRun, logParams, setTags } from './run-service.ts';
import type { RunState } from './run-store.ts';

interface HistoryPoint {
  key: string;
  value: number;
  timestamp: Int64;
  step: Int64;
}

export class MetricService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async log(runId: string, metric: store.LoggedMetric): Promise<void> {
    checkMetric(metric, '');
    await this.#database.write(async (writer) => {
      const run = await activeRun(writer, runId);
      await addMetrics(writer, run, runId, [metric]);
    });
  }

  /** Metrics, params and tags of one run: all or nothing. */
  async logBatch(
    runId: string,
    batch: { metrics: readonly store.LoggedMetric[]; params: readonly Tag[]; tags: readonly Tag[] },
  ): Promise<void> {
    checkRunId(runId);
    checkBatch(batch);
    await this.#database.write(async (writer) => {
      const run = await activeRun(writer, runId);
      await logParams(
        writer,
        run.id,
        batch.params,
        (conflicts) =>
          `Changing param values is not allowed. Params were already logged='[${conflicts
            .map((c) => `{'key': '${c.key}', 'old_value': '${c.old_value}', 'new_value': '${c.new_value}'}`)
            .join(', ')}]' for run ID='${runId}'.`,
      );
      await addMetrics(writer, run, runId, batch.metrics);
      if (batch.tags.length > 0) await setTags(writer, run.id, batch.tags);
    });
  }

  /** Points by time; all of them when `maxResults` is undefined. */
  async history(
    runId: string,
    key: string,
    maxResults: number | undefined,
    pageToken: string | undefined,
  ): Promise<{ points: HistoryPoint[]; nextPageToken: string | undefined }> {
    if (maxResults !== undefined && maxResults < 1) {
      throw invalidParameter(
        `Invalid value ${maxResults} for parameter 'max_results' supplied. It must be a positive integer.`,
      );
    }
    const offset = decodeOffsetToken(pageToken);
    return this.#database.read(async (reader) => {
      const points = await history(reader, runId, key, maxResults === undefined ? Infinity : maxResults + 1, offset);
      const more = maxResults !== undefined && points.length > maxResults;
      if (more) points.pop();
      return { points, nextPageToken: more ? encodeOffsetToken(offset + maxResults) : undefined };
    });
  }

  /** The points of several runs, run after run, at most `limit` in all. */
  async historyOfRuns(
    runIds: readonly string[],
    key: string,
    limit: number,
  ): Promise<(HistoryPoint & { run_id: string })[]> {
    return this.#database.read(async (reader) => {
      const result: (HistoryPoint & { run_id: string })[] = [];
      for (const runId of [...runIds].sort()) {
        const points = await history(reader, runId, key, limit - result.length, 0);
        for (const point of points) result.push({ ...point, run_id: runId });
        if (result.length >= limit) break;
      }
      return result;
    });
  }

  /** The points of several runs, thinned; see `metric-sampling.ts` for which stay. */
  async sampledHistory(
    runIds: readonly string[],
    key: string,
    interval: { start: number; end: number } | undefined,
    perRun: number,
  ): Promise<(HistoryPoint & { run_id: string })[]> {
    return this.#database.read((reader) => thinnedPoints(reader, runIds, key, interval, perRun));
  }
}

async function history(
  reader: Reader,
  runId: string,
  key: string,
  limit: number,
  offset: number,
): Promise<HistoryPoint[]> {
  const series = await store.findSeries(reader, runId, key);
  if (!series) return [];
  const points = await pointsByTime(reader, { ...series, runId }, limit, offset);
  return points.map(({ value, timestamp, step }) => ({ key, value, timestamp, step }));
}

async function addMetrics(
  writer: Writer,
  run: RunState,
  runId: string,
  metrics: readonly store.LoggedMetric[],
): Promise<void> {
  await store.addPoints(writer, run, metrics.map(store.toPoint));
  const linked = metrics.filter((metric) => metric.model_id);
  if (linked.length > 0) await addLoggedModelMetrics(writer, runId, linked);
}

function checkMetric(metric: store.LoggedMetric, prefix: string): void {
  checkMetricKey(metric.key, `${prefix}name`);
  checkDataset(metric);
  if (metric.timestamp < 0) {
    throw invalidParameter(
      `Invalid value ${metric.timestamp} for parameter '${prefix}timestamp' supplied: metric '${metric.key}' (value=${pythonFloat(metric.value)}). Timestamp must be a nonnegative long (64-bit integer) `,
    );
  }
}

function checkDataset({ dataset_name: name, dataset_digest: digest }: store.LoggedMetric): void {
  if (Boolean(name) === Boolean(digest)) return;
  throw invalidParameter('Both dataset_name and dataset_digest must be provided if one is provided');
}

function pythonFloat(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value).replace('NaN', 'nan').replace('Infinity', 'inf');
}

function checkBatch(batch: {
  metrics: readonly store.LoggedMetric[];
  params: readonly Tag[];
  tags: readonly Tag[];
}): void {
  const { metrics, params, tags } = batch;
  metrics.forEach((metric, i) => {
    checkMetric(metric, `metrics[${i}].`);
  });
  params.forEach((param, i) => {
    checkParamKey(param.key, `params[${i}].key`);
  });
  tags.forEach((tag, i) => {
    checkTagKey(tag.key, `tags[${i}].key`);
  });
  checkCount(metrics.length, limits.batchMetrics, 'metrics');
  checkCount(params.length, limits.batchParams, 'params');
  checkCount(tags.length, limits.batchTags, 'tags');
  checkCount(metrics.length + params.length + tags.length, limits.batchItems, 'metrics, params, and tags');
  const repeated = [...new Set(params.map((p) => p.key).filter((key, i, keys) => keys.indexOf(key) !== i))];
  if (repeated.length > 0) {
    throw new ApiError(
      'INVALID_PARAMETER_VALUE',
      `Duplicate parameter keys have been submitted: [${repeated.map((key) => `'${key}'`).join(', ')}]. Please ensure the request contains only one param value per param key.`,
    );
  }
}

function checkCount(count: number, limit: number, what: string): void {
  if (count <= limit) return;
  throw invalidParameter(
    `A batch logging request can contain at most ${limit} ${what}. Got ${count} ${what}. Please split up ${what} across multiple requests and try again.`,
  );
}
