import { bool, empty, enumOf, int64, message, messageOf, string } from './schema.ts';
import { route } from './route.ts';
import { keyValue, keyValueInput } from './experiments.ts';
import { metric } from './runs.ts';

export const versionStatus = enumOf(['PENDING_REGISTRATION', 'FAILED_REGISTRATION', 'READY']);

export const modelVersion = message({
  name: string,
  version: string,
  creation_timestamp: int64,
  last_updated_timestamp: int64,
  user_id: string,
  current_stage: string,
  description: string,
  source: string,
  run_id: string,
  status: versionStatus,
  status_message: string,
  tags: messageOf(keyValue).list,
  run_link: string,
  aliases: string.list,
  model_id: string,
  model_params: messageOf(message({ name: string, value: string })).list,
  model_metrics: messageOf(metric).list,
});

const nameAndVersion = { name: string.must, version: string.must };
const versionAnswer = message({ model_version: messageOf(modelVersion) });

export const createModelVersion = route({
  name: 'createModelVersion',
  methods: ['POST'],
  path: '/mlflow/model-versions/create',
  permission: 'model:edit',
  summary: 'Add the next version to a registered model, from an artifact location, a run or a logged model.',
  request: message({
    name: string.must,
    source: string.must,
    run_id: string,
    tags: messageOf(keyValueInput).list,
    run_link: string,
    description: string,
    model_id: string,
  }),
  response: versionAnswer,
});

export const updateModelVersion = route({
  name: 'updateModelVersion',
  methods: ['PATCH'],
  path: '/mlflow/model-versions/update',
  permission: 'model:edit',
  idempotent: true,
  summary: 'Change a version’s description.',
  request: message({ ...nameAndVersion, description: string }),
  response: versionAnswer,
});

export const transitionModelVersionStage = route({
  name: 'transitionModelVersionStage',
  methods: ['POST'],
  path: '/mlflow/model-versions/transition-stage',
  permission: 'model:edit',
  idempotent: true,
  summary:
    'Move a version to Staging, Production, Archived or None; archive_existing_versions moves the others of that stage to Archived.',
  request: message({ ...nameAndVersion, stage: string.must, archive_existing_versions: bool.orDefault(false) }),
  response: versionAnswer,
});

export const deleteModelVersion = route({
  name: 'deleteModelVersion',
  methods: ['DELETE'],
  path: '/mlflow/model-versions/delete',
  permission: 'model:delete',
  summary: 'Delete a version; its number is not given again, its files stay.',
  request: message(nameAndVersion),
  response: empty,
});

export const getModelVersion = route({
  name: 'getModelVersion',
  methods: ['GET'],
  path: '/mlflow/model-versions/get',
  permission: 'model:read',
  summary: 'One version.',
  request: message(nameAndVersion),
  response: versionAnswer,
});

export const searchModelVersions = route({
  name: 'searchModelVersions',
  methods: ['GET'],
  path: '/mlflow/model-versions/search',
  permission: 'model:read',
  longRead: true,
  summary: 'Versions that satisfy a filter, last updated first unless order_by says otherwise.',
  request: message({
    filter: string,
    max_results: int64.orDefault(200000),
    order_by: string.list,
    page_token: string,
  }),
  response: message({ model_versions: messageOf(modelVersion).list, next_page_token: string }),
});

export const getModelVersionDownloadUri = route({
  name: 'getModelVersionDownloadUri',
  methods: ['GET'],
  path: '/mlflow/model-versions/get-download-uri',
  permission: 'model:read',
  summary: 'Where a version’s files are.',
  request: message({ name: string.must, version: string.orDefault('') }),
  response: message({ artifact_uri: string }),
});

export const setModelVersionTag = route({
  name: 'setModelVersionTag',
  methods: ['POST'],
  path: '/mlflow/model-versions/set-tag',
  permission: 'model:edit',
  idempotent: true,
  summary: 'Set a tag of a version.',
  request: message({ ...nameAndVersion, key: string.must, value: string.orDefault('') }),
  response: empty,
});

export const deleteModelVersionTag = route({
  name: 'deleteModelVersionTag',
  methods: ['DELETE'],
  path: '/mlflow/model-versions/delete-tag',
  permission: 'model:edit',
  summary: 'Remove a tag of a version.',
  request: message({ ...nameAndVersion, key: string.must }),
  response: empty,
});
