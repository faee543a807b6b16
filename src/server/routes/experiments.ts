import { experiments as api } from '../../protocol/api.ts';
import { implement } from '../handler.ts';

export const experimentRoutes = [
  implement(api.createExperiment, async (request, { experiments }) => ({
    experiment_id: await experiments.create(request.name, request.artifact_location, request.tags),
  })),
  implement(api.searchExperiments, async (request, { experiments }) => {
    const page = await experiments.search({
      maxResults: request.max_results,
      pageToken: request.page_token,
      filter: request.filter,
      orderBy: request.order_by,
      view: request.view_type,
    });
    return { experiments: page.experiments, next_page_token: page.nextPageToken };
  }),
  implement(api.getExperiment, async (request, { experiments }) => ({
    experiment: await experiments.get(request.experiment_id),
  })),
  implement(api.getExperimentByName, async (request, { experiments }) => ({
    experiment: await experiments.getByName(request.experiment_name),
  })),
  implement(api.deleteExperiment, async (request, { experiments }) => {
    await experiments.delete(request.experiment_id);
    return {};
  }),
  implement(api.restoreExperiment, async (request, { experiments }) => {
    await experiments.restore(request.experiment_id);
    return {};
  }),
  implement(api.updateExperiment, async (request, { experiments }) => {
    await experiments.rename(request.experiment_id, request.new_name);
    return {};
  }),
  implement(api.setExperimentTag, async (request, { experiments }) => {
    await experiments.setTag(request.experiment_id, request.key, request.value);
    return {};
  }),
  implement(api.deleteExperimentTag, async (request, { experiments }) => {
    await experiments.deleteTag(request.experiment_id, request.key);
    return {};
  }),
  implement(api.searchDatasets, async (request, { experiments }) => ({
    dataset_summaries: await experiments.searchDatasets(request.experiment_ids),
  })),
];
