/** Waits for an endpoint, and shows its log meanwhile: environments are made, models loaded. */
import { getEndpoint, getEndpointLogs } from '../../protocol/endpoints.ts';
import { call } from '../../sdk/call.ts';
import type { Settings } from '../../sdk/settings.ts';
import type { Output } from '../output/output.ts';
import type { Endpoint } from './columns.ts';

/** Milliseconds between looks, and before the log is shown: what is quick needs none. */
const look = 250;
const patience = 2000;

/** Resolves when all of what it is to serve is ready, or a part of it failed. */
export async function untilSettled(settings: Settings, first: Endpoint, out: Output): Promise<Endpoint> {
  const name = first.name ?? '';
  const begin = Date.now();
  let shown = 0;
  let found = first;
  while (isUnderWay(found)) {
    await Bun.sleep(look);
    found = (await call(settings, getEndpoint, { name })).endpoint ?? found;
    if (Date.now() - begin < patience) continue;
    const { lines } = await call(settings, getEndpointLogs, { name, since: begin - 1000, after_id: shown });
    for (const { id = 0, source, text = '' } of lines) {
      shown = Number(id);
      out.note(source === 'endpoint' ? text : `  ${text}`);
    }
  }
  return found;
}

function isUnderWay({ state, served_models: models }: Endpoint): boolean {
  if (state === 'stopped' || models.some((one) => one.state === 'failed')) return false;
  return state === 'pending' || state === 'updating' || models.some((one) => one.state === 'pending');
}

/** All that it is to serve is served. */
export function isAsWanted({ state, served_models: models }: Endpoint): boolean {
  return state === 'ready' && models.every((one) => one.state === 'ready');
}
