/** Changes with their message and way back; a failure says so and changes nothing. */
import { beginEndpoint, changeEndpoint, endEndpoint, type EndpointChange } from '../../api/endpoint-changes.ts';
import { change } from '../../components/change.ts';
import { text } from '../../text/endpoints.ts';
import type { Share } from './served.ts';

/** As they are sent: what was read of them says more. */
function plain(shares: readonly Share[]): Share[] {
  return shares.map(({ model_uri, traffic_percentage }) => ({ model_uri, traffic_percentage }));
}

export function serve(
  name: string,
  shares: readonly Share[],
  before: readonly Share[],
  message: string,
): Promise<boolean> {
  return change(
    () => changeEndpoint(name, { served_models: plain(shares) }),
    message,
    () => changeEndpoint(name, { served_models: plain(before) }),
  );
}

export function changeSettings(name: string, settings: EndpointChange, before: EndpointChange): Promise<boolean> {
  return change(
    () => changeEndpoint(name, settings),
    text.form.saved(name),
    () => changeEndpoint(name, before),
  );
}

export function start(name: string): Promise<boolean> {
  return change(
    () => beginEndpoint(name),
    text.started(name),
    () => endEndpoint(name),
  );
}

export function stop(name: string): Promise<boolean> {
  return change(
    () => endEndpoint(name),
    text.stopped(name),
    () => beginEndpoint(name),
  );
}
