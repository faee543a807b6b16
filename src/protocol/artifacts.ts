import { bool, int64, message, messageOf, string } from './schema.ts';
import { route } from './route.ts';

export const fileInfo = message({ path: string, is_dir: bool, file_size: int64 });

export const listArtifacts = route({
  name: 'listArtifacts',
  methods: ['GET'],
  path: '/mlflow/artifacts/list',
  permission: 'artifact:read',
  summary: 'The files and folders below a path of a run, by name; paths are relative to the run’s artifact root.',
  request: message({ run_id: string, run_uuid: string, path: string, page_token: string }),
  response: message({ root_uri: string, files: messageOf(fileInfo).list, next_page_token: string }),
});

export const listProxiedArtifacts = route({
  name: 'listProxiedArtifacts',
  methods: ['GET'],
  path: '/mlflow-artifacts/artifacts',
  permission: 'artifact:read',
  summary: 'The files and folders of a folder of the proxied store, by name; a file or a missing folder lists nothing.',
  request: message({ path: string }),
  response: message({ files: messageOf(fileInfo).list }),
});
