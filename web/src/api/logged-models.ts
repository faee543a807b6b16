/** Logged models by their ids. */
import { queryOptions } from '@tanstack/react-query';
import { getLoggedModel } from '../../../src/protocol/logged-models.ts';
import { call } from './client.ts';

/** The run that made a logged model, and its experiment; the run is empty for a model that none made. */
export function sourceRunQuery(modelId: string) {
  return queryOptions({
    queryKey: ['logged-model', modelId, 'source'],
    retry: false,
    queryFn: async ({ signal }) => {
      const { model } = await call(getLoggedModel, { model_id: modelId }, signal);
      return { runId: model?.info?.source_run_id ?? '', experimentId: model?.info?.experiment_id ?? '' };
    },
  });
}
