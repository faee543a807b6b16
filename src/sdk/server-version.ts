import type { Settings } from './settings.ts';

/** Milliseconds. */
const patience = 5000;

/** Version of Modelyard that a server is; undefined for one of another make, or that does not answer. */
export async function modelyardVersion(settings: Settings): Promise<string | undefined> {
  const { baseUrl, headers, timeout } = settings;
  try {
    const signal = AbortSignal.timeout(Math.min(timeout, patience));
    const answer = await settings.fetch(`${baseUrl}/api/3.0/mlflow/server-info`, { headers, signal });
    const { modelyard_version: version } = (await answer.json()) as { modelyard_version?: unknown };
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}
