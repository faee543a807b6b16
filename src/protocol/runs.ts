import { empty, enumOf, int32, int64, message, messageOf, string, double } from './schema.ts';
import { route } from './route.ts';
import { keyValue, keyValueInput, viewType } from './experiments.ts';

export const runStatuses = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'] as const;
export type RunStatus = (typeof runStatuses)[number];
const runStatus = enumOf(runStatuses);

export const metric = message({
  key: string,
  value: double,
  timestamp: int64,
  step: int64,
  dataset_name: string,
  dataset_digest: string,
  model_id: string,
  run_id: string,
});

/** A metric point as clients log it. timestamp: milliseconds since 1970, step: any int64. */
export const metricInput = message({
  key: string.must,
  value: double.must,
  timestamp: int64.must,
  step: int64.orDefault(0),
  dataset_name: string,
  dataset_digest: string,
  model_id: string,
  run_id: string,
});

export const dataset = message({
  name: string,
  digest: string,
  source_type: string,
  source: string,
  schema: string,
  profile: string,
});
const datasetInput = message({
  tags: messageOf(keyValue).list,
  dataset: messageOf(dataset),
});
/** Dataset inputs as clients log them. */
const datasetInputRequest = message({
  tags: messageOf(message({ key: string.orDefault(''), value: string.orDefault('') })).list,
  dataset: messageOf(
    message({
      name: string.orDefault(''),
      digest: string.orDefault(''),
      source_type: string.orDefault(''),
      source: string.orDefault(''),
      schema: string,
      profile: string,
    }),
  ),
});
const modelInput = message({ model_id: string });
const modelOutput = message({ model_id: string, step: int64 });

export const runInfo = message({
  run_uuid: string,
  experiment_id: string,
  run_name: string,
  user_id: string,
  status: runStatus,
  start_time: int64,
  end_time: int64,
  artifact_uri: string,
  lifecycle_stage: string,
  run_id: string,
});

export const run = message({
  info: messageOf(runInfo),
  data: messageOf(
    message({
      metrics: messageOf(metric).list,
      params: messageOf(keyValue).list,
      tags: messageOf(keyValue).list,
    }),
  ),
  inputs: messageOf(
    message({ dataset_inputs: messageOf(datasetInput).list, model_inputs: messageOf(modelInput).list }),
  ),
  outputs: messageOf(message({ model_outputs: messageOf(modelOutput).list })),
});

/** `run_uuid` is the old name of `run_id`; clients send either or both. */
const runId = { run_id: string, run_uuid: string };

export const createRun = route({
  name: 'createRun',
  methods: ['POST'],
  path: '/mlflow/runs/create',
  permission: 'experiment:edit',
  summary: 'Start a run in an experiment (`"0"` by default). Without a name it gets a generated one.',
  request: message({
    experiment_id: string.orDefault('0'),
    user_id: string.orDefault(''),
    run_name: string.orDefault(''),
    start_time: int64.orDefault(0),
    tags: messageOf(keyValueInput).list,
  }),
  response: message({ run: messageOf(run) }),
});

export const updateRun = route({
  name: 'updateRun',
  methods: ['POST'],
  path: '/mlflow/runs/update',
  permission: 'experiment:edit',
  idempotent: true,
  summary: "Change a run's status, end time or name.",
  request: message({ ...runId, status: runStatus, end_time: int64, run_name: string }),
  response: message({ run_info: messageOf(runInfo) }),
});

export const deleteRun = route({
  name: 'deleteRun',
  methods: ['POST'],
  path: '/mlflow/runs/delete',
  permission: 'experiment:delete',
  summary: 'Mark a run as deleted. Nothing is erased.',
  request: message({ run_id: string.must }),
  response: empty,
});

export const restoreRun = route({
  name: 'restoreRun',
  methods: ['POST'],
  path: '/mlflow/runs/restore',
  permission: 'experiment:delete',
  summary: 'Bring a deleted run back.',
  request: message({ run_id: string.must }),
  response: empty,
});

export const getRun = route({
  name: 'getRun',
  methods: ['GET'],
  path: '/mlflow/runs/get',
  permission: 'experiment:read',
  summary: 'One run with its latest metrics, params, tags, inputs and outputs; deleted ones too.',
  request: message(runId),
  response: message({ run: messageOf(run) }),
});

export const searchRuns = route({
  name: 'searchRuns',
  methods: ['POST'],
  path: '/mlflow/runs/search',
  permission: 'experiment:read',
  longRead: true,
  idempotent: true,
  summary:
    'Runs of some experiments that satisfy a filter. Newest first unless order_by says otherwise; ties by start time, then run id.',
  request: message({
    experiment_ids: string.list,
    filter: string,
    run_view_type: viewType.orDefault('ACTIVE_ONLY'),
    max_results: int32.orDefault(1000),
    order_by: string.list,
    page_token: string,
  }),
  response: message({ runs: messageOf(run).list, next_page_token: string }),
});

export const logMetric = route({
  name: 'logMetric',
  methods: ['POST'],
  path: '/mlflow/runs/log-metric',
  permission: 'experiment:edit',
  idempotent: true,
  summary: 'Add one point to a metric of a run. An identical point is kept once.',
  request: message({
    ...runId,
    key: string.must,
    value: double.must,
    timestamp: int64.must,
    step: int64.orDefault(0),
    model_id: string,
    dataset_name: string,
    dataset_digest: string,
  }),
  response: empty,
});

export const logParam = route({
  name: 'logParam',
  methods: ['POST'],
  path: '/mlflow/runs/log-parameter',
  permission: 'experiment:edit',
  idempotent: true,
  summary: 'Set a parameter once; the same value again is allowed, another is an error.',
  request: message({ ...runId, key: string.must, value: string.orDefault('') }),
  response: empty,
});

export const setTag = route({
  name: 'setTag',
  methods: ['POST'],
  path: '/mlflow/runs/set-tag',
  permission: 'experiment:edit',
  idempotent: true,
  summary: 'Set a tag; a tag of that key is replaced.',
  request: message({ ...runId, key: string.must, value: string.orDefault('') }),
  response: empty,
});

export const deleteTag = route({
  name: 'deleteTag',
  methods: ['POST'],
  path: '/mlflow/runs/delete-tag',
  permission: 'experiment:edit',
  summary: 'Remove a tag of a run.',
  request: message({ run_id: string.must, key: string.must }),
  response: empty,
});

export const logBatch = route({
  name: 'logBatch',
  methods: ['POST'],
  path: '/mlflow/runs/log-batch',
  permission: 'experiment:edit',
  idempotent: true,
  summary: 'Metrics, params and tags in one step, all or nothing: 1,000 in all, 1,000 metrics, 100 params, 100 tags.',
  request: message({
    run_id: string,
    metrics: messageOf(metricInput).list,
    params: messageOf(message({ key: string.must, value: string.orDefault('') })).list,
    tags: messageOf(message({ key: string.must, value: string.orDefault('') })).list,
  }),
  response: empty,
});

export const logModel = route({
  name: 'logModel',
  methods: ['POST'],
  path: '/mlflow/runs/log-model',
  permission: 'experiment:edit',
  summary: 'Append a model to the history in the tag `mlflow.log-model.history` (clients before mlflow 3).',
  request: message({ run_id: string.must, model_json: string.must }),
  response: empty,
});

export const logInputs = route({
  name: 'logInputs',
  methods: ['POST'],
  path: '/mlflow/runs/log-inputs',
  permission: 'experiment:edit',
  idempotent: true,
  summary: 'Record the datasets and models that a run took as inputs.',
  request: message({
    run_id: string.must,
    datasets: messageOf(datasetInputRequest).list,
    models: messageOf(message({ model_id: string.orDefault('') })).list,
  }),
  response: empty,
});

export const logOutputs = route({
  name: 'logOutputs',
  methods: ['POST'],
  path: '/mlflow/runs/outputs',
  permission: 'experiment:edit',
  idempotent: true,
  summary: 'Record the logged models that a run produced.',
  request: message({
    run_id: string.must,
    models: messageOf(message({ model_id: string.orDefault(''), step: int64.orDefault(0) })).mustList,
  }),
  response: empty,
});
