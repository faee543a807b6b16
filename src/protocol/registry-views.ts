/** What the web UI reads of the model registry: counted and cut here, so that the browser gets no more than it draws. */
import { bool, enumOf, int32, int64, json, message, messageOf, string } from './schema.ts';
import { route } from './route.ts';
import { keyValue } from './experiments.ts';
import { versionStatus } from './model-versions.ts';
import { runStatuses } from './runs.ts';
import { listOf, strings } from './lists.ts';
import type { JsonNumber } from './views.ts';

const aliasOfModel = message({ alias: string, version: string });
const stageOfVersion = message({ version: string, stage: string });

export const modelRow = message({
  name: string,
  description: string,
  creation_timestamp: int64,
  last_updated_timestamp: int64,
  version_count: int32,
  latest_version: string,
  next_version: string,
  aliases: listOf(aliasOfModel),
  stages: listOf(stageOfVersion),
  tags: listOf(keyValue),
});

export const modelOrders = ['name', 'latest_version', 'version_count', 'creation_time', 'last_modified'] as const;

export const searchModelOverview = route({
  name: 'searchModelOverview',
  methods: ['POST'],
  path: '/modelyard/models/overview',
  permission: 'model:read',
  longRead: true,
  summary:
    'A window of the registered models. Each word of `text` must be in the name, the description, an alias or a tag. `name` is exactly the name. Descriptions and tag values are cut to 250 characters.',
  request: message({
    name: string,
    filter: string,
    text: string,
    order_by: enumOf(modelOrders).orDefault('name'),
    ascending: bool.orDefault(true),
    max_results: int32.orDefault(100),
    offset: int32.orDefault(0),
  }),
  response: message({ total: int32, total_all: int32, models: listOf(modelRow) }),
});

export const getModelSummary = route({
  name: 'getModelSummary',
  methods: ['GET'],
  path: '/modelyard/models/summary',
  permission: 'model:read',
  summary: 'One registered model without its versions: whole description and tags, aliases, and who is in which stage.',
  request: message({ name: string.must }),
  response: message({ model: messageOf(modelRow) }),
});

const sourceRun = message({
  run_id: string,
  run_name: string,
  experiment_id: string,
  experiment_name: string,
  lifecycle_stage: string,
  status: enumOf(runStatuses),
});

const versionFields = {
  version: string,
  creation_timestamp: int64,
  last_updated_timestamp: int64,
  user_id: string,
  stage: string,
  description: string,
  status: versionStatus,
  status_message: string,
  source: string,
  model_id: string,
  aliases: strings,
  tags: listOf(keyValue),
  run: messageOf(sourceRun),
};

export const searchVersionTable = route({
  name: 'searchVersionTable',
  methods: ['POST'],
  path: '/modelyard/models/versions',
  permission: 'model:read',
  longRead: true,
  summary:
    'A window of the versions of a model with metrics of their source runs. `order_by`: `version`, `creation_time`, `stage` or `metrics.<key>`. ' +
    'Without `metrics` the server shows those that vary most; `columns` says which.',
  request: message({
    name: string.must,
    filter: string,
    text: string,
    metrics: string.list,
    order_by: string.orDefault('version'),
    ascending: bool.orDefault(false),
    max_results: int32.orDefault(100),
    offset: int32.orDefault(0),
  }),
  response: message({
    total: int32,
    total_all: int32,
    /** The metrics that `metrics` of each row holds, in order. */
    columns: strings,
    /** Metrics of the newest source runs, those that vary most first. */
    suggested: strings,
    versions: listOf(message({ ...versionFields, metrics: json<readonly (JsonNumber | null)[]>() })),
  }),
});

export const compareVersions = route({
  name: 'compareVersions',
  methods: ['POST'],
  path: '/modelyard/models/versions/compare',
  permission: 'model:read',
  longRead: true,
  summary:
    'Up to 100 versions of a model whole, with params, metrics and tags of their source runs. A version that is not there is left out.',
  request: message({ name: string.must, versions: string.mustList }),
  response: message({
    versions: listOf(
      message({
        ...versionFields,
        params: listOf(keyValue),
        metrics: listOf(message({ key: string, value: json<JsonNumber>() })),
        run_tags: listOf(keyValue),
      }),
    ),
  }),
});

export const getInferenceNotebook = route({
  name: 'getInferenceNotebook',
  methods: ['GET'],
  path: '/modelyard/model-versions/inference-notebook',
  permission: 'model:read',
  summary:
    'A Jupyter notebook that scores with a version: a table as a whole, or rows one by one. `tracking_uri` is the server that the notebook asks for the model; with `endpoint`, the URL of its invocations, a realtime notebook loads no model.',
  request: message({
    name: string.must,
    version: string.must,
    kind: enumOf(['batch', 'realtime']).orDefault('batch'),
    tracking_uri: string,
    endpoint: string,
  }),
  response: message({ file_name: string, notebook: string }),
});

/** What a history of the registry tells of. */
export const registryEventKinds = [
  'registered_model.created',
  'registered_model.renamed',
  'registered_model.description_changed',
  'registered_model.tag_set',
  'registered_model.tag_deleted',
  'registered_model.deleted',
  'model_version.created',
  'model_version.stage_changed',
  'model_version.alias_set',
  'model_version.alias_deleted',
  'model_version.tag_set',
  'model_version.tag_deleted',
  'model_version.description_changed',
  'model_version.deleted',
] as const;

/** Old and new values by name. A text is cut to 1 KB and a record to 20 entries; `cut` names those that were. */
export type RegistryEventBody = Readonly<
  Record<string, string | number | readonly string[] | Readonly<Record<string, string>>>
>;

const historyPage = message({
  events: listOf(
    message({
      id: int64,
      time: int64,
      /** Who did it, when that is known. */
      actor: string,
      kind: enumOf(registryEventKinds),
      /** What the model was called then. */
      name: string,
      version: string,
      body: json<RegistryEventBody>(),
    }),
  ),
  next_page_token: string,
});

const historyPaging = { page_token: string, max_results: int64.orDefault(50) };

export const getRegisteredModelHistory = route({
  name: 'getRegisteredModelHistory',
  methods: ['GET'],
  path: '/modelyard/registered-models/history',
  permission: 'model:read',
  summary:
    'What was changed of a model and of its versions, newest first, at most 500 in a page. A rename keeps the history; a new model has none of a deleted one of its name.',
  request: message({ name: string.must, ...historyPaging }),
  response: historyPage,
});

export const getModelVersionHistory = route({
  name: 'getModelVersionHistory',
  methods: ['GET'],
  path: '/modelyard/model-versions/history',
  permission: 'model:read',
  summary:
    'What was changed of a version, newest first, at most 500 in a page; also of a version that was deleted. An alias that moves stands in the history of the version it left, too.',
  request: message({ name: string.must, version: string.must, ...historyPaging }),
  response: historyPage,
});
