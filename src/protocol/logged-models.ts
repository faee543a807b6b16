import { bool, empty, enumOf, int32, int64, message, messageOf, string } from './schema.ts';
import { route } from './route.ts';
import { keyValue } from './experiments.ts';
import { metric } from './runs.ts';
import { fileInfo } from './artifacts.ts';

export const loggedModelStatuses = [
  'LOGGED_MODEL_STATUS_UNSPECIFIED',
  'LOGGED_MODEL_PENDING',
  'LOGGED_MODEL_READY',
  'LOGGED_MODEL_UPLOAD_FAILED',
] as const;
export type LoggedModelStatus = (typeof loggedModelStatuses)[number];
const status = enumOf(loggedModelStatuses, 0);

const parameterInput = message({ key: string.orDefault(''), value: string.orDefault('') });

export const loggedModel = message({
  info: messageOf(
    message({
      model_id: string,
      experiment_id: string,
      name: string,
      creation_timestamp_ms: int64,
      last_updated_timestamp_ms: int64,
      artifact_uri: string,
      status,
      model_type: string,
      source_run_id: string,
      status_message: string,
      tags: messageOf(keyValue).list,
    }),
  ),
  data: messageOf(message({ params: messageOf(keyValue).list, metrics: messageOf(metric).list })),
});

const modelAnswer = message({ model: messageOf(loggedModel) });
const modelId = message({ model_id: string.must });

export const createLoggedModel = route({
  name: 'createLoggedModel',
  methods: ['POST'],
  path: '/mlflow/logged-models',
  permission: 'experiment:edit',
  summary: 'Create a logged model in an experiment; it is pending until finalized.',
  request: message({
    experiment_id: string.must,
    name: string,
    model_type: string,
    source_run_id: string,
    params: messageOf(parameterInput).list,
    tags: messageOf(parameterInput).list,
  }),
  response: modelAnswer,
});

export const finalizeLoggedModel = route({
  name: 'finalizeLoggedModel',
  methods: ['PATCH'],
  path: '/mlflow/logged-models/{model_id}',
  permission: 'experiment:edit',
  idempotent: true,
  summary: 'Say that a logged model is ready, or that its upload failed.',
  request: message({ model_id: string.must, status: { ...status, required: true as const } }),
  response: modelAnswer,
});

export const getLoggedModel = route({
  name: 'getLoggedModel',
  methods: ['GET'],
  path: '/mlflow/logged-models/{model_id}',
  permission: 'experiment:read',
  summary: 'One logged model with its params, tags and metrics; a deleted one only with `allow_deleted`.',
  request: message({ model_id: string.must, allow_deleted: bool.orDefault(false) }),
  response: modelAnswer,
});

export const deleteLoggedModel = route({
  name: 'deleteLoggedModel',
  methods: ['DELETE'],
  path: '/mlflow/logged-models/{model_id}',
  permission: 'experiment:delete',
  summary: 'Delete a logged model; its files stay.',
  request: modelId,
  response: empty,
});

export const searchLoggedModels = route({
  name: 'searchLoggedModels',
  methods: ['POST'],
  path: '/mlflow/logged-models/search',
  permission: 'experiment:read',
  longRead: true,
  idempotent: true,
  summary:
    'Logged models of some experiments, newest first unless order_by says otherwise. `datasets` narrows metric conditions to points of those datasets.',
  request: message({
    experiment_ids: string.mustList,
    filter: string,
    datasets: messageOf(message({ dataset_name: string.orDefault(''), dataset_digest: string })).list,
    max_results: int32.orDefault(50),
    order_by: messageOf(
      message({
        field_name: string.orDefault(''),
        ascending: bool.orDefault(true),
        dataset_name: string,
        dataset_digest: string,
      }),
    ).list,
    page_token: string,
  }),
  response: message({ models: messageOf(loggedModel).list, next_page_token: string }),
});

export const setLoggedModelTags = route({
  name: 'setLoggedModelTags',
  methods: ['PATCH'],
  path: '/mlflow/logged-models/{model_id}/tags',
  permission: 'experiment:edit',
  idempotent: true,
  summary: 'Set tags of a logged model.',
  request: message({ model_id: string.must, tags: messageOf(parameterInput).list }),
  response: empty,
});

export const deleteLoggedModelTag = route({
  name: 'deleteLoggedModelTag',
  methods: ['DELETE'],
  path: '/mlflow/logged-models/{model_id}/tags/{tag_key}',
  permission: 'experiment:edit',
  summary: 'Remove a tag of a logged model.',
  request: message({ model_id: string.must, tag_key: string.must }),
  response: empty,
});

export const listLoggedModelArtifacts = route({
  name: 'listLoggedModelArtifacts',
  methods: ['GET'],
  path: '/mlflow/logged-models/{model_id}/artifacts/directories',
  permission: 'artifact:read',
  summary: 'The files and folders below a path of a logged model.',
  request: message({ model_id: string.must, artifact_directory_path: string, page_token: string }),
  response: message({ root_uri: string, files: messageOf(fileInfo).list, next_page_token: string }),
});

export const logLoggedModelParams = route({
  name: 'LogLoggedModelParams',
  methods: ['POST'],
  path: '/mlflow/logged-models/{model_id}/params',
  permission: 'experiment:edit',
  idempotent: true,
  summary: 'Add params to a logged model.',
  request: message({ model_id: string.must, params: messageOf(parameterInput).list }),
  response: empty,
});
