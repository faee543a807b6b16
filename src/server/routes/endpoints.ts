import { endpoints as api } from '../../protocol/api.ts';
import { implement } from '../handler.ts';

export const endpointRoutes = [
  implement(api.createEndpoint, async (request, { endpoints }) => ({
    endpoint: await (await endpoints.get()).create(request),
  })),
  implement(api.listEndpoints, async (request, { endpoints }) => ({
    endpoints: await (await endpoints.get()).list(request.model_name),
  })),
  implement(api.getEndpoint, async (request, { endpoints }) => ({
    endpoint: await (await endpoints.get()).get(request.name),
  })),
  implement(api.updateEndpoint, async (request, { endpoints }) => ({
    endpoint: await (await endpoints.get()).update(request),
  })),
  implement(api.startEndpoint, async (request, { endpoints }) => ({
    endpoint: await (await endpoints.get()).start(request.name),
  })),
  implement(api.stopEndpoint, async (request, { endpoints }) => ({
    endpoint: await (await endpoints.get()).stop(request.name),
  })),
  implement(api.deleteEndpoint, async (request, { endpoints }) => {
    await (await endpoints.get()).delete(request.name);
    return {};
  }),
  implement(api.getEndpointLogs, async (request, { endpoints }) => (await endpoints.get()).logs(request)),
  implement(api.getEndpointMetrics, async (request, { endpoints }) =>
    (await endpoints.get()).metrics(request.name, request),
  ),
  implement(api.listEndpointCaptures, async (request, { endpoints }) => (await endpoints.get()).captures(request)),
];
