/** Changes with their message and way back; a failure says so and changes nothing. */
import { beginEndpoint, changeEndpoint, endEndpoint, type EndpointChange } from '../../api/endpoint-changes.ts';
import { showFailure, showToast } from '../../components/toast.tsx';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/endpoints.ts';
import type { Share } from './served.ts';

async function run(change: () => Promise<void>, message: string, undo?: () => Promise<void>): Promise<boolean> {
  try {
    await change();
  } catch (error) {
    showFailure(error);
    return false;
  }
  const back = (): void => {
    undo?.().catch(showFailure);
  };
  showToast({ message, ...(undo ? { action: { label: common.undo, run: back } } : {}) });
  return true;
}

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
  return run(
    () => changeEndpoint(name, { served_models: plain(shares) }),
    message,
    () => changeEndpoint(name, { served_models: plain(before) }),
  );
}

export function changeSettings(name: string, change: EndpointChange, before: EndpointChange): Promise<boolean> {
  return run(
    () => changeEndpoint(name, change),
    text.form.saved(name),
    () => changeEndpoint(name, before),
  );
}

export function start(name: string): Promise<boolean> {
  return run(
    () => beginEndpoint(name),
    text.started(name),
    () => endEndpoint(name),
  );
}

export function stop(name: string): Promise<boolean> {
  return run(
    () => endEndpoint(name),
    text.stopped(name),
    () => beginEndpoint(name),
  );
}
