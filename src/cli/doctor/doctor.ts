import { action, single, type Group } from '../action.ts';
import { summaryOf } from '../client-command-names.ts';
import type { Detail } from '../output/output.ts';
import { bytesText } from '../output/values.ts';
import { credentials, disks, server, spool, versions, type Credentials, type ServerFinding } from './findings.ts';

/** Below this nothing that matters can be written any more. */
const littleDisk = 100_000_000;

export function doctorCommand(version: string): Group {
  return single(
    action({
      name: 'doctor',
      summary: summaryOf('doctor'),
      detail:
        'Exit code 1 when something is broken. Credentials are told by whether they are set, never by what they are.',
      flags: { 'mask-envs': { type: 'boolean', meaning: 'as for mlflow doctor; values are never shown' } },
      example: 'modelyard doctor --tracking-uri http://127.0.0.1:5000',
      async run(_given, out) {
        const [of, at, waiting, free] = await Promise.all([versions(version), server(), spool(), disks()]);
        const set = credentials();
        const full = free.filter(({ freeBytes }) => freeBytes !== null && freeBytes < littleDisk);
        const problems = [
          ...(at.problem === null ? [] : [at.problem]),
          ...(set.username && !set.password
            ? ['MLFLOW_TRACKING_USERNAME is set, MLFLOW_TRACKING_PASSWORD is not.']
            : []),
          ...full.map(({ folder, freeBytes }) => `The disk of ${folder} has ${bytesText(freeBytes ?? 0)} left.`),
        ];
        const ok = problems.length === 0;
        const wait = `${waiting.runs} ${waiting.runs === 1 ? 'run' : 'runs'} (${bytesText(waiting.bytes)}): modelyard sync sends them`;
        const details: Detail[] = [
          ['Modelyard', of.modelyard, 'bold'],
          ['Bun', of.bun],
          ['Node', of.node ?? 'not found'],
          ['OS', of.os],
          ['Git', of.git ?? 'not found'],
          ['Python', of.python ?? 'not found'],
          ['mlflow', of.mlflow ?? 'not found'],
          ['Tracking URI', at.trackingUri],
          ['Server', serverText(at), at.problem === null ? 'green' : 'red'],
          ['Credentials', credentialText(set)],
          ['Waiting to be sent', waiting.runs === 0 ? 'nothing' : wait, waiting.runs === 0 ? undefined : 'yellow'],
          ...free.map(({ folder, freeBytes }): Detail => [
            'Free disk',
            `${freeBytes === null ? 'unknown' : bytesText(freeBytes)} in ${folder}`,
          ]),
          ...problems.map((problem): Detail => ['Problem', problem, 'red']),
        ];
        out.details({ ok, problems, versions: of, server: at, credentials: set, spool: waiting, disks: free }, details);
        return ok ? 0 : 1;
      },
    }),
  );
}

function serverText({ answers, kind, version, apiVersion, latencyMs }: ServerFinding): string {
  if (!answers) return 'does not answer';
  const speaks = kind === 'modelyard' && apiVersion !== null ? `, speaks the API of MLflow ${apiVersion}` : '';
  const who =
    kind === 'modelyard' ? 'Modelyard' : kind === 'mlflow' ? 'MLflow' : 'answers, but as neither Modelyard nor MLflow';
  return `${who}${version === null ? '' : ` ${version}`}${speaks}, in ${latencyMs} ms`;
}

function credentialText({ username, password, token, inTrackingUri }: Credentials): string {
  const set = [
    inTrackingUri && 'in the tracking URI',
    username && 'MLFLOW_TRACKING_USERNAME',
    password && 'MLFLOW_TRACKING_PASSWORD',
    token && 'MLFLOW_TRACKING_TOKEN',
  ].filter(Boolean);
  return set.length === 0 ? 'none' : set.join(', ');
}
