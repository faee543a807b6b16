/** MLflow keeps its pages behind `#`, and its client prints such links. This turns them into our addresses. */
import { writeSort } from '../pages/runs/run-query.ts';

const forms: readonly [RegExp, (parts: string[], query: URLSearchParams) => string][] = [
  [/^\/experiments\/([^/]+)\/runs\/([^/]+)\/model-metrics(?:\/.*)?$/, ([e, r]) => `/experiments/${e}/runs/${r}/metrics`],
  [/^\/experiments\/([^/]+)\/runs\/([^/]+)\/system-metrics(?:\/.*)?$/, ([e, r]) => `/experiments/${e}/runs/${r}/system`],
  // What has no page here keeps its name in the address, and the page there says so.
  [/^\/experiments\/([^/]+)\/runs\/([^/]+)\/(traces|evaluations|issues)(?:\/.*)?$/, ([e, r, tab]) => `/experiments/${e}/runs/${r}/${tab}`],
  [/^\/experiments\/([^/]+)\/runs\/([^/]+)\/artifact(?:s|Path)?(?:\/(.*))?$/, ([e, r, path]) => withQuery(`/experiments/${e}/runs/${r}/artifacts`, { path: plain(path) })],
  [/^\/experiments\/([^/]+)\/runs\/([^/]+)/, ([e, r]) => `/experiments/${e}/runs/${r}`],
  [/^\/experiments\/([^/]+)\/evaluation-runs\/([^/]+)/, ([e, r]) => `/experiments/${e}/runs/${r}`],
  [/^\/experiments\/([^/]+)\/models\/([^/]+)/, ([e, model]) => `/experiments/${e}/models/${model}`],
  [/^\/runs\/([^/]+)$/, ([r]) => `/experiments/0/runs/${r}`], // The page of the run finds its experiment.
  [/^\/metric(?:\/(.+))?$/, ([key], query) => metricPage(plain(key) ?? textOf(query, 'metric'), query)],
  [/^\/compare-experiments(?:\/.*)?$/, (_, query) => withQuery('/runs', { experiments: listOf(query, 'experiments') })],
  [/^\/compare-runs$/, (_, query) => comparePage(query)],
  [/^\/compare-model-versions$/, (_, query) => compareVersionsPage(query)],
  [/^\/experiments\/([^/]+)(?:\/(?:runs|s))?$/, ([e], query) => runsPage(e ?? '', query)],
  [/^\/experiments\/([^/]+)\/([^/]+)/, ([e, section]) => `/experiments/${e}/${section}`],
  [/^\/experiments$/, () => '/experiments'],
  [/^\/models\/([^/]+)\/versions\/([^/]+)/, ([name, version]) => `/models/${name}/versions/${version}`],
  [/^\/models\/([^/]+)/, ([name]) => `/models/${name}`],
  [/^\/models$/, () => '/models'],
]; // prettier-ignore

/**
 * The address of today for an old one such as `#/experiments/1/runs/ID`; undefined for another hash. An old one that is
 * not known stays behind `#`, where the first page tells of it.
 */
export function addressOfHash(hash: string): string | undefined {
  if (!hash.startsWith('#/')) return undefined;
  const [path = '', query = ''] = hash.slice(1).split('?', 2);
  const trimmed = path.length > 1 ? path.replace(/\/$/, '') : path;
  for (const [form, address] of forms) {
    const match = form.exec(trimmed);
    if (match) return address(match.slice(1), new URLSearchParams(query));
  }
  return trimmed === '/' ? '/' : `/${hash}`;
}

function plain(part: string | undefined): string | undefined {
  try {
    return part === undefined ? undefined : decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Old queries hold JSON: `?runs=["a","b"]&metric="loss"`. */
function jsonOf(query: URLSearchParams, name: string): unknown {
  try {
    return JSON.parse(query.get(name) ?? '');
  } catch {
    return undefined;
  }
}

function listOf(query: URLSearchParams, name: string): string {
  const value = jsonOf(query, name);
  return Array.isArray(value) ? value.map(String).join() : '';
}

function textOf(query: URLSearchParams, name: string): string {
  const value = jsonOf(query, name);
  return typeof value === 'string' ? value : '';
}

/** `?searchFilter=…&orderByKey=metrics.`loss`&orderByAsc=true&lifecycleFilter=Deleted` */
function runsPage(experiment: string, query: URLSearchParams): string {
  const key = (query.get('orderByKey') ?? '').replace(/^(\w+)\.[`"](.*)[`"]$/s, '$1.$2');
  const columns: Record<string, string> = { 'attributes.start_time': 'created', 'attributes.run_name': 'name' };
  const sort = key === '' ? [] : [{ column: columns[key] ?? key, descending: query.get('orderByAsc') !== 'true' }];
  return withQuery(`/experiments/${experiment}/runs`, {
    filter: query.get('searchFilter') ?? '',
    sort: sort.some(({ column, descending }) => column === 'created' && descending) ? '' : writeSort(sort),
    view: query.get('lifecycleFilter') === 'Deleted' ? 'deleted' : '',
  });
}

/** Of one run its metric, of several their curves. */
function metricPage(key: string, query: URLSearchParams): string {
  const runs = listOf(query, 'runs');
  if (runs.includes(',')) return withQuery('/compare', { runs, view: 'curves', q: key });
  const [experiment] = listOf(query, 'experiments').split(',');
  return withQuery(`/experiments/${experiment || '0'}/runs/${runs}/metrics`, { metric: key });
}

/** `?name="x"&runs={"RUN":"1","RUN":"2"}` */
function compareVersionsPage(query: URLSearchParams): string {
  const versions = Object.values(jsonOf(query, 'runs') ?? {}).map(String);
  return withQuery(`/models/${encodeURIComponent(textOf(query, 'name'))}/compare`, { versions: versions.join() });
}

function comparePage(query: URLSearchParams): string {
  return withQuery('/compare', { runs: listOf(query, 'runs') });
}

function withQuery(path: string, values: Record<string, string | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value) query.set(name, value);
  return query.size === 0 ? path : `${path}?${query}`;
}
