/** The history of a model or of a version, as the API gives it. */
import type { getRegisteredModelHistory, registryEventKinds } from '../protocol/registry-views.ts';
import type { Encoded, Int64 } from '../protocol/schema.ts';
import type { Reader } from '../database/database.ts';
import { list, type LoggedEvent } from '../events/event-log.ts';
import { checkMaxResults } from './registered-model-service.ts';
import { existingModel, versionNotFound, versionOf } from './registry-rules.ts';

type HistoryPage = Encoded<(typeof getRegisteredModelHistory)['response']>;

const mostEvents = 500;

export interface HistoryRequest {
  readonly name: string;
  /** Without one: of the model and of all its versions. */
  readonly version?: string;
  readonly page_token?: string | undefined;
  readonly max_results: Int64;
}

export async function historyOf(reader: Reader, request: HistoryRequest): Promise<HistoryPage> {
  const limit = checkMaxResults(request.max_results, mostEvents);
  const model = await existingModel(reader, request.name);
  const part = request.version === undefined ? 0 : versionOf(request.version);
  // A number that was given once is not given again, so a deleted version keeps its history.
  if (request.version !== undefined && (part < 1 || part > model.last_version)) throw versionNotFound(model.name, part);
  const paging = { pageToken: request.page_token, limit };
  const { events, nextPageToken } = await list(reader, { type: 'model', thing: model.id, part }, paging);
  return { events: events.map(shown), next_page_token: nextPageToken };
}

function shown({ id, time, actor, kind, name, version, body }: LoggedEvent) {
  return {
    id,
    time,
    actor: actor ?? undefined,
    kind: kind as (typeof registryEventKinds)[number],
    name,
    version: version === null ? undefined : String(version),
    body,
  };
}
