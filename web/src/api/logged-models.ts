/** Logged models by their ids. */
import { queryOptions } from '@tanstack/react-query';
import { getLoggedModel } from '../../../src/protocol/logged-models.ts';
import { searchRuns } from '../../../src/protocol/runs.ts';
import { searchEverything } from '../../../src/protocol/views.ts';
import { call } from './client.ts';
import { quoted } from './filter-text.ts';

/** The run that made a logged model, and its experiment; the run is empty for a model that none made, or one that is gone. */
export function sourceRunQuery(modelId: string) {
  return queryOptions({
    queryKey: ['logged-model', modelId, 'source'],
    retry: false,
    queryFn: async ({ signal }) => {
      const { model } = await call(getLoggedModel, { model_id: modelId }, signal);
      const { source_run_id: runId = '', experiment_id: experimentId = '' } = model?.info ?? {};
      if (runId === '') return { runId, experimentId };
      // Clients may name any run. A search for one that is not there is no error.
      const question = {
        experiment_ids: [experimentId],
        filter: `run_id = ${quoted(runId)}`,
        run_view_type: 'ALL',
      } as const;
      const { runs = [] } = await call(searchRuns, { ...question, max_results: 1 }, signal);
      const found = runs[0]?.info ?? (await runElsewhere(runId, signal));
      return { runId: found?.run_id ?? '', experimentId: found?.experiment_id ?? experimentId };
    },
  });
}

/** In another experiment than that of its model, or nowhere. */
async function runElsewhere(runId: string, signal: AbortSignal) {
  const { runs = [] } = await call(searchEverything, { text: runId, limit: 1 }, signal);
  return runs.find((run) => run.run_id === runId);
}
