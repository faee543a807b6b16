/** What the pages of endpoints change. Each change makes what was read of the endpoint old. */
import {
  createEndpoint,
  deleteEndpoint,
  startEndpoint,
  stopEndpoint,
  updateEndpoint,
} from '../../../src/protocol/endpoints.ts';
import type { Sent } from '../../../src/protocol/schema.ts';
import { call } from './client.ts';
import { queryClient } from './query-client.ts';

export type NewEndpoint = Sent<(typeof createEndpoint)['request']>;
export type EndpointChange = Omit<Sent<(typeof updateEndpoint)['request']>, 'name'>;

async function changed(name: string): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['endpoints'] }),
    queryClient.invalidateQueries({ queryKey: ['endpoint', name] }),
  ]);
}

export async function addEndpoint(endpoint: NewEndpoint): Promise<void> {
  await call(createEndpoint, endpoint);
  // One that was deleted may have had the name.
  queryClient.removeQueries({ queryKey: ['endpoint', endpoint.name] });
  await changed(endpoint.name);
}

export async function changeEndpoint(name: string, change: EndpointChange): Promise<void> {
  await call(updateEndpoint, { name, ...change });
  await changed(name);
}

export async function beginEndpoint(name: string): Promise<void> {
  await call(startEndpoint, { name });
  await changed(name);
}

export async function endEndpoint(name: string): Promise<void> {
  await call(stopEndpoint, { name });
  await changed(name);
}

export async function removeEndpoint(name: string): Promise<void> {
  await call(deleteEndpoint, { name });
  // Not waited for, and nothing of its own is read again: its page is left first.
  void queryClient.invalidateQueries({ queryKey: ['endpoints'] });
}
