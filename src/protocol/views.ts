/** What the web UI reads: counted, cut and thinned here, so that the browser gets no more than it draws. */
import { bool, double, enumOf, int32, int64, json, message, messageOf, string } from './schema.ts';
import { listOf, strings } from './lists.ts';
import { route } from './route.ts';
import { keyValue, viewType } from './experiments.ts';
import { jobStates } from './jobs.ts';
import { runStatuses } from './runs.ts';

const status = enumOf(runStatuses);

/** A number, NaN and the infinities as strings. */
export type JsonNumber = number | 'NaN' | 'Infinity' | '-Infinity';
/** What a table shows of a run under a column; null where the run has nothing. */
export type Cell = number | string | null;

/** Runs of some experiments; `filter` as `search/run-view-grammar.ts` reads it; each word of `text` must be found in the run's name, its id's start or a tag's value. */
const scope = {
  experiment_ids: string.list,
  filter: string,
  text: string,
  view_type: viewType.orDefault('ACTIVE_ONLY'),
};

export const experimentOverview = message({
  experiment_id: string,
  name: string,
  lifecycle_stage: string,
  artifact_location: string,
  creation_time: int64,
  last_update_time: int64,
  tags: listOf(keyValue),
  run_count: int32,
  running_count: int32,
  last_activity: int64,
  newest_run: messageOf(message({ run_id: string, run_name: string, status })),
});

export const overviewOrders = [
  'name',
  'last_activity',
  'runs',
  'running',
  'creation_time',
  'tags',
  'description',
] as const;

export const searchExperimentOverview = route({
  name: 'searchExperimentOverview',
  methods: ['POST'],
  path: '/modelyard/experiments/overview',
  permission: 'experiment:read',
  longRead: true,
  summary:
    'Experiments with the number of their runs, the newest of them and the time something last happened in them. `text`: part of the name or of a tag’s value. ' +
    'By `tags` they are in the order of their own tags by key, by `description` from its first word on; those without come last either way.',
  request: message({
    filter: string,
    text: string,
    view_type: viewType.orDefault('ACTIVE_ONLY'),
    order_by: enumOf(overviewOrders).orDefault('last_activity'),
    ascending: bool.orDefault(false),
    max_results: int32.orDefault(1000),
    offset: int32.orDefault(0),
  }),
  response: message({ total: int32, experiments: listOf(experimentOverview) }),
});

/** What columns named `attributes.<name>` may be. */
export const runAttributes = [
  'start_time',
  'end_time',
  'duration',
  'run_id',
  'run_name',
  'experiment_id',
  'experiment',
  'user_id',
  'status',
  'lifecycle_stage',
  'artifact_uri',
  'source',
  'dataset',
  'models',
] as const;

export const aggregates = ['last', 'min', 'max', 'mean', 'at'] as const;

export const tableRow = message({
  run_id: string,
  run_number: int64,
  experiment_id: string,
  run_name: string,
  status,
  start_time: int64,
  end_time: int64,
  lifecycle_stage: string,
  depth: int32,
  child_count: int32,
  matched: bool,
  expanded: bool,
  colour: json<Cell>(),
  cells: json<readonly Cell[]>(),
});

export const searchRunTable = route({
  name: 'searchRunTable',
  methods: ['POST'],
  path: '/modelyard/runs/table',
  permission: 'experiment:read',
  longRead: true,
  summary:
    'A window of a table of runs. `snapshot` is the one of an earlier answer: the same list of runs, whatever changed since; one that is forgotten is made anew. ' +
    '`suggest` chooses the columns for a first view, those that vary most; with `tree` first among the runs that are no child, a few that the former have alike, and those among the children. The answer says which. ' +
    '`tree` puts child runs below their parents: those of `expanded` runs, and those found by a filter or text unless their parent is `collapsed`. ' +
    'Runs of `except` have no row, unless children stand below them; those of `hidden` have none, nor what stands below them. `colour` is the run’s value under the column `colour_by`, `run_number` its number on this server in the order of creation. ' +
    '`filter` is that of `runs/search`, and beyond it: lists of params, tags and attributes (`IN`), numbers for params (`params.lr > 0.01`), `attributes.source`, `.dataset` and `.experiment`, and `attributes.models`, ' +
    'the names of logged models, registered ones and versions (`name/3`). ' +
    '`order_by` is that of `runs/search`, and `attributes.duration`: of a run that works still, the time since its start. ' +
    'With `with_metrics` the answer says which metrics the runs of the window have; `line`: some run has more than one point.',
  request: message({
    ...scope,
    order_by: string.list,
    columns: messageOf(
      message({ name: string.must, aggregate: enumOf(aggregates).orDefault('last'), step: int64.orDefault(0) }),
    ).list,
    offset: int32.orDefault(0),
    max_results: int32.orDefault(100),
    snapshot: string,
    suggest: bool.orDefault(false),
    tree: bool.orDefault(false),
    expanded: string.list,
    collapsed: string.list,
    except: string.list,
    hidden: string.list,
    colour_by: string.orDefault('tags.mlflow.runColor'),
    with_metrics: bool.orDefault(false),
  }),
  response: message({
    snapshot: string,
    columns: strings,
    total: int32,
    matched: int32,
    matched_running: int32,
    total_all: int32,
    rows: listOf(tableRow),
    metrics: listOf(message({ key: string, line: bool })),
  }),
});

const columnKey = message({ key: string, runs: int32, distinct: int32 });

export const searchRunColumns = route({
  name: 'searchRunColumns',
  methods: ['POST'],
  path: '/modelyard/runs/columns',
  permission: 'experiment:read',
  longRead: true,
  summary:
    'The metrics, params and tags that runs of some experiments have, those that vary most first. `runs` and `distinct` are counted in a sample; `text`: part of the key.',
  request: message({
    experiment_ids: string.list,
    view_type: viewType.orDefault('ACTIVE_ONLY'),
    text: string,
    max_results: int32.orDefault(1000),
  }),
  response: message({
    metrics: listOf(columnKey),
    metrics_total: int32,
    params: listOf(columnKey),
    params_total: int32,
    tags: listOf(columnKey),
    tags_total: int32,
    datasets: listOf(message({ name: string, digest: string })),
    models: strings,
    sampled_runs: int32,
    suggested: strings,
  }),
});

export const searchRunColumn = route({
  name: 'searchRunColumn',
  methods: ['POST'],
  path: '/modelyard/runs/column',
  permission: 'experiment:read',
  longRead: true,
  summary:
    'How the values of one column are spread: 24 bins for numbers, the 100 most frequent values for params and texts. Params that all look like numbers are numbers.',
  request: message({ ...scope, column: string.must }),
  response: message({
    kind: enumOf(['number', 'text']),
    /** Runs that have a value; `nan` of them one that is in no bin. */
    count: int32,
    missing: int32,
    nan: int32,
    min: double,
    max: double,
    bins: listOf(message({ from: double, to: double, count: int32 })),
    distinct: int32,
    values: listOf(message({ value: string, count: int32 })),
  }),
});

const metricOfGroup = message({
  key: string,
  count: int32,
  not_finite: int32,
  mean: double,
  std: double,
  min: double,
  max: double,
});

export const searchRunGroups = route({
  name: 'searchRunGroups',
  methods: ['POST'],
  path: '/modelyard/runs/groups',
  permission: 'experiment:read',
  longRead: true,
  summary:
    'Runs counted by the values of some columns, with the mean and spread of metrics; the 1,000 greatest groups. `metrics` are keys. Of a metric `count` runs have a finite value, from which the mean is, and `not_finite` have NaN or an infinity.',
  request: message({ ...scope, by: string.mustList, metrics: string.list }),
  response: message({
    total: int32,
    groups: listOf(
      message({ values: json<readonly (string | null)[]>(), count: int32, metrics: listOf(metricOfGroup) }),
    ),
  }),
});

export const searchParamImportance = route({
  name: 'searchParamImportance',
  methods: ['POST'],
  path: '/modelyard/runs/importance',
  permission: 'experiment:read',
  longRead: true,
  summary:
    'Which params go with a metric, the strongest first. `importance` is the share of the order of the runs by the metric that goes with the param, told by a random forest on runs that it has not seen; ' +
    'none with fewer than 10 runs. `spearman` is the correlation of ranks of params that are numbers; `lowest` and `highest` are the values of categories whose runs have the lowest and highest metric in the middle; `significant` says whether either is more than chance, at 95 %. ' +
    '`explained` is R² of the forest. Looks at up to 2,000 runs and the 50 params that vary most; params of one value are left out. `run_ids`: these runs of the search alone, up to 2,000.',
  request: message({ ...scope, metric: string.must, run_ids: string.list }),
  response: message({
    /** Runs that have the metric, as a number, and how many of them were looked at. */
    runs: int32,
    sampled_runs: int32,
    params_total: int32,
    explained: double,
    params: listOf(
      message({
        key: string,
        kind: enumOf(['number', 'category']),
        runs: int32,
        distinct: int32,
        importance: double,
        spearman: double,
        significant: bool,
        lowest: string,
        highest: string,
      }),
    ),
  }),
});

export const getRunSummary = route({
  name: 'getRunSummary',
  methods: ['GET'],
  path: '/modelyard/runs/summary',
  permission: 'experiment:read',
  longRead: true,
  summary:
    'What stands around a run: its number on this server in the order of creation, its experiment, parent, first 100 children, logged models and registered versions with their aliases.',
  request: message({ run_id: string.must }),
  response: message({
    run_number: int64,
    experiment: messageOf(message({ experiment_id: string, name: string, lifecycle_stage: string })),
    parent: messageOf(message({ run_id: string, run_name: string })),
    child_count: int32,
    children: listOf(message({ run_id: string, run_name: string, status, start_time: int64, end_time: int64 })),
    logged_models: listOf(
      message({ model_id: string, name: string, status: string, direction: enumOf(['input', 'output']) }),
    ),
    versions: listOf(message({ name: string, version: string, aliases: strings })),
  }),
});

export const searchMetricSummaries = route({
  name: 'searchMetricSummaries',
  methods: ['POST'],
  path: '/modelyard/metrics/summaries',
  permission: 'experiment:read',
  longRead: true,
  summary: 'Of up to 200 metrics of a run: last point, extremes, number of points and a line of up to 60 values.',
  request: message({ run_id: string.must, keys: string.list }),
  response: message({
    summaries: listOf(
      message({
        key: string,
        last: double,
        step: int64,
        timestamp: int64,
        min: double,
        max: double,
        count: int32,
        spark: json<readonly JsonNumber[]>(),
      }),
    ),
  }),
});

export const getRunLines = route({
  name: 'getRunLines',
  methods: ['GET'],
  path: '/modelyard/runs/lines',
  permission: 'experiment:read',
  longRead: true,
  summary: 'The metrics of a run that have more than one point, in no order; each of the others is a single value.',
  request: message({ run_id: string.must }),
  response: message({ keys: json<readonly string[]>() }),
});

const line = message({
  run_id: string,
  key: string,
  total: int32,
  sampled: bool,
  /** Of the whole line, whatever stretch is asked for. */
  points: int32,
  first: double,
  last: double,
  x: json<readonly number[]>(),
  y: json<readonly JsonNumber[]>(),
  s: json<readonly number[]>(),
  t: json<readonly number[]>(),
});

export const searchMetricSeries = route({
  name: 'searchMetricSeries',
  methods: ['POST'],
  path: '/modelyard/metrics/series',
  permission: 'experiment:read',
  longRead: true,
  summary:
    'Lines for charts: up to 1,000 runs, 50 metrics. A line of more than `max_points` is thinned so that the first, last, least and greatest point of every stretch stay. ' +
    '`x` of `relative` counts milliseconds since the run’s start, or its first point where the run says none. `from` and `to` narrow x, and `total` counts the points there; `points`, `first` and `last` are those of the whole line. ' +
    '`margin_share`, a part of the whole x, and `margin_points`, in mean distances of two points, ask for what lies around the stretch as well, thinned on its own. `steps` and `times` send these too, as `s` and `t`.',
  request: message({
    run_ids: string.list,
    metric_keys: string.list,
    max_points: int32.orDefault(1000),
    x: enumOf(['step', 'time', 'relative']).orDefault('step'),
    from: double,
    to: double,
    margin_share: double.orDefault(0),
    margin_points: int32.orDefault(0),
    steps: bool.orDefault(false),
    times: bool.orDefault(false),
  }),
  response: message({ lines: listOf(line) }),
});

export const searchEverything = route({
  name: 'searchEverything',
  methods: ['GET'],
  path: '/modelyard/find',
  permission: 'experiment:read',
  longRead: true,
  summary:
    'Experiments, runs, registered models and versions (`name/3`), jobs, pipelines and searches of AutoML by part of their name, runs and jobs by the start of their id too; up to `limit` of each.',
  request: message({ text: string.orDefault(''), limit: int32.orDefault(20) }),
  response: message({
    experiments: listOf(message({ experiment_id: string, name: string, lifecycle_stage: string })),
    runs: listOf(
      message({
        run_id: string,
        run_name: string,
        experiment_id: string,
        experiment_name: string,
        status,
        start_time: int64,
      }),
    ),
    registered_models: listOf(message({ name: string })),
    model_versions: listOf(message({ name: string, version: string })),
    jobs: listOf(message({ job_id: string, title: string, state: enumOf(jobStates) })),
    pipelines: listOf(message({ experiment_id: string, experiment_name: string, name: string })),
    searches: listOf(message({ run_id: string, run_name: string, experiment_name: string })),
  }),
});

export const filteredEntities = ['run', 'experiment', 'registered_model', 'model_version', 'logged_model'] as const;

export const getFilterCheck = route({
  name: 'getFilterCheck',
  methods: ['POST'],
  path: '/modelyard/filters/check',
  permission: 'experiment:read',
  summary: 'Whether a filter can be understood, and if not, what is wrong with which characters of it.',
  request: message({ entity: { ...enumOf(filteredEntities), required: true as const }, filter: string.orDefault('') }),
  response: message({ ok: bool, message: string, start: int32, end: int32 }),
});
