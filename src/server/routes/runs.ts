import { runs as api } from '../../protocol/api.ts';
import { missingParameter } from '../../protocol/decode.ts';
import { implement } from '../handler.ts';

/** The run that a request names by `run_id` or, as old clients do, by `run_uuid`. */
export function runIdOf(request: { run_id?: string | undefined; run_uuid?: string | undefined }): string {
  const id = request.run_id || request.run_uuid;
  if (!id) throw missingParameter('run_id');
  return id;
}

export const runRoutes = [
  implement(api.createRun, async (request, { runs }) => ({
    run: await runs.create({
      experimentId: request.experiment_id,
      userId: request.user_id,
      name: request.run_name,
      startTime: request.start_time,
      tags: request.tags,
    }),
  })),
  implement(api.updateRun, async (request, { runs }) => {
    const change = { status: request.status, endTime: request.end_time, name: request.run_name };
    return { run_info: await runs.update(runIdOf(request), change) };
  }),
  implement(api.deleteRun, async (request, { runs }) => {
    await runs.delete(request.run_id);
    return {};
  }),
  implement(api.restoreRun, async (request, { runs }) => {
    await runs.restore(request.run_id);
    return {};
  }),
  implement(api.getRun, async (request, { runs }) => ({ run: await runs.get(runIdOf(request)) })),
  implement(api.searchRuns, async (request, { runs }) => {
    const page = await runs.search({
      experimentIds: request.experiment_ids,
      filter: request.filter,
      orderBy: request.order_by,
      view: request.run_view_type,
      maxResults: request.max_results,
      pageToken: request.page_token,
    });
    return { runs: page.runs, next_page_token: page.nextPageToken };
  }),
  implement(api.logMetric, async (request, { metrics }) => {
    await metrics.log(runIdOf(request), request);
    return {};
  }),
  implement(api.logParam, async (request, { runs }) => {
    await runs.logParam(runIdOf(request), request.key, request.value);
    return {};
  }),
  implement(api.setTag, async (request, { runs }) => {
    await runs.setTag(runIdOf(request), request.key, request.value);
    return {};
  }),
  implement(api.deleteTag, async (request, { runs }) => {
    await runs.deleteTag(request.run_id, request.key);
    return {};
  }),
  implement(api.logBatch, async (request, { metrics }) => {
    await metrics.logBatch(runIdOf(request), request);
    return {};
  }),
  implement(api.logModel, async (request, { runs }) => {
    await runs.logModel(request.run_id, request.model_json);
    return {};
  }),
  implement(api.logInputs, async (request, { runs }) => {
    await runs.logInputs(request.run_id, request);
    return {};
  }),
  implement(api.logOutputs, async (request, { runs }) => {
    await runs.logOutputs(request.run_id, request.models);
    return {};
  }),
];
