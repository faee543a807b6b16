import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { artifactRepository } from '../app/start-server.ts';
import { SqliteDatabase } from '../database/sqlite/sqlite-database.ts';
import { openSource, sourceFormats, type SourceFormat } from '../transfer/open-source.ts';
import { OwnTarget } from '../transfer/own-target.ts';
import { Report } from '../transfer/report.ts';
import { transfer } from '../transfer/transfer.ts';
import { CommandError } from './command.ts';
import type { importFlags } from './import-flags.ts';
import type { parseFlags } from './parse-flags.ts';
import { configOf } from './places.ts';
import { mendable, tellReport } from './transfer-report.ts';
import { TransferProgress } from './transfer-progress.ts';

type Flags = ReturnType<typeof parseFlags<typeof importFlags>>;

export async function runImport(address: string, flags: Flags): Promise<number> {
  const config = configOf(flags);
  const report = new Report();
  const dryRun = flags['dry-run'] ?? false;
  const source = await mendable('', () =>
    openSource(address, {
      report,
      format: formatOf(flags.format),
      artifacts: flags['source-artifacts'],
      experiment: flags.experiment,
    }),
  );
  // A dry run must not make a database, and reads an empty one instead.
  const scratch = dryRun && !existsSync(config.databasePath) ? mkdtempSync(join(tmpdir(), 'modelyard-')) : undefined;
  const database = SqliteDatabase.open(scratch === undefined ? config.databasePath : join(scratch, 'modelyard.db'));
  const progress = new TransferProgress();
  try {
    const copies = flags.artifacts ?? true;
    if (copies && !dryRun && config.artifactsDestination) mkdirSync(config.artifactsDestination, { recursive: true });
    const repository = copies ? artifactRepository(config) : undefined;
    const { artifactRoot } = config;
    const target = new OwnTarget({ source, database, repository, artifactRoot, report, dryRun });
    await mendable('What was brought until now stays. Run the same command again: it goes on from there.', () =>
      transfer(source, target, progress),
    );
  } finally {
    progress.end();
    await source.close();
    await database.close();
    if (scratch !== undefined) rmSync(scratch, { recursive: true });
  }
  const ends = { source: source.title, target: config.databasePath };
  return tellReport({ ...ends, verb: 'Import', report, dryRun, json: flags.json ?? false, file: flags.report });
}

function formatOf(text: string | undefined): SourceFormat | undefined {
  const format = sourceFormats.find((known) => known === text);
  if (text !== undefined && format === undefined) {
    throw new CommandError(`--format takes one of ${sourceFormats.join(', ')}, not '${text}'`, 2);
  }
  return format;
}
