/** What may be asked of an endpoint: names, models with their traffic, settings. */
import { endpointName, envManagers } from '../protocol/endpoints.ts';
import { ApiError, doesNotExist, invalidParameter } from '../protocol/errors.ts';
import { inWords, limits } from '../protocol/limits.ts';
import { checkLength } from '../protocol/names.ts';
import type { Int64 } from '../protocol/schema.ts';
import type { Reader } from '../database/database.ts';
import { findEndpoint, type EndpointSettings, type WantedEndpoint, type WantedModel } from './endpoint-store.ts';
import { findReferred, parseReference, uriOf } from './model-reference.ts';

/** What a request gives; what it leaves out stays as it is. */
export interface GivenSettings {
  readonly description?: string | undefined;
  readonly env_manager?: string | undefined;
  readonly workers?: number | undefined;
  readonly timeout_seconds?: number | undefined;
  readonly capture?: { readonly sample_rate?: number | undefined; readonly max_bytes?: Int64 | undefined } | undefined;
}

export interface GivenModel {
  readonly model_uri: string;
  readonly traffic_percentage?: number | undefined;
}

export const usualSettings: EndpointSettings = {
  description: '',
  envManager: 'uv',
  workers: 1,
  timeoutSeconds: 60,
  captureRate: 0,
  captureBytes: 100_000_000,
};

export function checkName(name: string): void {
  if (endpointName.test(name)) return;
  throw invalidParameter(
    `Invalid endpoint name '${name}'. It stands in an address: letters of the alphabet, digits, '-' and '_', at most 63, a letter or digit first.`,
  );
}

export async function existingEndpoint(reader: Reader, name: string): Promise<WantedEndpoint> {
  const found = await findEndpoint(reader, name);
  if (!found) throw noEndpoint(name);
  return found;
}

export function noEndpoint(name: string): ApiError {
  return doesNotExist(`There is no endpoint '${name}'.`);
}

export function nameTaken(name: string): ApiError {
  return new ApiError(
    'RESOURCE_ALREADY_EXISTS',
    `There is an endpoint '${name}' already. Update it, or take another name.`,
  );
}

export function settingsOf(given: GivenSettings, before: EndpointSettings): EndpointSettings {
  const {
    description = before.description,
    env_manager: manager = before.envManager,
    workers = before.workers,
  } = given;
  const timeoutSeconds = given.timeout_seconds ?? before.timeoutSeconds;
  const captureRate = given.capture?.sample_rate ?? before.captureRate;
  const captureBytes = Number(given.capture?.max_bytes ?? before.captureBytes);
  checkLength(description, limits.endpointDescription, 'description');
  const envManager = envManagers.find((known) => known === manager);
  if (!envManager) throw invalidParameter(`env_manager is one of ${envManagers.join(', ')}, not '${manager}'.`);
  checkRange('workers', workers, 1, limits.endpointWorkers);
  checkRange('timeout_seconds', timeoutSeconds, 1, limits.endpointTimeoutSeconds);
  if (!(captureRate >= 0 && captureRate <= 1)) {
    throw invalidParameter(`capture.sample_rate is from 0 (nothing) to 1 (every request), not ${captureRate}.`);
  }
  checkRange('capture.max_bytes', captureBytes, 1_000_000, limits.endpointCaptureBytes);
  return { description, envManager, workers, timeoutSeconds, captureRate, captureBytes };
}

export function checkRange(what: string, value: number, least: number, greatest: number): void {
  if (value >= least && value <= greatest) return;
  throw invalidParameter(`${what} is from ${inWords(least)} to ${inWords(greatest)}, not ${value}.`);
}

/** One or two models whose traffic is 100 together, each of which names a version now. */
export async function wantedModels(reader: Reader, given: readonly GivenModel[]): Promise<WantedModel[]> {
  if (given.length < 1 || given.length > 2) {
    throw invalidParameter(`An endpoint has one or two served models, not ${given.length}.`);
  }
  const models = given.map(({ model_uri: uri, traffic_percentage: traffic }) => {
    if (traffic === undefined && given.length > 1) {
      throw invalidParameter('Two served models need a traffic_percentage each, such as 90 and 10.');
    }
    return { ...parseReference(uri), traffic: traffic ?? 100 };
  });
  for (const { traffic } of models) checkRange('traffic_percentage', traffic, 0, 100);
  const sum = models.reduce((total, { traffic }) => total + traffic, 0);
  if (sum !== 100) throw invalidParameter(`The traffic of the served models adds up to ${sum}; it must be 100.`);
  const uris = models.map(uriOf);
  if (new Set(uris).size < uris.length)
    throw invalidParameter(`${uris[0]} is served twice. Name two versions, or one.`);
  for (const model of models) {
    const found = await findReferred(reader, model);
    if (typeof found === 'string') throw doesNotExist(`${uriOf(model)} cannot be served: ${found}`);
  }
  return models;
}
