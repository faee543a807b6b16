/** Artifacts in S3, or in what speaks its protocol. */
import { joinPath, type ArtifactStore, type FileInfo } from '../sdk/artifact-store.ts';
import { ResourceDoesNotExistError } from '../sdk/errors.ts';
import { environment } from '../sdk/settings.ts';
import { ModelFolderError } from './model-folder.ts';

/** @param uri `s3://bucket/path` @throws ModelFolderError without credentials */
export function s3Store(uri: string): ArtifactStore {
  const [, bucket = '', root = ''] = /^s3:\/\/([^/]+)\/?(.*?)\/*$/i.exec(uri) ?? [];
  const client = clientFor(bucket);
  return {
    place: `s3://${bucket}/${root}`,
    upload: () => Promise.reject(new Error('Models in S3 are only read.')),
    async download(path) {
      const file = client.file(joinPath(root, path));
      const { size } = await file.stat().catch((error: unknown) => {
        throw reasonOf(error, `${uri}/${path}`);
      });
      return new Response(file.stream(), { headers: { 'content-length': String(size) } });
    },
    async list(path) {
      const folder = joinPath(root, path);
      const prefix = folder === '' ? '' : `${folder}/`;
      const found: FileInfo[] = [];
      const own = (key: string): string => joinPath(path, key.slice(prefix.length).replace(/\/$/, ''));
      for (let continuationToken: string | undefined; ;) {
        const page = await client.list({ prefix, delimiter: '/', ...(continuationToken ? { continuationToken } : {}) });
        for (const { key, size } of page.contents ?? []) {
          if (key !== prefix) found.push({ path: own(key), isDir: false, fileSize: size });
        }
        for (const { prefix: key } of page.commonPrefixes ?? []) {
          found.push({ path: own(key), isDir: true, fileSize: undefined });
        }
        continuationToken = page.nextContinuationToken;
        if (!continuationToken) return found;
      }
    },
  };
}

function clientFor(bucket: string): Bun.S3Client {
  const [accessKeyId, secretAccessKey] = [environment('AWS_ACCESS_KEY_ID'), environment('AWS_SECRET_ACCESS_KEY')];
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new ModelFolderError(
      'Models in S3 need AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and MLFLOW_S3_ENDPOINT_URL for a store elsewhere than at Amazon.',
    );
  }
  const sessionToken = environment('AWS_SESSION_TOKEN');
  const endpoint = environment('MLFLOW_S3_ENDPOINT_URL') ?? environment('AWS_ENDPOINT_URL');
  return new Bun.S3Client({
    bucket,
    accessKeyId,
    secretAccessKey,
    region: environment('AWS_REGION') ?? environment('AWS_DEFAULT_REGION') ?? 'us-east-1',
    ...(sessionToken === undefined ? {} : { sessionToken }),
    ...(endpoint === undefined ? {} : { endpoint }),
  });
}

function reasonOf(error: unknown, uri: string): Error {
  const { code, message } = error as { code?: string; message?: string };
  if (code === 'NoSuchKey' || code === 'NoSuchBucket' || code === 'NotFound') {
    return new ResourceDoesNotExistError('RESOURCE_DOES_NOT_EXIST', `There is no ${uri} in S3.`, 404);
  }
  return new ModelFolderError(`${uri} cannot be read from S3: ${code ?? ''} ${message ?? ''}`.trim());
}
