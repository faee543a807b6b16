import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

export interface Options {
  readonly systems: readonly string[];
  readonly python: string;
  readonly fml: string;
  readonly runs: number;
  readonly seconds: number;
  /** How long filling runs, or a history, may take on a server that is not ours. */
  readonly fillSeconds: number;
  readonly fillRunsForPeer: number;
  readonly artifactMebibytes: number;
  readonly skip: readonly string[];
  readonly json: string | undefined;
}

const help = `Usage: bun bench/servers.ts [options]

Measures tracking servers side by side, each fresh on SQLite, one after another, and prints a table with ratios.

  --systems LIST             of mlflow, fasttrackml, modelyard (all that are installed)
  --python PATH              Python that has mlflow installed (.venv/bin/python)
  --fml PATH                 FastTrackML's program (beside that Python)
  --runs N                   runs in the searched experiment (3000; 20000 for the full measure)
  --seconds N                time for each figure that is a rate (5)
  --fill-seconds N           most time for filling the runs, or a history, of a peer (600)
  --fill-runs-for-peer N     most runs filled into a peer (as --runs); ours is measured at that number too
  --artifact-mib N           size of the artifact (256)
  --skip LIST                of metrics, runs, history, artifacts
  --json FILE                writes all values there as well
`;

export function readOptions(args: readonly string[], root: string): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      systems: { type: 'string' },
      python: { type: 'string' },
      fml: { type: 'string' },
      runs: { type: 'string', default: '3000' },
      seconds: { type: 'string', default: '5' },
      'fill-seconds': { type: 'string', default: '600' },
      'fill-runs-for-peer': { type: 'string' },
      'artifact-mib': { type: 'string', default: '256' },
      skip: { type: 'string', default: '' },
      json: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    process.exit(0);
  }
  const runs = positive('runs', values.runs);
  const python = values.python ?? join(root, '.venv/bin/python');
  const fml = values.fml ?? join(dirname(python), 'fml');
  const wanted = values.systems?.split(',') ?? ['mlflow', 'fasttrackml', 'modelyard'];
  const present: Readonly<Record<string, boolean>> = {
    mlflow: existsSync(python),
    fasttrackml: existsSync(fml),
    modelyard: true,
  };
  for (const name of wanted) {
    if (present[name]) continue;
    if (values.systems !== undefined) throw new Error(`${name} is not installed or not known`);
    process.stderr.write(`${name} is not installed: left out\n`);
  }
  return {
    systems: wanted.filter((name) => present[name]),
    python,
    fml,
    runs,
    seconds: positive('seconds', values.seconds),
    fillSeconds: positive('fill-seconds', values['fill-seconds']),
    fillRunsForPeer: Math.min(runs, positive('fill-runs-for-peer', values['fill-runs-for-peer'] ?? values.runs)),
    artifactMebibytes: positive('artifact-mib', values['artifact-mib']),
    skip: values.skip.split(','),
    json: values.json,
  };
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new Error(`--${name} must be a positive number, not '${text}'`);
  return number;
}
