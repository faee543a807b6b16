/** Lists and bytes of a run's artifacts. Files of models that the run logged stand below `models:/<id>/`. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { listArtifacts } from '../../../src/protocol/artifacts.ts';
import { call, failureOf, prefix, reach } from './client.ts';
import { runQuery, surroundingsQuery } from './run.ts';

export interface Entry {
  readonly path: string;
  readonly name: string;
  readonly isFolder: boolean;
  readonly size: number;
}

/** What a previewer needs of a file: where its bytes are, and how many. */
export interface ArtifactFile extends Entry {
  readonly runId: string;
  readonly url: string;
}

const api = `${prefix}/ajax-api/2.0`;

function placeOf(runId: string, path: string): { owner: Record<string, string>; modelId?: string; inside: string } {
  const model = /^models:\/([^/]+)\/?(.*)$/.exec(path);
  if (model?.[1] === undefined) return { owner: { run_id: runId }, inside: path };
  return { owner: { model_id: model[1] }, modelId: model[1], inside: model[2] ?? '' };
}

function modelRoot(modelId: string): string {
  return `models:/${modelId}`;
}

export function downloadUrl(runId: string, path: string): string {
  const { modelId, inside } = placeOf(runId, path);
  if (modelId === undefined) return `${prefix}/get-artifact?${query({ run_id: runId, path })}`;
  const files = `${api}/mlflow/logged-models/${encodeURIComponent(modelId)}/artifacts/files`;
  return `${files}?${query({ artifact_file_path: inside })}`;
}

export function zipUrl(runId: string, path: string): string {
  const { owner, inside } = placeOf(runId, path);
  return `${api}/modelyard/artifacts/zip?${query({ ...owner, path: inside })}`;
}

/** Of an HTML file, as a page without an origin. */
export function pageUrl(runId: string, path: string): string {
  const { owner, inside } = placeOf(runId, path);
  return `${api}/modelyard/artifacts/view?${query({ ...owner, path: inside })}`;
}

/**
 * Of a small file; null when there is none, or a larger one. That it is missing is no error here.
 * @throws Error when its storage is elsewhere
 */
export async function textIfThere(
  owner: Record<string, string>,
  path: string,
  signal: AbortSignal,
): Promise<string | null> {
  const response = await reach(`${api}/modelyard/artifacts/small?${query({ ...owner, path })}`, { signal });
  if (!response.ok) throw await failureOf(response);
  const { text, unreadable } = (await response.json()) as { readonly text?: string; readonly unreadable?: string };
  if (unreadable !== undefined) throw new Error(unreadable);
  return text ?? null;
}

export function smallFileQuery(runId: string, path: string) {
  return queryOptions({
    queryKey: ['run', runId, 'artifacts', 'text', path],
    staleTime: Infinity,
    queryFn: ({ signal }) => {
      const { owner, inside } = placeOf(runId, path);
      return textIfThere(owner, inside, signal);
    },
  });
}

/** A small file of a version. */
export function modelFile(name: string, version: string, path: string) {
  return queryOptions({
    // Not below ['model', name]: whatever changes there, the files stay.
    queryKey: ['mlmodel', name, version, path],
    staleTime: Infinity,
    queryFn: ({ signal }) => textIfThere({ name, version }, path, signal),
  });
}

export function mlmodel(name: string, version: string) {
  return modelFile(name, version, 'MLmodel');
}

export function fileOf(runId: string, entry: Entry): ArtifactFile {
  return { ...entry, runId, url: downloadUrl(runId, entry.path) };
}

function query(values: Record<string, string>): string {
  return new URLSearchParams(values).toString();
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function parentOf(path: string): string {
  const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return parent === 'models:' ? '' : parent;
}

interface Listed {
  readonly path?: string | undefined;
  readonly is_dir?: boolean | undefined;
  readonly file_size?: number | bigint | string | undefined;
}

export function listing(runId: string, folder: string) {
  return queryOptions({
    queryKey: ['run', runId, 'artifacts', 'list', folder],
    queryFn: async ({ signal }): Promise<readonly Entry[]> => {
      const { modelId, inside } = placeOf(runId, folder);
      const answer =
        modelId === undefined
          ? await call(listArtifacts, { run_id: runId, path: inside }, signal)
          : await listOfModel(modelId, inside, signal);
      const root = modelId === undefined ? '' : `${modelRoot(modelId)}/`;
      const files: readonly Listed[] = answer.files ?? [];
      return files
        .map(({ path = '', is_dir = false, file_size = 0 }) => ({
          path: root + path,
          name: nameOf(path),
          isFolder: is_dir,
          size: Number(file_size),
        }))
        .sort((a, b) => Number(b.isFolder) - Number(a.isFolder) || order.compare(a.name, b.name));
    },
  });
}

const order = new Intl.Collator(undefined, { numeric: true });

async function listOfModel(modelId: string, path: string, signal: AbortSignal): Promise<{ files?: readonly Listed[] }> {
  const url = `${api}/mlflow/logged-models/${encodeURIComponent(modelId)}/artifacts/directories`;
  const response = await reach(`${url}?${query({ artifact_directory_path: path })}`, { signal });
  if (!response.ok) throw await failureOf(response);
  return (await response.json()) as { files?: readonly Listed[] };
}

export interface RunFacts {
  readonly running: boolean;
  /** Entries for the models that the run logged: their files are its artifacts too. */
  readonly models: readonly Entry[];
}

/** Of the run: whether it still writes, and its models. Both are what the run's page has asked for already. */
export function useRunFacts(runId: string): { readonly data: RunFacts; readonly isPending: boolean } {
  const run = useQuery(runQuery(runId));
  const around = useQuery(surroundingsQuery(runId));
  const models = around.data?.logged_models;
  const data = useMemo(() => {
    const made = (models ?? []).filter(({ direction }) => direction === 'output');
    const entries = made.map(({ model_id = '', name = '' }) => ({
      path: modelRoot(model_id),
      name: name === '' ? model_id : name,
      isFolder: true,
      size: 0,
    }));
    return { running: run.data?.status === 'RUNNING', models: entries };
  }, [models, run.data?.status]);
  return { data, isPending: run.isPending || around.isPending };
}

export interface Piece {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of the whole file, now. */
  readonly total: number;
}

/** Bytes from `start` up to `end`, which is not among them. A file that is shorter gives what it has. */
export async function readPiece(url: string, start: number, end: number, signal?: AbortSignal): Promise<Piece> {
  const headers = { range: `bytes=${start}-${Math.max(start, end - 1)}` };
  const response = await reach(url, { headers, signal: signal ?? null });
  const total = Number(/\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1] ?? NaN);
  if (response.status === 416) return { bytes: new Uint8Array(), total };
  if (!response.ok) throw await failureOf(response);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (response.status === 206) return { bytes, total };
  return { bytes: bytes.slice(start, end), total: bytes.length };
}

/** The first `upTo` bytes of a file. They are large, so what is not on screen is soon forgotten. */
export function head({ runId, path, size, url }: ArtifactFile, upTo: number) {
  return queryOptions({
    queryKey: ['run', runId, 'artifacts', 'bytes', path, size, upTo],
    gcTime: 20_000,
    structuralSharing: false,
    queryFn: ({ signal }) =>
      size === 0 ? { bytes: new Uint8Array(), total: 0 } : readPiece(url, 0, Math.min(size, upTo), signal),
  });
}
