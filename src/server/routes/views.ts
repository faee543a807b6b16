import { views as api } from '../../protocol/api.ts';
import { invalidParameter } from '../../protocol/errors.ts';
import { filterMistake } from '../../search/filter-check.ts';
import { plainText } from '../../search/text-search.ts';
import { checkFindLimit } from '../../tracking/view-service.ts';
import { implement } from '../handler.ts';

export const viewRoutes = [
  implement(api.searchExperimentOverview, (request, { views }) => views.overview(request)),
  implement(api.searchRunTable, (request, { views }) => views.table(request)),
  implement(api.searchRunColumns, (request, { views }) => views.columns(request)),
  implement(api.searchRunColumn, (request, { views }) => views.column(request)),
  implement(api.searchRunGroups, (request, { views }) => views.groups(request)),
  implement(api.searchParamImportance, (request, { views }) => views.paramImportance(request)),
  implement(api.getRunSummary, async (request, { views, registryFinder }) => ({
    ...(await views.runSummary(request.run_id)),
    versions: await registryFinder.versionsOfRun(request.run_id),
  })),
  implement(api.getRunLines, (request, { views }) => views.runLines(request.run_id)),
  implement(api.searchMetricSummaries, (request, { views }) => views.metricSummaries(request)),
  implement(api.searchMetricSeries, (request, { views }) => views.metricSeries(request)),
  implement(api.searchEverything, async (request, { views, registryFinder, jobFinder }) => {
    const text = plainText(request.text);
    checkFindLimit(request.limit);
    return {
      ...(await views.find(text, request.limit)),
      ...(await registryFinder.find(text, request.limit)),
      jobs: await jobFinder.find(text, request.limit),
    };
  }),
  implement(api.getFilterCheck, async ({ entity, filter }) => {
    // An enum's unknown name counts as absent.
    if (!api.filteredEntities.includes(entity)) {
      throw invalidParameter(`Invalid entity. Filters are those of ${api.filteredEntities.join(', ')}.`);
    }
    const mistake = filterMistake(entity, filter);
    return { ok: mistake === undefined, ...mistake };
  }),
];
