/** Notebooks that score with a version of a model, made by the server. */
import { getInferenceNotebook } from '../../../src/protocol/registry-views.ts';
import { call, prefix } from './client.ts';

export const notebookKinds = ['batch', 'realtime'] as const;
export type NotebookKind = (typeof notebookKinds)[number];

/** @param endpoint the address of the invocations, where the version is deployed */
export async function inferenceNotebook(name: string, version: string, kind: NotebookKind, endpoint?: string) {
  const answer = await call(getInferenceNotebook, {
    name,
    version,
    kind,
    tracking_uri: `${location.origin}${prefix}`,
    ...(endpoint !== undefined && kind === 'realtime' && { endpoint }),
  });
  return { fileName: answer.file_name ?? 'notebook.ipynb', text: answer.notebook ?? '' };
}
