import { stat } from 'node:fs/promises';
import type { FileInfo } from '../sdk/artifact-store.ts';
import { listArtifacts } from '../sdk/fluent-artifacts.ts';
import { downloadArtifacts } from '../sdk/node/index.ts';
import { action, group } from './action.ts';
import { summaryOf } from './client-command-names.ts';
import { CommandError } from './command.ts';
import { runFlag } from './common-flags.ts';
import { startProgress } from './output/progress.ts';
import type { Column } from './output/table.ts';
import { Bytes, bytesText } from './output/values.ts';
import { uploadArtifacts, type Uploaded } from './upload-artifacts.ts';

const columns: readonly Column<FileInfo>[] = [
  {
    title: 'PATH',
    cell: ({ path, isDir }) => (isDir ? `${path}/` : path),
    colour: ({ isDir }) => (isDir ? 'blue' : undefined),
  },
  { title: 'SIZE', cell: ({ fileSize }) => (fileSize === undefined ? undefined : new Bytes(fileSize)), whole: true },
];

const places = {
  'run-id': { ...runFlag['run-id'], required: false },
  'artifact-path': {
    type: 'string',
    short: 'a',
    value: 'PATH',
    meaning: "a file or folder among the run's; all without it",
  },
  'artifact-uri': {
    type: 'string',
    short: 'u',
    value: 'URI',
    meaning: 'instead of a run: runs:/RUN_ID/PATH, models:/NAME/VERSION, models:/NAME@ALIAS or another artifact URI',
  },
} as const;

function uriOf(given: { readonly [K in keyof typeof places]?: string | undefined }): string {
  const { 'run-id': run, 'artifact-path': path = '', 'artifact-uri': uri } = given;
  if ((run === undefined) === (uri === undefined)) {
    throw new CommandError('say which artifacts: either --run-id ID or --artifact-uri URI', 2);
  }
  if (uri === undefined) return `runs:/${run}/${path}`;
  if (path !== '')
    throw new CommandError('--artifact-path goes with --run-id; an --artifact-uri ends with the path', 2);
  return uri;
}

const list = action({
  name: 'list',
  summary: 'list files and folders, those directly below a path',
  flags: places,
  example: `modelyard artifacts list --run-id 3f2a9c0d5e7b4a1f8c6d2e9b0a7f5c31 -a model
modelyard artifacts list -u models:/churn@champion`,
  async run(given, out) {
    out.list(await listArtifacts(uriOf(given)), columns, 'No files.');
  },
});

const download = action({
  name: 'download',
  summary: 'save a file, or a folder with all below it, and print where it is',
  detail: `What a broken download left is continued by the next one into the same folder, when the server's file is still the
same; files that are there already are not fetched again.`,
  flags: {
    ...places,
    'dst-path': { type: 'string', short: 'd', value: 'FOLDER', fallback: 'a new temporary one', meaning: 'where to' },
  },
  example: `modelyard artifacts download --run-id 3f2a9c0d5e7b4a1f8c6d2e9b0a7f5c31 -a model -d .
modelyard artifacts download -u models:/churn@champion -d models`,
  async run(given, out) {
    const progress = startProgress('Downloading');
    let bytes = 0;
    try {
      const onProgress = (done: number, all: number | undefined, what: string): void => {
        bytes = done;
        progress.at(done, all, what);
      };
      const path = await downloadArtifacts(uriOf(given), given['dst-path'], { onProgress });
      progress.end();
      out.done({ path, bytes }, path);
    } finally {
      progress.end();
    }
  },
});

const target = {
  ...runFlag,
  'artifact-path': {
    type: 'string',
    short: 'a',
    value: 'FOLDER',
    meaning: "a folder among the run's files; their root without it",
  },
} as const;

const logArtifact = action({
  name: 'log-artifact',
  summary: 'upload a file, or a folder under its name, to a run',
  detail: 'An upload that broke leaves nothing half; give the same command again.',
  flags: {
    'local-file': { type: 'string', short: 'l', value: 'FILE', required: true, meaning: 'what to upload' },
    ...target,
  },
  example: 'modelyard artifacts log-artifact -l report.html --run-id 3f2a9c0d5e7b4a1f8c6d2e9b0a7f5c31 -a reports',
  async run(given, out) {
    const uploaded = await upload(given['local-file'], given['run-id'], given['artifact-path'], false);
    out.done(uploaded, doneText(uploaded, `Logged artifact from local file ${given['local-file']}`));
  },
});

const logArtifacts = action({
  name: 'log-artifacts',
  summary: "upload a folder's files to a run",
  detail: 'An upload that broke leaves no file half; give the same command again.',
  flags: {
    'local-dir': { type: 'string', short: 'l', value: 'FOLDER', required: true, meaning: 'whose files to upload' },
    ...target,
  },
  example: 'modelyard artifacts log-artifacts -l plots --run-id 3f2a9c0d5e7b4a1f8c6d2e9b0a7f5c31 -a plots',
  async run(given, out) {
    const uploaded = await upload(given['local-dir'], given['run-id'], given['artifact-path'], true);
    out.done(uploaded, doneText(uploaded, `Logged artifacts from local dir ${given['local-dir']}`));
  },
});

async function upload(local: string, runId: string, folder = '', whole: boolean): Promise<Uploaded> {
  const found = await stat(local).catch(() => undefined);
  if (!found) throw new CommandError(`there is no ${whole ? 'folder' : 'file'} '${local}'`);
  if (whole && !found.isDirectory()) throw new CommandError(`'${local}' is a file: use artifacts log-artifact`);
  const progress = startProgress('Uploading');
  try {
    return await uploadArtifacts(local, { runId, folder, whole }, progress);
  } finally {
    progress.end();
  }
}

function doneText({ files, bytes, artifactPath, runId }: Uploaded, what: string): string {
  const count = `${files} ${files === 1 ? 'file' : 'files'}, ${bytesText(bytes)}`;
  return `${what} to artifact_path=${artifactPath === '' ? 'None' : artifactPath} of run ${runId} (${count})`;
}

export const artifactsCommand = group('artifacts', summaryOf('artifacts'), [list, download, logArtifact, logArtifacts]);
