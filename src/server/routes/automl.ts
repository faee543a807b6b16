import { automl as api } from '../../protocol/api.ts';
import { implement } from '../handler.ts';

export const automlRoutes = [
  implement(api.submitSearch, async (request, { jobs }) => ({
    job: await (await jobs.get()).searches.submit(request.config, request.max_attempts),
  })),
  implement(api.describeData, async (request, { jobs }) => (await jobs.get()).searches.describe(request)),
  implement(api.stopSearch, async (request, { automlSearches }) => {
    await automlSearches.stop(request.run_id);
    return {};
  }),
  implement(api.extendSearch, async (request, { automlSearches }) => ({
    deadline: await automlSearches.extend(request.run_id, request.seconds),
  })),
  implement(api.registerBest, async (request, { automlSearches }) => ({
    model_version: await automlSearches.register(request.run_id, request),
  })),
];
