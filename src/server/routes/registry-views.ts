import { registryViews as api } from '../../protocol/api.ts';
import { implement } from '../handler.ts';

export const registryViewRoutes = [
  implement(api.searchModelOverview, (request, { modelViews }) => modelViews.models(request)),
  implement(api.getModelSummary, (request, { modelViews }) => modelViews.model(request.name)),
  implement(api.searchVersionTable, (request, { modelViews }) => modelViews.versions(request)),
  implement(api.compareVersions, (request, { modelViews }) => modelViews.compare(request.name, request.versions)),
  implement(api.getInferenceNotebook, (request, { inferenceNotebooks }) => inferenceNotebooks.notebook(request)),
  implement(api.getRegisteredModelHistory, (request, { modelViews }) => modelViews.history(request)),
  implement(api.getModelVersionHistory, (request, { modelViews }) => modelViews.history(request)),
];
