import {
  createEndpoint,
  deleteEndpoint,
  getEndpoint,
  listEndpoints,
  startEndpoint,
  stopEndpoint,
  updateEndpoint,
} from '../../protocol/endpoints.ts';
import { call } from '../../sdk/call.ts';
import { settingsOf } from '../../sdk/settings.ts';
import { action, group } from '../action.ts';
import { summaryOf } from '../client-command-names.ts';
import { CommandError } from '../command.ts';
import type { Output } from '../output/output.ts';
import { columns, details, type Endpoint } from './columns.ts';
import { configFlags, configOf, nameFlag, waitFlag } from './flags.ts';
import { logs } from './logs.ts';
import { query } from './query.ts';
import { isAsWanted, untilSettled } from './wait.ts';

const create = action({
  name: 'create',
  summary: 'deploy a model version or an alias behind an address of the server',
  flags: { ...nameFlag, ...configFlags, ...waitFlag },
  example: `modelyard endpoints create -n churn -m models:/churn@champion
modelyard endpoints create -n churn -m models:/churn/3 -m models:/churn/4 --traffic 90,10`,
  async run(given, out) {
    const config = configOf(given);
    if (config.served_models.length === 0) {
      throw new CommandError('endpoints create needs --model-uri URI, such as -m models:/churn@champion', 2);
    }
    const { endpoint } = await call(settingsOf(), createEndpoint, { name: given.name, ...config });
    return settled(endpoint, given.wait, out, 'Created');
  },
});

const update = action({
  name: 'update',
  summary: 'change what an endpoint serves, its traffic or its settings',
  detail: 'What is not given stays. The versions that answer now go on until the new ones are ready.',
  flags: { ...nameFlag, ...configFlags, ...waitFlag },
  example: `modelyard endpoints update -n churn -m models:/churn/4
modelyard endpoints update -n churn --capture 0.1`,
  async run(given, out) {
    const { endpoint } = await call(settingsOf(), updateEndpoint, { name: given.name, ...configOf(given) });
    return settled(endpoint, given.wait, out, 'Updated');
  },
});

/** The exit code tells whether it serves what it was told to. */
async function settled(first: Endpoint | undefined, wait = true, out: Output, done: string): Promise<number> {
  if (first === undefined) throw new Error('the server answered without the endpoint');
  const found = wait ? await untilSettled(settingsOf(), first, out) : first;
  const { name, state, message } = found;
  if (wait && state !== 'stopped' && !isAsWanted(found)) {
    if (out.json) out.done(found, '');
    throw new CommandError(`endpoint '${name}': ${message} See: modelyard endpoints logs -n ${name}`);
  }
  out.done(found, `${done} endpoint '${name}': ${state}, ${settingsOf().baseUrl}/endpoints/${name}/invocations`);
  return 0;
}

const list = action({
  name: 'list',
  summary: 'list endpoints',
  flags: { model: { type: 'string', value: 'NAME', meaning: 'only those that serve this registered model' } },
  example: 'modelyard endpoints list --model churn',
  async run({ model }, out) {
    const { endpoints } = await call(settingsOf(), listEndpoints, { model_name: model });
    out.list(endpoints, columns, 'No endpoints.');
  },
});

const get = action({
  name: 'get',
  summary: 'show an endpoint: state, versions, requests',
  flags: nameFlag,
  example: 'modelyard endpoints get -n churn',
  async run({ name }, out) {
    const settings = settingsOf();
    const { endpoint } = await call(settings, getEndpoint, { name });
    if (endpoint) out.details(endpoint, details(endpoint, new URL(settings.baseUrl).origin));
  },
});

const start = action({
  name: 'start',
  summary: 'start an endpoint that is stopped or failed',
  flags: { ...nameFlag, ...waitFlag },
  example: 'modelyard endpoints start -n churn',
  async run({ name, wait }, out) {
    const { endpoint } = await call(settingsOf(), startEndpoint, { name });
    return settled(endpoint, wait, out, 'Started');
  },
});

const stop = action({
  name: 'stop',
  summary: 'stop an endpoint; its config stays',
  flags: nameFlag,
  example: 'modelyard endpoints stop -n churn',
  async run({ name }, out) {
    const { endpoint } = await call(settingsOf(), stopEndpoint, { name });
    out.done(endpoint, `Stopped endpoint '${name}'`);
  },
});

const remove = action({
  name: 'delete',
  summary: 'delete an endpoint with its log and counts',
  detail: 'Captured requests stay with their run.',
  flags: nameFlag,
  example: 'modelyard endpoints delete -n churn',
  async run({ name }, out) {
    const settings = settingsOf();
    const { endpoint } = await call(settings, getEndpoint, { name });
    await call(settings, deleteEndpoint, { name });
    out.done(endpoint, `Deleted endpoint '${name}'`);
  },
});

export const endpointsCommand = group('endpoints', summaryOf('endpoints'), [
  create,
  list,
  get,
  update,
  start,
  stop,
  remove,
  logs,
  query,
]);
