import { cacheFolder } from '../../config/user-folders.ts';
import { environment, getTrackingUri } from '../../sdk/settings.ts';

/** The folder that holds the prepared data of all searches. */
export function cacheOfSearches(): string {
  return environment('AUTOML_CACHE') ?? cacheFolder('automl');
}

/** Of each notebook. */
export function trialEnvironment(experimentId: string, cache: string): Record<string, string> {
  return { ...serverEnvironment(cache), MLFLOW_EXPERIMENT_ID: experimentId };
}

/** Of all that is begun before there is an experiment; with the words that open the server. */
export function serverEnvironment(cache: string): Record<string, string> {
  const uri = getTrackingUri();
  const { username, password } = new URL(uri);
  const bare = new URL(uri);
  bare.username = '';
  bare.password = '';
  return {
    MLFLOW_TRACKING_URI: bare.href.replace(/\/+$/, ''),
    AUTOML_CACHE: cache,
    // Bars that move are nothing to read in a notebook.
    MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR: 'false',
    ...(username !== '' && { MLFLOW_TRACKING_USERNAME: decodeURIComponent(username) }),
    ...(password !== '' && { MLFLOW_TRACKING_PASSWORD: decodeURIComponent(password) }),
  };
}
