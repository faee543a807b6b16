import { writeFileSync } from 'node:fs';
import { ApiError } from '../protocol/errors.ts';
import { outcomes, type Report } from '../transfer/report.ts';
import { MlflowError } from '../sdk/errors.ts';
import { credentialsAdvice, joined } from './advice.ts';
import { CommandError } from './command.ts';

interface Told {
  readonly verb: 'Import' | 'Export';
  readonly source: string;
  readonly target: string;
  readonly report: Report;
  readonly dryRun: boolean;
  readonly json: boolean;
  /** Where each line goes. */
  readonly file: string | undefined;
}

const mostLines = 20;

/** Tells what came and what did not; the exit code. */
export function tellReport({ verb, source, target, report, dryRun, json, file }: Told): number {
  const { counts, lines, isComplete } = report;
  if (file !== undefined) writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  if (json) {
    const all = { source, target, dry_run: dryRun, complete: isComplete, counts, lines };
    process.stdout.write(`${JSON.stringify(all)}\n`);
    return isComplete ? 0 : 1;
  }
  const width = Math.max(16, ...Object.keys(counts).map((kind) => kind.length));
  const row = (cells: readonly string[]): string =>
    `  ${cells[0]?.padEnd(width)}${cells.slice(1).map((cell) => cell.padStart(10)).join('')}\n`; // prettier-ignore
  const rows = Object.entries(counts).map(([kind, of]) =>
    row([kind.replaceAll('_', ' '), ...outcomes.map((outcome) => of[outcome].toLocaleString('en'))]),
  );
  const head = dryRun ? `${verb} of ${source} into ${target}: a dry run, nothing was written.` : `${verb} of ${source} into ${target}.`; // prettier-ignore
  process.stdout.write(`${head}\n\n${row(['', ...outcomes])}${rows.join('')}`);
  // What was not brought before the notes.
  const sorted = lines.toSorted((a, b) => Number(a.outcome === 'note') - Number(b.outcome === 'note'));
  if (sorted.length > 0) process.stdout.write('\n');
  for (const { kind, id, outcome, reason } of sorted.slice(0, mostLines)) {
    process.stdout.write(`  ${outcome.padEnd(8)}${kind.replaceAll('_', ' ')} ${id}: ${reason}\n`);
  }
  if (sorted.length > mostLines) {
    const rest = `and ${(sorted.length - mostLines).toLocaleString('en')} more`;
    process.stdout.write(`  ... ${rest}: ${file === undefined ? '--report FILE lists all' : `all are in ${file}`}\n`);
  }
  return isComplete ? 0 : 1;
}

/** What a user can mend is told in a line; what is left is a fault of ours. */
export async function mendable<T>(advice: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || !isTold(error)) throw error;
    const refusal = error instanceof MlflowError ? credentialsAdvice(error) : '';
    if (refusal !== '') throw new CommandError(joined(error.message, refusal));
    throw new CommandError(advice === '' ? error.message : `${error.message}\n  ${advice}`);
  }
}

const toldNames = ['Error', 'TypeError', 'ConnectionError', 'TimeoutError'];

function isTold(error: Error): boolean {
  const ofServer = error instanceof ApiError || error instanceof MlflowError;
  return ofServer || toldNames.includes(error.name) || (error as NodeJS.ErrnoException).code !== undefined;
}
