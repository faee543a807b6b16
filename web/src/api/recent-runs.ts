/** The runs that were begun last in some experiments. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { fetchWindow, runsKey } from './run-table.ts';

const most = 10;

/** @param except ids of runs that are left out */
export function recentRunsQuery(experimentIds: readonly string[], except: readonly string[]) {
  return queryOptions({
    queryKey: [...runsKey(experimentIds), 'recent', except],
    queryFn: async ({ signal }) => {
      const question = {
        experiment_ids: experimentIds,
        filter: '',
        text: '',
        order_by: ['attributes.start_time DESC'],
        view_type: 'ACTIVE_ONLY',
        columns: [],
        tree: false,
        expanded: [],
        collapsed: [],
        except,
      } as const;
      return (await fetchWindow(question, { offset: 0, size: most }, signal)).rows;
    },
    placeholderData: keepPreviousData,
    enabled: experimentIds.length > 0,
  });
}
