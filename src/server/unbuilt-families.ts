/**
 * API families that clients know and this server does not offer. Clients take ENDPOINT_NOT_FOUND for an older server
 * and go on without the family.
 */
const families: readonly (readonly [prefix: string, what: string])[] = [
  ['/mlflow/traces', 'Traces'],
  ['/mlflow/unified-traces', 'Traces'],
  ['/mlflow/get-online-trace-details', 'Traces'],
  ['/mlflow/workspaces', 'Workspaces'],
  ['/mlflow/issues', 'Issues'],
  ['/mlflow/mcp-servers', 'MCP servers'],
  ['/mlflow/skills', 'Skills'],
  ['/mlflow/label-schemas', 'Label schemas'],
  ['/mlflow/datasets', 'Evaluation datasets'],
  ['/mlflow/scorers', 'Scorers'],
  ['/mlflow/gateway', 'Gateway endpoints'],
  ['/mlflow/prompt-optimization', 'Prompt optimization'],
  ['/mlflow/review-queues', 'Review queues'],
  ['/mlflow/webhooks', 'Webhooks'],
  ['/mlflow/artifacts/presigned', 'Presigned URLs'],
  ['/otel', 'Traces'],
];

/** Ways to move files beside the proxy. Clients go on by the proxy if, and only if, the answer is 501 and begins like this. */
const transfers: readonly (readonly [prefix: string, message: string])[] = [
  ['/mlflow-artifacts/mpu/', 'Multipart upload is not supported for the current artifact repository'],
  ['/mlflow-artifacts/presigned/', 'Multipart download is not supported for the current artifact repository'],
];

const versioned = /^\/(?:ajax-)?api\/\d\.\d/;

/** The name of the family a path belongs to, if it is one of them. */
export function unbuiltFamily(path: string): string | undefined {
  const below = path.replace(versioned, '');
  return families.find(
    ([prefix]) => below === prefix || below.startsWith(`${prefix}/`) || below.startsWith(`${prefix}-`),
  )?.[1];
}

/** What MLflow answers for a way to move files that this server does not have. */
export function unbuiltTransfer(path: string): string | undefined {
  const below = path.replace(versioned, '');
  return transfers.find(([prefix]) => below.startsWith(prefix))?.[1];
}
