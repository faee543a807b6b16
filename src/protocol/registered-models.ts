import { empty, int64, message, messageOf, string } from './schema.ts';
import { route } from './route.ts';
import { keyValue, keyValueInput } from './experiments.ts';
import { modelVersion } from './model-versions.ts';

export const registeredModel = message({
  name: string,
  creation_timestamp: int64,
  last_updated_timestamp: int64,
  description: string,
  latest_versions: messageOf(modelVersion).list,
  tags: messageOf(keyValue).list,
  aliases: messageOf(message({ alias: string, version: string })).list,
});

const name = message({ name: string.must });
const modelAnswer = message({ registered_model: messageOf(registeredModel) });
const versionAnswer = message({ model_version: messageOf(modelVersion) });

export const createRegisteredModel = route({
  name: 'createRegisteredModel',
  methods: ['POST'],
  path: '/mlflow/registered-models/create',
  permission: 'model:create',
  summary: 'Create a registered model. Its name must not be in use, nor hold `/` or `:`.',
  request: message({
    name: string.must,
    tags: messageOf(keyValueInput).list,
    description: string,
    deployment_job_id: string,
  }),
  response: modelAnswer,
});

export const renameRegisteredModel = route({
  name: 'renameRegisteredModel',
  methods: ['POST'],
  path: '/mlflow/registered-models/rename',
  permission: 'model:edit',
  summary: 'Rename a registered model with its versions.',
  request: message({ name: string.must, new_name: string.must }),
  response: modelAnswer,
});

export const updateRegisteredModel = route({
  name: 'updateRegisteredModel',
  methods: ['PATCH'],
  path: '/mlflow/registered-models/update',
  permission: 'model:edit',
  idempotent: true,
  summary: 'Change a registered model’s description.',
  request: message({ name: string.must, description: string, deployment_job_id: string }),
  response: modelAnswer,
});

export const deleteRegisteredModel = route({
  name: 'deleteRegisteredModel',
  methods: ['DELETE'],
  path: '/mlflow/registered-models/delete',
  permission: 'model:delete',
  summary: 'Delete a registered model with its versions, tags and aliases; the files stay.',
  request: name,
  response: empty,
});

export const getRegisteredModel = route({
  name: 'getRegisteredModel',
  methods: ['GET'],
  path: '/mlflow/registered-models/get',
  permission: 'model:read',
  summary: 'One registered model with the latest version of each stage.',
  request: name,
  response: modelAnswer,
});

export const searchRegisteredModels = route({
  name: 'searchRegisteredModels',
  methods: ['GET', 'POST'],
  path: '/mlflow/registered-models/search',
  permission: 'model:read',
  longRead: true,
  idempotent: true,
  summary: 'Registered models that satisfy a filter, by name unless order_by says otherwise. max_results: 1 to 1,000.',
  request: message({
    filter: string,
    max_results: int64.orDefault(100),
    order_by: string.list,
    page_token: string,
  }),
  response: message({ registered_models: messageOf(registeredModel).list, next_page_token: string }),
});

export const getLatestVersions = route({
  name: 'getLatestVersions',
  methods: ['GET', 'POST'],
  path: '/mlflow/registered-models/get-latest-versions',
  permission: 'model:read',
  idempotent: true,
  summary: 'The latest version of each stage, or of the stages asked for.',
  request: message({ name: string.must, stages: string.list }),
  response: message({ model_versions: messageOf(modelVersion).list }),
});

export const setRegisteredModelTag = route({
  name: 'setRegisteredModelTag',
  methods: ['POST'],
  path: '/mlflow/registered-models/set-tag',
  permission: 'model:edit',
  idempotent: true,
  summary: 'Set a tag of a registered model.',
  request: message({ name: string.must, key: string.must, value: string.orDefault('') }),
  response: empty,
});

export const deleteRegisteredModelTag = route({
  name: 'deleteRegisteredModelTag',
  methods: ['DELETE'],
  path: '/mlflow/registered-models/delete-tag',
  permission: 'model:edit',
  summary: 'Remove a tag of a registered model.',
  request: message({ name: string.must, key: string.must }),
  response: empty,
});

export const setRegisteredModelAlias = route({
  name: 'setRegisteredModelAlias',
  methods: ['POST'],
  path: '/mlflow/registered-models/alias',
  permission: 'model:edit',
  idempotent: true,
  summary: 'Point an alias at a version; an alias of that name moves.',
  request: message({ name: string.must, alias: string.must, version: string.must }),
  response: empty,
});

export const deleteRegisteredModelAlias = route({
  name: 'deleteRegisteredModelAlias',
  methods: ['DELETE'],
  path: '/mlflow/registered-models/alias',
  permission: 'model:edit',
  summary: 'Remove an alias.',
  request: message({ name: string.must, alias: string.must }),
  response: empty,
});

export const getModelVersionByAlias = route({
  name: 'getModelVersionByAlias',
  methods: ['GET'],
  path: '/mlflow/registered-models/alias',
  permission: 'model:read',
  summary: 'The version an alias points at.',
  request: message({ name: string.must, alias: string.must }),
  response: versionAnswer,
});
