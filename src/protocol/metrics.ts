import { int32, int64, double, message, messageOf, string } from './schema.ts';
import { route } from './route.ts';
import { metric } from './runs.ts';

export const metricWithRunId = message({ key: string, value: double, timestamp: int64, step: int64, run_id: string });

export const getMetricHistory = route({
  name: 'getMetricHistory',
  methods: ['GET'],
  path: '/mlflow/metrics/get-history',
  permission: 'experiment:read',
  longRead: true,
  summary: 'Every point of a metric, by timestamp, step and value. Without max_results all points come at once.',
  request: message({
    run_id: string,
    run_uuid: string,
    metric_key: string.must,
    page_token: string,
    max_results: int32,
  }),
  response: message({ metrics: messageOf(metric).list, next_page_token: string }),
});

export const getMetricHistoryBulk = route({
  name: 'getMetricHistoryBulk',
  methods: ['GET'],
  path: '/mlflow/metrics/get-history-bulk',
  ajaxOnly: true,
  permission: 'experiment:read',
  longRead: true,
  summary: 'The points of one metric in up to 100 runs; at most max_results (25,000) in all.',
  request: message({ run_id: string.list, metric_key: string, max_results: int32 }),
  response: message({ metrics: { ...messageOf(metricWithRunId).list, sendEmpty: true } }),
});

export const getMetricHistoryBulkInterval = route({
  name: 'getMetricHistoryBulkInterval',
  methods: ['GET'],
  path: '/mlflow/metrics/get-history-bulk-interval',
  permission: 'experiment:read',
  longRead: true,
  summary:
    'The points of one metric in up to 100 runs, thinned to about max_results (1 to 2,500) steps a run; the first and last step and each run’s extremes stay.',
  request: message({
    run_ids: string.list,
    metric_key: string.must,
    start_step: int32,
    end_step: int32,
    max_results: int32,
  }),
  response: message({ metrics: messageOf(metricWithRunId).list }),
});
