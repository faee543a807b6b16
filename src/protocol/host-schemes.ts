import type { ArtifactUri } from './artifact-uri.ts';
import { invalidParameter } from './errors.ts';

/** As MLflow's own list; `mlflow-artifacts` counts only when it names a host. */
const hostSchemes = new Set([
  'ftp',
  'sftp',
  'hdfs',
  'viewfs',
  'http',
  'https',
  'mlflow-artifacts',
  'r2',
  'b2',
  'abfss',
]);

/** Throws 400 for a URI that names a host to connect to, unless its scheme is allowed. */
export function checkHostScheme(parts: ArtifactUri, field: string, allowed: readonly string[] = []): void {
  const { scheme } = parts;
  const namesHost = scheme === 'mlflow-artifacts' ? parts.authority !== '' : hostSchemes.has(scheme);
  if (!namesHost || allowed.includes(scheme)) return;
  throw invalidParameter(
    `'${field}' cannot use the '${scheme}' scheme: the '${scheme}' scheme addresses a host other than the tracking ` +
      "server's configured artifact storage, so the server would connect to the host named in the URI. Set the " +
      'MLFLOW_ALLOWED_HOST_ADDRESSED_ARTIFACT_SCHEMES environment variable on the server to allow it.',
  );
}
