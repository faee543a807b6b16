/**
 * Endpoints: versions of registered models that this server runs as local processes and answers for.
 *
 * An endpoint has one or two served models, each a version (`models:/churn/3`) or an alias (`models:/churn@champion`),
 * whose traffic adds up to 100. What a caller wants (`served_models`) and who answers (`serving`) are told apart: after
 * a change, of an alias too, the new processes are made ready first, then they take over all at once, and the old ones
 * end when their last request is answered. What cannot be started leaves the old ones at work; then the endpoint is
 * `ready`, the served model `failed`, and `message` of both says why.
 *
 * States of an endpoint:
 * - `pending`: nobody answers yet, processes are being started (or again, after a crash)
 * - `ready`: requests are answered; a `message` tells of what is not as wanted
 * - `updating`: requests are answered by the former versions while the wanted ones are made ready
 * - `failed`: nobody answers, and a process cannot be started; it is tried again with growing pauses. See the log.
 * - `stopped`: by request
 *
 * Below the server's address, beside these methods and with its static prefix:
 * - `POST /endpoints/{name}/invocations`: as `mlflow models serve` has it (JSON or CSV in, `{"predictions": …}` out);
 *   `modelyard-model-uri` of the answer says which version it was, such as `models:/churn/3`.
 *   404 for an unknown name, 503 with Retry-After while nobody answers.
 * - `GET /endpoints/{name}/ping`: 200 while requests are answered, else 503.
 *
 * The live feed names the endpoints that changed as `endpoints`: their config, state, log or counts.
 */
import { double, empty, enumOf, int32, int64, json, message, messageOf, string } from './schema.ts';
import { route } from './route.ts';
import { inWords, limits } from './limits.ts';
import { listOf } from './lists.ts';

export const endpointStates = ['pending', 'ready', 'updating', 'failed', 'stopped'] as const;
export const servedModelStates = ['pending', 'ready', 'failed', 'stopped'] as const;
/** How the environment of a Python model is made; `local`: that of the server. */
export const envManagers = ['local', 'uv', 'virtualenv', 'conda'] as const;

/** Names stand in addresses. */
export const endpointName = /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/;
export const invocationsPath = '/endpoints/{name}/invocations';
export const pingPath = '/endpoints/{name}/ping';
/** The header of an answer that says which version answered. */
export const servedByHeader = 'modelyard-model-uri';

const servedModelOfRequest = message({
  model_uri: string.must,
  /** 100 when it is alone. */
  traffic_percentage: int32,
});

const captureOfRequest = message({
  /** From 0, nothing, to 1, every request. */
  sample_rate: double,
  /** The oldest are dropped beyond it. */
  max_bytes: int64,
});

export const servedModel = message({
  /** As it was asked for. */
  model_uri: string,
  traffic_percentage: int32,
  model_name: string,
  /** The version that is wanted now; absent where the alias names none. */
  version: string,
  state: enumOf(servedModelStates),
  /** What is wrong, or being done. */
  message: string,
  /** How often its process was started again, after a crash or a start that failed. */
  restarts: int32,
});

/** Who answers now. */
export const servingModel = message({
  model_uri: string,
  model_name: string,
  version: string,
  traffic_percentage: int32,
  /** Requests that it has not answered yet. */
  in_hand: int32,
});

const recentCounts = message({ requests: int32, errors: int32, p50_ms: double, p95_ms: double });

export const endpoint = message({
  name: string,
  description: string,
  state: enumOf(endpointStates),
  message: string,
  /** Path of the invocations on this server, with its static prefix. */
  invocations_path: string,
  creation_time: int64,
  /** When its config was changed last, or it was started or stopped. */
  last_update_time: int64,
  served_models: listOf(servedModel),
  serving: listOf(servingModel),
  env_manager: enumOf(envManagers),
  workers: int32,
  timeout_seconds: int32,
  capture_sample_rate: double,
  capture_max_bytes: int64,
  /** The run that holds what was captured, once something was. */
  capture_run_id: string,
  /** Of the last 60 minutes. */
  last_hour: messageOf(recentCounts),
});

const one = message({ endpoint: messageOf(endpoint) });

const settings = {
  description: string,
  env_manager: string,
  workers: int32,
  timeout_seconds: int32,
  capture: messageOf(captureOfRequest),
};

export const createEndpoint = route({
  name: 'createEndpoint',
  methods: ['POST'],
  path: '/modelyard/endpoints',
  permission: 'endpoint:create',
  summary:
    'Deploy one or two model versions as a local process each, behind `/endpoints/{name}/invocations` of this server. ' +
    '`model_uri`: `models:/name/version`, or `models:/name@alias`, which is followed when it moves. ' +
    'The answer comes at once, mostly in state `pending`.',
  request: message({ name: string.must, served_models: messageOf(servedModelOfRequest).mustList, ...settings }),
  response: one,
});

export const getEndpoint = route({
  name: 'getEndpoint',
  methods: ['GET'],
  path: '/modelyard/endpoints/{name}',
  permission: 'endpoint:read',
  summary: 'An endpoint: its config, its state, and which versions answer now.',
  request: message({ name: string.must }),
  response: one,
});

export const listEndpoints = route({
  name: 'listEndpoints',
  methods: ['GET'],
  path: '/modelyard/endpoints',
  permission: 'endpoint:read',
  summary: 'All endpoints by name; with `model_name` those that serve, or want to serve, a version of that model.',
  request: message({ model_name: string }),
  response: message({ endpoints: listOf(endpoint) }),
});

export const updateEndpoint = route({
  name: 'updateEndpoint',
  methods: ['PATCH'],
  path: '/modelyard/endpoints/{name}',
  permission: 'endpoint:edit',
  idempotent: true,
  summary:
    'Change what is given and keep the rest. New versions are made ready before they take over; a change of traffic alone counts at once.',
  request: message({ name: string.must, served_models: messageOf(servedModelOfRequest).list, ...settings }),
  response: one,
});

export const startEndpoint = route({
  name: 'startEndpoint',
  methods: ['POST'],
  path: '/modelyard/endpoints/{name}/start',
  permission: 'endpoint:edit',
  idempotent: true,
  summary: 'Start a stopped endpoint; one that failed is tried again at once.',
  request: message({ name: string.must }),
  response: one,
});

export const stopEndpoint = route({
  name: 'stopEndpoint',
  methods: ['POST'],
  path: '/modelyard/endpoints/{name}/stop',
  permission: 'endpoint:edit',
  idempotent: true,
  summary: 'Take no more requests, answer those that came, and end the processes. The config stays.',
  request: message({ name: string.must }),
  response: one,
});

export const deleteEndpoint = route({
  name: 'deleteEndpoint',
  methods: ['DELETE'],
  path: '/modelyard/endpoints/{name}',
  permission: 'endpoint:delete',
  summary: 'Delete an endpoint with its log and its counts. What was captured stays with its run.',
  request: message({ name: string.must }),
  response: empty,
});

export const getEndpointLogs = route({
  name: 'getEndpointLogs',
  methods: ['GET'],
  path: '/modelyard/endpoints/{name}/logs',
  permission: 'endpoint:read',
  summary:
    `The last lines of the log, oldest first, up to ${inWords(limits.endpointLogLines)}. \`since\`: none from before that time. ` +
    '`after_id`: only lines after that one, for who follows the log. ' +
    '`source` is the version whose process wrote the line, or `endpoint` for what the server says of them.',
  request: message({ name: string.must, max_lines: int32.orDefault(200), since: int64, after_id: int64 }),
  response: message({ lines: listOf(message({ id: int64, time: int64, source: string, text: string })) }),
});

const counted = { requests: int32, errors: int32, mean_ms: double, p50_ms: double, p95_ms: double, p99_ms: double };

export const getEndpointMetrics = route({
  name: 'getEndpointMetrics',
  methods: ['GET'],
  path: '/modelyard/endpoints/{name}/metrics',
  permission: 'endpoint:read',
  summary:
    `Requests and latencies of the last ${limits.endpointMetricDays} days, counted by minute; \`from\` and \`to\` are times, without them it is the last hour. ` +
    '`step_minutes` puts minutes together; without it there are about 120 points. Steps without a request have no point. ' +
    'Errors are answers of 400 and above. Latencies are true to 10 %.',
  request: message({ name: string.must, from: int64, to: int64, step_minutes: int32 }),
  response: message({
    from: int64,
    to: int64,
    step_minutes: int32,
    total: messageOf(message(counted)),
    points: listOf(
      message({
        time: int64,
        ...counted,
        /** Requests by status, such as `{"200": 12, "503": 1}`. */
        by_status: json<Readonly<Record<string, number>>>(),
        /** Requests by version, such as `{"models:/churn/3": 13}`; what nobody could answer stands under the empty text. */
        by_model: json<Readonly<Record<string, number>>>(),
      }),
    ),
    by_status: listOf(message({ status: int32, requests: int32 })),
    by_model: listOf(message({ model_uri: string, ...counted })),
  }),
});

export const listEndpointCaptures = route({
  name: 'listEndpointCaptures',
  methods: ['GET'],
  path: '/modelyard/endpoints/{name}/captures',
  permission: 'endpoint:read',
  summary:
    'Captured requests with their answers, newest first. They lie as JSON lines among the artifacts of `run_id`, in `artifact_path`, where the dataset of that run points. ' +
    `\`request\` and \`response\` are JSON where they were, else text; null for a body of more than ${inWords(limits.endpointCapturedBody)} bytes.`,
  request: message({ name: string.must, max_results: int32.orDefault(50), page_token: string }),
  response: message({
    run_id: string,
    experiment_id: string,
    artifact_path: string,
    /** How much there is in all. */
    bytes: int64,
    captures: listOf(
      message({
        id: string,
        time: int64,
        model_uri: string,
        status: int32,
        latency_ms: double,
        content_type: string,
        request: json<unknown>(),
        response: json<unknown>(),
      }),
    ),
    next_page_token: string,
  }),
});
