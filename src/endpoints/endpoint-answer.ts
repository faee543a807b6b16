/** An endpoint in the API's words. */
import type { endpoint } from '../protocol/endpoints.ts';
import type { Encoded } from '../protocol/schema.ts';
import type { Database } from '../database/database.ts';
import type { HostedEndpoint } from './endpoint-host.ts';
import { lastHour } from './endpoint-metrics.ts';
import { uriOf } from './model-reference.ts';

export async function answerOf(
  { wanted, found, running, capture }: HostedEndpoint,
  { database, staticPrefix }: { readonly database: Database; readonly staticPrefix: string },
): Promise<Encoded<typeof endpoint>> {
  const status = wanted.running ? running.status() : undefined;
  const { requests, errors, p50_ms: p50, p95_ms: p95 } = await lastHour(database, wanted.id);
  return {
    name: wanted.name,
    description: wanted.description,
    state: status?.state ?? 'stopped',
    message: status?.message ?? '',
    invocations_path: `${staticPrefix}/endpoints/${wanted.name}/invocations`,
    creation_time: wanted.creationTime,
    last_update_time: wanted.lastUpdateTime,
    served_models: wanted.models.map((model, at) => {
      const version = found[at];
      const own = status?.models[at];
      return {
        model_uri: uriOf(model),
        traffic_percentage: model.traffic,
        model_name: model.model,
        version: typeof version === 'object' ? String(version.version) : undefined,
        state: own?.state ?? 'stopped',
        message: own?.message ?? (typeof version === 'string' ? version : ''),
        restarts: own?.restarts ?? 0,
      };
    }),
    serving: running.answering().map(({ to, traffic }) => {
      const [, model = '', version = ''] = /^models:\/(.+)\/(\d+)$/.exec(to.served.uri) ?? [];
      return { model_uri: to.served.uri, model_name: model, version, traffic_percentage: traffic, in_hand: to.inHand };
    }),
    env_manager: wanted.envManager,
    workers: wanted.workers,
    timeout_seconds: wanted.timeoutSeconds,
    capture_sample_rate: wanted.captureRate,
    capture_max_bytes: wanted.captureBytes,
    capture_run_id: capture.settings.captureRun ?? undefined,
    last_hour: { requests, errors, p50_ms: p50, p95_ms: p95 },
  };
}
