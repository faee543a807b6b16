/** Files of this machine to a run, counted as they go. */
import { artifactStoreFor, checkArtifactPath, joinPath, type ArtifactStore } from '../sdk/artifact-store.ts';
import { ConnectionError, MlflowError } from '../sdk/errors.ts';
import { getRun } from '../sdk/fluent-runs.ts';
import { uploadFrom } from '../sdk/host.ts';
import { settingsOf, type Settings } from '../sdk/settings.ts';
import { StallGuard } from '../sdk/stall-guard.ts';
import { worthAnother } from '../sdk/transport.ts';
import type { Progress } from './output/progress.ts';

export interface Uploaded {
  readonly runId: string;
  readonly artifactPath: string;
  readonly files: number;
  readonly bytes: number;
}

interface Target {
  readonly runId: string;
  readonly folder: string;
  /** The files of a folder; else the file or folder itself. */
  readonly whole: boolean;
}

interface LocalFile {
  readonly path: string;
  readonly content: Blob;
}

export async function uploadArtifacts(local: string, target: Target, progress: Progress): Promise<Uploaded> {
  const { runId, folder, whole } = target;
  const settings = settingsOf();
  const store = artifactStoreFor(settings, (await getRun(runId)).info.artifactUri);
  const files: LocalFile[] = [];
  await uploadFrom(
    local,
    async (path, content) => {
      files.push({ path: checkArtifactPath(joinPath(folder, path)), content: content as Blob });
    },
    whole,
  );
  const all = files.reduce((sum, { content }) => sum + content.size, 0);
  let before = 0;
  for (const file of files) {
    const start = before;
    await send(store, file, settings, (done) => {
      progress.at(start + done, all, file.path);
    });
    before += file.content.size;
  }
  return { runId, artifactPath: folder, files: files.length, bytes: all };
}

/** A file again from its start when the connection broke: the server keeps no half. */
async function send(
  store: ArtifactStore,
  { path, content }: LocalFile,
  settings: Settings,
  onBytes: (done: number) => void,
): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const guard = new StallGuard(settings.timeout);
    try {
      let done = 0;
      const counter = new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          done += chunk.length;
          guard.moved();
          onBytes(done);
          controller.enqueue(chunk);
        },
      });
      await store.upload(path, content.stream().pipeThrough(counter), guard.options);
      return;
    } catch (error) {
      const passing =
        error instanceof ConnectionError || (error instanceof MlflowError && worthAnother.has(error.status));
      if (!passing || attempt >= settings.retries) throw error;
      await Bun.sleep(settings.backoff * 2 ** attempt);
    } finally {
      guard.end();
    }
  }
}
