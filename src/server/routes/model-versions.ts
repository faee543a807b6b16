import { modelVersions as api } from '../../protocol/api.ts';
import { implement } from '../handler.ts';

export const modelVersionRoutes = [
  implement(api.createModelVersion, async (request, { modelVersions }) => ({
    model_version: await modelVersions.create({
      name: request.name,
      source: request.source,
      runId: request.run_id,
      runLink: request.run_link,
      description: request.description,
      modelId: request.model_id,
      tags: request.tags,
    }),
  })),
  implement(api.updateModelVersion, async (request, { modelVersions }) => ({
    model_version: await modelVersions.describe(request.name, request.version, request.description),
  })),
  implement(api.transitionModelVersionStage, async (request, { modelVersions }) => ({
    model_version: await modelVersions.transition(
      request.name,
      request.version,
      request.stage,
      request.archive_existing_versions,
    ),
  })),
  implement(api.deleteModelVersion, async (request, { modelVersions }) => {
    await modelVersions.delete(request.name, request.version);
    return {};
  }),
  implement(api.getModelVersion, async (request, { modelVersions }) => ({
    model_version: await modelVersions.get(request.name, request.version),
  })),
  implement(api.searchModelVersions, async (request, { modelVersions }) => {
    const page = await modelVersions.search({
      filter: request.filter,
      maxResults: request.max_results,
      orderBy: request.order_by,
      pageToken: request.page_token,
    });
    return { model_versions: page.versions, next_page_token: page.nextPageToken };
  }),
  implement(api.getModelVersionDownloadUri, async (request, { modelVersions }) => ({
    artifact_uri: await modelVersions.downloadUri(request.name, request.version),
  })),
  implement(api.setModelVersionTag, async (request, { modelVersions }) => {
    await modelVersions.setTag(request.name, request.version, request.key, request.value);
    return {};
  }),
  implement(api.deleteModelVersionTag, async (request, { modelVersions }) => {
    await modelVersions.deleteTag(request.name, request.version, request.key);
    return {};
  }),
];
