import type { Database as Connection } from 'bun:sqlite';
import tracking from './migrations/0001-tracking-and-registry.sql' with { type: 'text' };
import metricChunks from './migrations/0002-metric-chunks.sql' with { type: 'text' };
import viewIndexes from './migrations/0003-view-indexes.sql' with { type: 'text' };
import events from './migrations/0004-events.sql' with { type: 'text' };
import endpoints from './migrations/0005-endpoints.sql' with { type: 'text' };
import jobs from './migrations/0006-jobs.sql' with { type: 'text' };
import { packMetrics } from './migrations/0002-metric-chunks.ts';

/** One numbered step of the schema. Steps are only ever added; a landed one is never edited. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly text: string;
  /** What SQL cannot say, run after the text; it uses nothing of the house that may change. */
  readonly carryOver?: (connection: Connection) => void;
}

export const migrations: readonly Migration[] = [
  { version: 1, name: 'tracking-and-registry', text: tracking },
  { version: 2, name: 'metric-chunks', text: metricChunks, carryOver: packMetrics },
  { version: 3, name: 'view-indexes', text: viewIndexes },
  { version: 4, name: 'events', text: events },
  { version: 5, name: 'endpoints', text: endpoints },
  { version: 6, name: 'jobs', text: jobs },
];

export const newestVersion = migrations.at(-1)?.version ?? 0;
