import { registeredModels as api } from '../../protocol/api.ts';
import { implement } from '../handler.ts';

export const registeredModelRoutes = [
  implement(api.createRegisteredModel, async (request, { registeredModels }) => ({
    registered_model: await registeredModels.create(request.name, request.description, request.tags),
  })),
  implement(api.renameRegisteredModel, async (request, { registeredModels }) => ({
    registered_model: await registeredModels.rename(request.name, request.new_name),
  })),
  implement(api.updateRegisteredModel, async (request, { registeredModels }) => ({
    registered_model: await registeredModels.describe(request.name, request.description),
  })),
  implement(api.deleteRegisteredModel, async (request, { registeredModels }) => {
    await registeredModels.delete(request.name);
    return {};
  }),
  implement(api.getRegisteredModel, async (request, { registeredModels }) => ({
    registered_model: await registeredModels.get(request.name),
  })),
  implement(api.searchRegisteredModels, async (request, { registeredModels }) => {
    const page = await registeredModels.search({
      filter: request.filter,
      maxResults: request.max_results,
      orderBy: request.order_by,
      pageToken: request.page_token,
    });
    return { registered_models: page.models, next_page_token: page.nextPageToken };
  }),
  implement(api.getLatestVersions, async (request, { registeredModels }) => ({
    model_versions: await registeredModels.latestVersions(request.name, request.stages),
  })),
  implement(api.setRegisteredModelTag, async (request, { registeredModels }) => {
    await registeredModels.setTag(request.name, request.key, request.value);
    return {};
  }),
  implement(api.deleteRegisteredModelTag, async (request, { registeredModels }) => {
    await registeredModels.deleteTag(request.name, request.key);
    return {};
  }),
  implement(api.setRegisteredModelAlias, async (request, { registeredModels }) => {
    await registeredModels.setAlias(request.name, request.alias, request.version);
    return {};
  }),
  implement(api.deleteRegisteredModelAlias, async (request, { registeredModels }) => {
    await registeredModels.deleteAlias(request.name, request.alias);
    return {};
  }),
  implement(api.getModelVersionByAlias, async (request, { registeredModels }) => ({
    model_version: await registeredModels.versionByAlias(request.name, request.alias),
  })),
];
