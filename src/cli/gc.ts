import { existsSync } from 'node:fs';
import { artifactRepository } from '../app/start-server.ts';
import type { ServerConfig } from '../config/server-config.ts';
import { SqliteDatabase } from '../database/sqlite/sqlite-database.ts';
import { ApiError } from '../protocol/errors.ts';
import { filesInUse, hasFilesInUse } from '../registry/files-in-use.ts';
import { Erasure, type ErasedKind, type RegisteredVersion } from '../tracking/erasure.ts';
import { artifactsInSight } from '../tracking/erasure-artifacts.ts';
import { erasurePlan, type ErasurePlan, type ErasureWish } from '../tracking/erasure-plan.ts';
import { erasurePreview } from '../tracking/erasure-preview.ts';
import { CommandError, type Command } from './command.ts';
import { flagHelp } from './flag-help.ts';
import { gcFlags } from './gc-flags.ts';
import { parseFlags } from './parse-flags.ts';
import { configOf } from './places.ts';

/** Made when it is asked for: a start of the server must not wait for it. */
const help = (): string => `Usage: modelyard gc [options]

Erases for good what is deleted: runs, experiments with all they hold, and logged models, with their artifacts. Only
artifacts below --artifacts-destination and a local --default-artifact-root are erased; others are named and left. A
run or logged model with files that a version of a registered model needs stays, with its experiment, until the version
is deleted; each is named. What interrupted uploads left an hour ago or earlier goes too. The server may run meanwhile.

As with mlflow gc the three lists stand side by side: with --run-ids alone, all deleted experiments and logged models go
too. Look first: modelyard gc --dry-run

${flagHelp(gcFlags)}

Example: what was deleted a month ago or earlier, of the server that keeps its data in /srv/modelyard

  modelyard gc --data /srv/modelyard --older-than 30d --dry-run
  modelyard gc --data /srv/modelyard --older-than 30d
`;

/** What is told: the ids, the artifacts that stay because they do not lie with this server, and what versions need. */
interface Report {
  readonly dry_run: boolean;
  readonly runs: string[];
  readonly logged_models: string[];
  readonly experiments: string[];
  readonly kept_artifacts: string[];
  readonly kept_for_versions: Needed[];
  /** Only of a dry run. */
  artifact_bytes?: number;
  /** Not of a dry run: what interrupted uploads had left. */
  leftovers?: number | undefined;
}

interface Needed extends RegisteredVersion {
  readonly kind: ErasedKind;
  readonly id: string;
}

const names: Readonly<Record<ErasedKind, string>> = {
  run: 'Run',
  logged_model: 'Logged model',
  experiment: 'Experiment',
};
const listOfKind = { run: 'runs', logged_model: 'logged_models', experiment: 'experiments' } as const;

/** Milliseconds in which writers of a running server get their turn. */
const turnOfOthers = 25;

async function run(args: readonly string[]): Promise<number> {
  const flags = parseFlags('gc', args, gcFlags);
  const { json = false } = flags;
  const wish: ErasureWish = {
    runIds: idsOf(flags['run-ids']),
    modelIds: idsOf(flags['logged-model-ids']),
    experimentIds: idsOf(flags['experiment-ids']),
    olderThan: flags['older-than'] === undefined ? undefined : ageOf(flags['older-than']),
  };
  const config = configOf(flags);
  for (const name of ['tracking-uri', 'jobs', 'job-ids'] as const) {
    if (flags[name] !== undefined) process.stderr.write(`modelyard: --${name} is ${gcFlags[name].meaning}.\n`);
  }
  if (!existsSync(config.databasePath)) throw new CommandError(`there is no database at ${config.databasePath}`);
  const database = SqliteDatabase.open(config.databasePath);
  try {
    const plan = await database.read((reader) => erasurePlan(reader, wish, Date.now()));
    const report = flags['dry-run']
      ? await previewOf(database, plan, config)
      : await eraseAll(database, plan, config, json);
    if (json) process.stdout.write(`${JSON.stringify(report)}\n`);
    else tell(report);
    return 0;
  } catch (error) {
    throw error instanceof ApiError ? new CommandError(error.message) : error;
  } finally {
    await database.close();
  }
}

async function previewOf(database: SqliteDatabase, plan: ErasurePlan, config: ServerConfig): Promise<Report> {
  const preview = await database.read((reader) => erasurePreview(reader, plan, filesInUse));
  const { bytes, kept } = await artifactsInSight(artifactRepository(config), [...preview.runs, ...preview.models]);
  return {
    dry_run: true,
    runs: preview.runs.map(({ uuid }) => uuid),
    logged_models: preview.models.map(({ uuid }) => uuid),
    experiments: [...preview.experiments],
    kept_artifacts: kept,
    kept_for_versions: preview.needed.map(({ kind, id, by }) => ({ kind, id, ...by })),
    artifact_bytes: bytes,
  };
}

async function eraseAll(
  database: SqliteDatabase,
  plan: ErasurePlan,
  config: ServerConfig,
  quiet: boolean,
): Promise<Report> {
  const report: Report = {
    dry_run: false,
    runs: [],
    logged_models: [],
    experiments: [],
    kept_artifacts: [],
    kept_for_versions: [],
  };
  const needed = new Map<string, Needed>();
  const artifacts = artifactRepository(config);
  const erasure = new Erasure({
    database,
    artifacts,
    filesInUse,
    hasFilesInUse,
    pause: () => Bun.sleep(turnOfOthers),
    onErased: (kind, id) => {
      report[listOfKind[kind]].push(id);
      // As it happens, so that a command that is stopped has told what is gone.
      if (!quiet) process.stdout.write(`${names[kind]} with ID ${id} has been permanently deleted.\n`);
    },
    onKept: (uri) => report.kept_artifacts.push(uri),
    onNeeded: (kind, id, by) => needed.set(`${kind} ${id}`, { kind, id, ...by }),
  });
  await erasure.runs(plan.runs);
  await erasure.models(plan.models);
  for (const id of plan.experiments) await erasure.experiment(id);
  report.kept_for_versions.push(...needed.values());
  try {
    report.leftovers = await artifacts?.removeLeftovers();
  } catch (error) {
    // What was erased before must be told.
    process.stderr.write(`modelyard: leftovers of interrupted uploads stay: ${(error as Error).message}\n`);
  }
  return report;
}

function tell(report: Report): void {
  const { dry_run, runs, logged_models, experiments, kept_artifacts, kept_for_versions, artifact_bytes } = report;
  if (report.leftovers) {
    process.stdout.write(`Leftovers of interrupted uploads have been removed: ${report.leftovers}.\n`);
  }
  if (dry_run) {
    const line = (kind: ErasedKind) => (id: string) => `${names[kind]} with ID ${id} would be permanently deleted.\n`;
    const lines = [...runs.map(line('run')), ...logged_models.map(line('logged_model')), ...experiments.map(line('experiment'))]; // prettier-ignore
    const counts = `${runs.length} runs, ${logged_models.length} logged models, ${experiments.length} experiments`;
    process.stdout.write(
      `${lines.join('')}In all: ${counts}, ${artifact_bytes ?? 0} bytes of artifacts. Nothing was erased.\n`,
    );
  }
  for (const { kind, id, name, version } of kept_for_versions) {
    process.stderr.write(
      `modelyard: ${names[kind]} ${id} ${dry_run ? 'would stay' : 'stays'}: version ${version} of the registered model "${name}" needs its files.\n`,
    );
  }
  for (const uri of kept_artifacts) {
    process.stderr.write(
      `modelyard: artifacts ${dry_run ? 'would stay' : 'stay'} in ${uri}: not a folder of this server.\n`,
    );
  }
}

function idsOf(text: string | undefined): string[] | undefined {
  // As in MLflow, an empty list is none given.
  return text === undefined || text === '' ? undefined : text.split(',').map((id) => id.trim());
}

const units = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 } as const;

/** `1d2h3m4s`, each part a number that may have a fraction, in this order. */
function ageOf(text: string): { text: string; ms: number } {
  const number = '\\d*\\.?\\d+|\\d+\\.';
  const parts = new RegExp(
    `^(?:(?<d>${number})d)?(?:(?<h>${number})h)?(?:(?<m>${number})m)?(?:(?<s>${number})s)?$`,
  ).exec(text)?.groups;
  if (!parts) {
    throw new CommandError(`--older-than takes an age such as '8h', '2d8h5m20s' or '2m4s', not '${text}'`, 2);
  }
  const ms = Object.entries(units).reduce((sum, [unit, length]) => sum + Number(parts[unit] ?? 0) * length, 0);
  return { text, ms: Math.floor(ms) };
}

export const gcCommand: Command = {
  name: 'gc',
  summary: 'erase for good what is deleted',
  help,
  run,
};
