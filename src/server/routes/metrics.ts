import { metrics as api } from '../../protocol/api.ts';
import { missingParameter } from '../../protocol/decode.ts';
import { invalidParameter } from '../../protocol/errors.ts';
import { limits } from '../../protocol/limits.ts';
import { implement } from '../handler.ts';
import { runIdOf } from './runs.ts';

const hint = 'See the API docs for more information about request parameters.';

export const metricRoutes = [
  implement(api.getMetricHistory, async (request, { metrics }) => {
    const page = await metrics.history(runIdOf(request), request.metric_key, request.max_results, request.page_token);
    return { metrics: page.points, next_page_token: page.nextPageToken };
  }),
  implement(api.getMetricHistoryBulk, async (request, { metrics }) => {
    if (request.run_id.length === 0) {
      throw invalidParameter('GetMetricHistoryBulk request must specify at least one run_id.');
    }
    if (request.run_id.length > limits.bulkHistoryRuns) {
      throw invalidParameter(
        `GetMetricHistoryBulk request cannot specify more than ${limits.bulkHistoryRuns} run_ids. Received ${request.run_id.length} run_ids.`,
      );
    }
    if (!request.metric_key) throw invalidParameter('GetMetricHistoryBulk request must specify a metric_key.');
    // A negative number limits nothing.
    const { max_results: most = -1 } = request;
    const limit = most < 0 ? limits.bulkHistoryPoints : Math.min(most, limits.bulkHistoryPoints);
    return { metrics: await metrics.historyOfRuns(request.run_id, request.metric_key, limit) };
  }),
  implement(api.getMetricHistoryBulkInterval, async (request, { metrics }) => {
    const { start_step: start, end_step: end } = request;
    if (request.run_ids.length === 0) throw missingParameter('run_ids');
    if (request.run_ids.length > limits.bulkHistoryRuns) {
      throw invalidParameter(
        `GetMetricHistoryBulkInterval request must specify at most ${limits.bulkHistoryRuns} run_ids. Received ${request.run_ids.length} run_ids. ${hint}`,
      );
    }
    if ((start === undefined) !== (end === undefined)) {
      throw invalidParameter('If either start step or end step are specified, both must be specified.');
    }
    if (start !== undefined && end !== undefined && start > end) {
      throw invalidParameter(
        `end_step must be greater than start_step. Found start_step=${start} and end_step=${end}.`,
      );
    }
    const perRun = request.max_results ?? limits.bulkIntervalDefault;
    if (perRun < 1 || perRun > limits.bulkIntervalPoints) {
      throw invalidParameter(`max_results must be between 1 and ${limits.bulkIntervalPoints}. ${hint}`);
    }
    const interval = start !== undefined && end !== undefined ? { start, end } : undefined;
    return { metrics: await metrics.sampledHistory(request.run_ids, request.metric_key, interval, perRun) };
  }),
];
