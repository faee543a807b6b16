import { modelyardVersion } from './server-version.ts';
import type { Settings } from './settings.ts';

/** Where a search of AutoML is looked at: on its page, or on that of its run where the server has none for searches. */
export async function automlAddress(settings: Settings, runId: string, experimentId: string): Promise<string> {
  const ours = (await modelyardVersion(settings)) !== undefined;
  return `${settings.baseUrl}${ours ? `/automl/${runId}` : `/#/experiments/${experimentId}/runs/${runId}`}`;
}
