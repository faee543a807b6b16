import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { artifactRepository } from '../app/start-server.ts';
import { SqliteDatabase } from '../database/sqlite/sqlite-database.ts';
import { FolderTarget } from '../transfer/folder-target.ts';
import { OwnSource } from '../transfer/own-source.ts';
import { Report } from '../transfer/report.ts';
import { ServerSource } from '../transfer/server-source.ts';
import type { Source } from '../transfer/source.ts';
import { transfer } from '../transfer/transfer.ts';
import { CommandError } from './command.ts';
import type { exportFlags } from './export-flags.ts';
import type { parseFlags } from './parse-flags.ts';
import { configOf } from './places.ts';
import { mendable, tellReport } from './transfer-report.ts';
import { TransferProgress } from './transfer-progress.ts';

type Flags = ReturnType<typeof parseFlags<typeof exportFlags>>;

export async function runExport(folder: string, flags: Flags): Promise<number> {
  const report = new Report();
  const source = await sourceOf(flags, report);
  const progress = new TransferProgress();
  try {
    await mendable('', () => {
      const target = new FolderTarget({ folder, source, report, copyArtifacts: flags.artifacts ?? true });
      return transfer(source, target, progress);
    });
  } finally {
    progress.end();
    await source.close();
  }
  const ends = { source: source.title, target: resolve(folder) };
  return tellReport({ ...ends, verb: 'Export', report, dryRun: false, json: flags.json ?? false, file: flags.report });
}

async function sourceOf(flags: Flags, report: Report): Promise<Source> {
  const experiments = flags['experiment-ids']?.split(',').map((id) => id.trim());
  const wrong = experiments?.find((id) => !/^\d+$/.test(id));
  if (wrong !== undefined) {
    throw new CommandError(`--experiment-ids takes numbers with commas between them; '${wrong}' is none`, 2);
  }
  const uri = flags['tracking-uri'];
  if (uri !== undefined) return mendable('', () => new ServerSource(uri, report, experiments));
  const config = configOf(flags);
  if (!existsSync(config.databasePath)) throw new CommandError(`there is no database at ${config.databasePath}`);
  return new OwnSource({
    title: `Modelyard's database ${config.databasePath}`,
    database: SqliteDatabase.open(config.databasePath),
    repository: artifactRepository(config),
    report,
    experiments: experiments?.map(Number),
  });
}
