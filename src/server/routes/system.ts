import packageJson from '../../../package.json' with { type: 'json' };
import { mlflowVersion } from '../../protocol/mlflow-version.ts';
import type { Permission } from '../../protocol/route.ts';
import { json, plain } from '../responses.ts';

export interface SystemContext {
  /** Why this server cannot write at the moment; undefined while it can. */
  readonly refusesWrites: () => string | undefined;
}

/** A route outside the API's families. */
export interface SystemRoute {
  readonly path: string;
  readonly permission: Permission;
  readonly summary: string;
  handle(context: SystemContext): Promise<Response> | Response;
}

/** What clients ask before they use optional parts of the API. */
const serverInfo = JSON.stringify({
  store_type: 'SqlStore',
  workspaces_enabled: false,
  trace_archival_enabled: false,
  multipart_uploads_enabled: false,
  multipart_downloads_enabled: false,
  presigned_upload_run_id_supported: false,
  presigned_upload_model_id_supported: false,
  features_enabled: { gateway: false },
  modelyard_version: packageJson.version,
});

const info = {
  permission: 'public',
  summary: 'What this server offers, for clients.',
  handle: () => json(serverInfo),
} as const;

/** What stands at the root of a server without experiments. */
export const artifactsOnlyPage: SystemRoute = {
  path: '/',
  permission: 'public',
  summary: 'Says that this server keeps artifacts only.',
  handle: () => plain('This server keeps artifacts only.\n'),
};

export const systemRoutes: readonly SystemRoute[] = [
  {
    path: '/health',
    permission: 'public',
    summary:
      'OK, or 503 with the reason while the database refuses writes, such as on a full disk, or its file or the folder of artifacts is gone.',
    handle: ({ refusesWrites }) => {
      const reason = refusesWrites();
      return reason === undefined ? plain('OK') : plain(`Nothing can be written: ${reason}.\n`, 503);
    },
  },
  {
    path: '/version',
    permission: 'public',
    summary: 'The MLflow version whose API is spoken.',
    handle: () => plain(mlflowVersion),
  },
  { path: '/api/3.0/mlflow/server-info', ...info },
  { path: '/ajax-api/3.0/mlflow/server-info', ...info },
];
