/**
 * Measures tracking servers that speak the MLflow API side by side: `bun bench/servers.ts --help`. Each starts fresh on
 * SQLite and has the machine for itself. docs/performance.md says what the figures mean.
 */
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { measure, type Measured } from './figures.ts';
import { readOptions, type Options } from './options.ts';
import { table } from './report.ts';
import type { System } from './system.ts';

const root = join(import.meta.dir, '..');

function systemOf(name: string, { python, fml }: Options): System {
  const at = '127.0.0.1';
  switch (name) {
    case 'mlflow':
      return {
        name,
        command: (folder, port) =>
          [python, '-m', 'mlflow', 'server', '--host', at, '--port', String(port)].concat(
            ['--backend-store-uri', `sqlite:///${folder}/mlflow.db`],
            ['--artifacts-destination', `${folder}/artifacts`],
          ),
      };
    case 'fasttrackml':
      return {
        name,
        command: (folder, port) =>
          [fml, 'server', '-a', `${at}:${port}`].concat(
            ['--database-uri', `sqlite://${folder}/fasttrackml.db`],
            ['--default-artifact-root', `${folder}/artifacts`],
          ),
      };
    default:
      return {
        name,
        command: (folder, port) =>
          [join(root, 'bin/modelyard'), 'server', '--host', at, '--port', String(port)].concat([
            '--data',
            `${folder}/data`,
          ]),
      };
  }
}

/** The machine's load, which tells how far the figures can be trusted. */
function load(): string {
  return loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');
}

/** Systems that found other runs than the first one did by the same search over as many runs. */
function disagreements(results: readonly Measured[]): string[] {
  const first = new Map<number, Measured>();
  return results.flatMap((result) =>
    [...result.found].flatMap(([count, names]) => {
      const other = first.get(count);
      if (!other) {
        first.set(count, result);
        return [];
      }
      return other.found.get(count) === names
        ? []
        : [`${result.system} found other runs than ${other.system} at ${count}`];
    }),
  );
}

async function main(options: Options): Promise<number> {
  const machine = `${navigator.hardwareConcurrency} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB`;
  const loads: string[] = [];
  const results: Measured[] = [];
  const counts = new Set<number>();
  for (const name of options.systems) {
    const most = name === 'modelyard' ? options.runs : options.fillRunsForPeer;
    const checkpoints = [...counts, most].filter((count) => count <= most).sort((a, b) => a - b);
    loads.push(`${load()} before ${name}`);
    const measured = await measure(systemOf(name, options), options, [...new Set(checkpoints)]);
    results.push(measured);
    if (measured.runs > 0) counts.add(measured.runs);
    for (const text of measured.notes) process.stderr.write(`${name}: ${text}\n`);
  }
  loads.push(`${load()} at the end`);
  const notes = [
    ...results.flatMap(({ system, notes }) => notes.map((text) => `${system} ${text}`)),
    ...disagreements(results),
  ];
  process.stdout.write(
    [
      '',
      `Machine: ${machine}. Load (1, 5, 15 minutes): ${loads.join('; ')}.`,
      `${options.seconds} s for each rate. A ratio above 1 is better.`,
      '',
      table(results),
      '',
      ...notes.map((text) => `- ${text}`),
      '',
    ].join('\n'),
  );
  if (options.json !== undefined) {
    const plain = results.map((result) => ({ ...result, values: Object.fromEntries(result.values), found: undefined }));
    await Bun.write(options.json, `${JSON.stringify({ machine, loads, results: plain }, null, 2)}\n`);
  }
  const lost = results.some(({ system, values }) => system === 'modelyard' && (values.get('missing') ?? 0) > 0);
  return lost ? 1 : 0;
}

try {
  process.exit(await main(readOptions(process.argv.slice(2), root)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
}
