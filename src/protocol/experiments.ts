import { empty, enumOf, int64, message, messageOf, string } from './schema.ts';
import { route } from './route.ts';

export const viewType = enumOf(['ACTIVE_ONLY', 'DELETED_ONLY', 'ALL']);

export const keyValue = message({ key: string, value: string });
/** A tag or parameter as clients send it: a value may be left out and is then empty. */
export const keyValueInput = message({ key: string, value: string.orDefault('') });

export const experiment = message({
  experiment_id: string,
  name: string,
  artifact_location: string,
  lifecycle_stage: string,
  last_update_time: int64,
  creation_time: int64,
  tags: messageOf(keyValue).list,
  workspace: string,
});

export const datasetSummary = message({ experiment_id: string, name: string, digest: string, context: string });

const experimentId = message({ experiment_id: string.must });
const experimentAnswer = message({ experiment: messageOf(experiment) });

export const createExperiment = route({
  name: 'createExperiment',
  methods: ['POST'],
  path: '/mlflow/experiments/create',
  permission: 'experiment:create',
  summary: 'Create an experiment. Its name must not be in use, not even by a deleted experiment.',
  request: message({ name: string.must, artifact_location: string, tags: messageOf(keyValueInput).list }),
  response: message({ experiment_id: string }),
});

export const searchExperiments = route({
  name: 'searchExperiments',
  methods: ['POST', 'GET'],
  path: '/mlflow/experiments/search',
  permission: 'experiment:read',
  idempotent: true,
  summary: 'Experiments that satisfy a filter, newest first unless order_by says otherwise. max_results: 1 to 50,000.',
  request: message({
    max_results: int64,
    page_token: string,
    filter: string,
    order_by: string.list,
    view_type: viewType.orDefault('ACTIVE_ONLY'),
  }),
  response: message({ experiments: messageOf(experiment).list, next_page_token: string }),
});

export const getExperiment = route({
  name: 'getExperiment',
  methods: ['GET'],
  path: '/mlflow/experiments/get',
  permission: 'experiment:read',
  summary: 'One experiment by id, deleted ones too.',
  request: experimentId,
  response: experimentAnswer,
});

export const getExperimentByName = route({
  name: 'getExperimentByName',
  methods: ['GET'],
  path: '/mlflow/experiments/get-by-name',
  permission: 'experiment:read',
  summary: 'One experiment by name, deleted ones too.',
  request: message({ experiment_name: string.must }),
  response: experimentAnswer,
});

export const deleteExperiment = route({
  name: 'deleteExperiment',
  methods: ['POST'],
  path: '/mlflow/experiments/delete',
  permission: 'experiment:delete',
  summary: 'Mark an experiment and its runs as deleted. Nothing is erased; restore brings them back.',
  request: experimentId,
  response: empty,
});

export const restoreExperiment = route({
  name: 'restoreExperiment',
  methods: ['POST'],
  path: '/mlflow/experiments/restore',
  permission: 'experiment:delete',
  summary: 'Bring a deleted experiment and its runs back.',
  request: experimentId,
  response: empty,
});

export const updateExperiment = route({
  name: 'updateExperiment',
  methods: ['POST'],
  path: '/mlflow/experiments/update',
  permission: 'experiment:edit',
  idempotent: true,
  summary: 'Rename an active experiment.',
  request: message({ experiment_id: string.must, new_name: string.must }),
  response: empty,
});

export const setExperimentTag = route({
  name: 'setExperimentTag',
  methods: ['POST'],
  path: '/mlflow/experiments/set-experiment-tag',
  permission: 'experiment:edit',
  idempotent: true,
  summary: 'Set a tag; a tag of that key is replaced. Key: 250 characters.',
  request: message({ experiment_id: string.must, key: string.must, value: string.orDefault('') }),
  response: empty,
});

export const deleteExperimentTag = route({
  name: 'deleteExperimentTag',
  methods: ['POST'],
  path: '/mlflow/experiments/delete-experiment-tag',
  permission: 'experiment:edit',
  summary: 'Remove a tag.',
  request: message({ experiment_id: string.must, key: string.must }),
  response: empty,
});

export const searchDatasets = route({
  name: 'searchDatasets',
  methods: ['POST'],
  path: '/mlflow/experiments/search-datasets',
  ajaxOnly: true,
  permission: 'experiment:read',
  idempotent: true,
  summary:
    'The distinct datasets (name, digest, context) that runs of these experiments took as inputs; at most 1,000.',
  request: message({ experiment_ids: string.list }),
  response: message({ dataset_summaries: messageOf(datasetSummary).list }),
});
