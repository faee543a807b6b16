import { loggedModels as api } from '../../protocol/api.ts';
import { missingParameter } from '../../protocol/decode.ts';
import { implement } from '../handler.ts';

export const loggedModelRoutes = [
  implement(api.createLoggedModel, async (request, { loggedModels }) => ({
    model: await loggedModels.create({
      experimentId: request.experiment_id,
      name: request.name,
      modelType: request.model_type,
      sourceRunId: request.source_run_id,
      params: request.params,
      tags: request.tags,
    }),
  })),
  implement(api.finalizeLoggedModel, async (request, { loggedModels }) => {
    if (request.status === undefined) throw missingParameter('status');
    return { model: await loggedModels.finalize(request.model_id, request.status) };
  }),
  implement(api.getLoggedModel, async (request, { loggedModels }) => ({
    model: await loggedModels.get(request.model_id, request.allow_deleted),
  })),
  implement(api.deleteLoggedModel, async (request, { loggedModels }) => {
    await loggedModels.delete(request.model_id);
    return {};
  }),
  implement(api.searchLoggedModels, async (request, { loggedModels }) => {
    const page = await loggedModels.search({
      experimentIds: request.experiment_ids,
      filter: request.filter,
      datasets: request.datasets.map((d) => ({ name: d.dataset_name, digest: d.dataset_digest })),
      maxResults: request.max_results,
      orderBy: request.order_by,
      pageToken: request.page_token,
    });
    return { models: page.models, next_page_token: page.nextPageToken };
  }),
  implement(api.setLoggedModelTags, async (request, { loggedModels }) => {
    await loggedModels.setTags(request.model_id, request.tags);
    return {};
  }),
  implement(api.deleteLoggedModelTag, async (request, { loggedModels }) => {
    await loggedModels.deleteTag(request.model_id, request.tag_key);
    return {};
  }),
  implement(api.logLoggedModelParams, async (request, { loggedModels }) => {
    await loggedModels.logParams(request.model_id, request.params);
    return {};
  }),
];
