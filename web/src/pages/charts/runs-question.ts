/** Which runs the charts of an address are of: those of its table, hidden ones and children too, each on its own. */
import { queryClient } from '../../api/query-client.ts';
import { filterOfRuns, runListQuery } from '../../api/run-list.ts';
import { fetchWindow, type TableQuestion, type TableRow } from '../../api/run-table.ts';
import type { UrlValues } from '../../components/url-state.ts';
import type { ReadRuns } from '../runs/bulk-bar.tsx';
import { orderBy, readRunQuery, type RunQuery } from '../runs/run-query.ts';
import { withoutWrong } from '../runs/wrong-parts.ts';

/** Runs of one request. */
const mostRead = 500;

export function questionOfCharts(query: RunQuery): TableQuestion {
  return {
    experiment_ids: query.experimentIds,
    filter: query.filter,
    text: query.words,
    view_type: query.deleted ? 'DELETED_ONLY' : 'ACTIVE_ONLY',
    order_by: orderBy(query.sort),
    columns: [],
    tree: false,
    expanded: [],
    collapsed: [],
    colour_by: query.colourBy,
  };
}

/** Runs with the columns of their table. */
export async function readRuns(query: RunQuery, ids: readonly string[]): Promise<ReadRuns> {
  const rows: TableRow[] = [];
  let columns = query.columns;
  for (let at = 0; at < ids.length; at += mostRead) {
    const part = ids.slice(at, at + mostRead);
    const question = { ...questionOfCharts(query), columns, filter: filterOfRuns(part), text: '' };
    const answer = await fetchWindow(question, { offset: 0, size: part.length });
    rows.push(...answer.rows);
    ({ columns } = answer);
  }
  return { rows, columns: columns ?? [] };
}

/** Asks for the runs of an address at once, while the code of the page is on its way. */
export function beginChartRuns(values: UrlValues, experimentId: string): void {
  const query = readRunQuery(withoutWrong(values).values, experimentId);
  // What fails is told by the page, which asks the same.
  queryClient.query(runListQuery(questionOfCharts(query))).catch(() => undefined);
}
