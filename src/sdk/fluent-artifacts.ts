/** The fluent functions that read artifacts. `modelyard/node` also saves them to files. */
import type { FileInfo } from './artifact-store.ts';
import { resolveArtifact } from './artifact-uri.ts';
import { settingsOf } from './settings.ts';

/** The content of a file. @param uri such as `runs:/<run id>/plots/loss.png` or `models:/churn@champion/MLmodel` */
export async function downloadArtifact(uri: string): Promise<Response> {
  const { store, path } = await resolveArtifact(settingsOf(), uri);
  return store.download(path);
}

export async function loadText(uri: string): Promise<string> {
  return (await downloadArtifact(uri)).text();
}

/** A JSON file. */
export async function loadDict(uri: string): Promise<unknown> {
  return (await downloadArtifact(uri)).json();
}

/** The files and folders of a folder, by name. */
export async function listArtifacts(uri: string): Promise<FileInfo[]> {
  const { store, path } = await resolveArtifact(settingsOf(), uri);
  return store.list(path);
}
