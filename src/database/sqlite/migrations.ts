import tracking from './migrations/0001-tracking-and-registry.sql' with { type: 'text' };

/** One numbered step of the schema. Steps are only ever added; a landed one is never edited. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly text: string;
}

export const migrations: readonly Migration[] = [{ version: 1, name: 'tracking-and-registry', text: tracking }];

export const newestVersion = migrations.at(-1)?.version ?? 0;
