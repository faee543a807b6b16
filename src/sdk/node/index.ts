/** The SDK where there are files and processes: Node, Bun and Deno. Everything of `modelyard`, and what follows here. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setAsyncStorage } from '../active-run.ts';
import { registerArtifactStore } from '../artifact-store.ts';
import { endAllRuns } from '../fluent-runs.ts';
import { setHost } from '../host.ts';
import { localStore, uploadFiles } from './files.ts';
import { importPackage } from './import-package.ts';
import { openJournal } from './journal.ts';
import { sourceTags } from './source-tags.ts';
import { watchSystem } from './system-metrics.ts';

// Not through `process.getBuiltinModule`, which the first releases of Node 20 lack.
setAsyncStorage(() => new AsyncLocalStorage());
setHost({ sourceTags, journal: openJournal, upload: uploadFiles, systemMetrics: watchSystem, importPackage });
registerArtifactStore('file', localStore);
// A program that ends of itself ends its runs, as in the Python client.
process.once('beforeExit', () => void endAllRuns().catch((error: unknown) => console.error(String(error))));

export * from '../index.ts';
export { automl, type AutomlOptions, type AutomlSearch, type AutomlSummary } from './automl.ts';
export type { Alert as AutomlAlert } from '../../protocol/automl-record.ts';
export type { RegisteredTrial } from '../automl-register.ts';
export type { AutomlState, AutomlTrial } from '../automl-search.ts';
export { downloadArtifacts, type DownloadArtifactsOptions } from './download.ts';
export { FileLogger, type FileLoggerOptions } from './file-logger.ts';
export { projects, type ProjectOptions } from './projects.ts';
export type { ProjectOutcome, SubmittedRun } from './submitted-run.ts';
export { sync, type SyncedJournal, type SyncOptions } from './sync.ts';
