/** `modelyard run`, which does what `mlflow run` does, and `modelyard projects`, which tells what a project can do. */
import { JobFolder } from '../projects/job-folder.ts';
import type { ProjectResult } from '../projects/run-project.ts';
import { getTrackingUri, settingsOf } from '../sdk/settings.ts';
import { action, group, single, type Given } from './action.ts';
import { adviceFor } from './advice.ts';
import { summaryOf } from './client-command-names.ts';
import { CommandError } from './command.ts';
import { describe } from './describe-project.ts';
import type { Output } from './output/output.ts';
import { goOnUnwatched } from './output/unwatched.ts';
import { harmless, painted, terminalOf } from './output/terminal.ts';
import { spanText } from './output/values.ts';
import { runFlags, wishOf } from './run-flags.ts';

/** Another process has begun the job. */
const alreadyBegun = 3;

type GivenRun = Given<typeof runFlags>;

export const runCommand = single(
  action({
    name: 'run',
    summary: summaryOf('run'),
    detail: `URI is a folder, or the address of a git repository (https://…, ssh://…, git@host:path), with #FOLDER where the
project is not at its root. The command's output is shown and kept as logs/output.txt of the run. Ctrl-C ends all that the
project started. Exit codes: 0, 1 when it failed, 2 for a call that makes no sense.`,
    flags: runFlags,
    example: `modelyard run . -P alpha=0.5
modelyard run https://github.com/mlflow/mlflow-example -v master -P alpha=5
modelyard run examples -e train.py --experiment-name churn --env-manager local`,
    run: (given, out) => inJob(given, (job) => run(given, out, job)),
  }),
);

export const projectsCommand = group('projects', summaryOf('projects'), [describe]);

/** Tells the host of a job how it goes, whatever happens. */
async function inJob(given: GivenRun, work: (job: JobFolder | undefined) => Promise<ProjectResult>): Promise<number> {
  const folder = given['job-folder'];
  const job = folder === undefined ? undefined : JobFolder.begin(folder);
  if (folder !== undefined && job === undefined) {
    throw new CommandError(`another process has begun the job in ${folder}.`, alreadyBegun);
  }
  try {
    const { status, message } = await work(job);
    const code = status === 'FINISHED' ? 0 : 1;
    job?.result({ exit_code: code, status, message });
    return code;
  } catch (error) {
    const { message } = adviceFor(error, 'run');
    job?.result({ exit_code: exitCodeOf(error), status: '', message });
    throw error;
  }
}

function exitCodeOf(error: unknown): number {
  return (error as { exitCode?: number }).exitCode ?? 1;
}

async function run(given: GivenRun, out: Output, job: JobFolder | undefined): Promise<ProjectResult> {
  const wish = wishOf(given);
  const { runProject } = await import('../projects/run-project.ts');
  // Asked once it ends in its way, asked again at once, asked a third time nobody waits for the server either.
  const [stop, hurry, giveUp] = [new AbortController(), new AbortController(), new AbortController()];
  const ask = (signal: NodeJS.Signals): void => [stop, hurry, giveUp].find((one) => !one.signal.aborted)?.abort(signal);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, ask);
  goOnUnwatched();
  const begin = performance.now();
  try {
    const result = await runProject(wish, {
      onProgress: (step) => say(step, 'dim'),
      onRun: ({ runId, experimentId }) => job?.run({ run_id: runId, experiment_id: experimentId }),
      onStart: (started, command) => {
        say(`run ${started.runName} (${started.runId})`);
        say(short(command.replaceAll('\n', ' ⏎ ')), 'dim');
      },
      // With JSON, what the project prints is not the answer.
      onOutput: (bytes, stream) => written(process[out.json ? 'stderr' : stream], bytes),
      signal: stop.signal,
      hurry: hurry.signal,
      giveUp: giveUp.signal,
    });
    tell(result, performance.now() - begin, out);
    return result;
  } catch (error) {
    if (stop.signal.aborted) throw new CommandError('stopped before there was a run.');
    throw error instanceof Error && error.name === 'ProjectError'
      ? new CommandError(error.message, exitCodeOf(error))
      : error;
  } finally {
    for (const signal of signals) process.off(signal, ask);
  }
}

/** What a person can still read. */
const commandShown = 1000;

function short(command: string): string {
  if (command.length <= commandShown) return command;
  return `${command.slice(0, commandShown / 2)} … (${command.length} characters)`;
}

/** Streams whose last line has not ended. */
const midLine = new Set<NodeJS.WriteStream>();

/** Resolves when there is room for more. */
function written(stream: NodeJS.WriteStream, bytes: Uint8Array): Promise<void> {
  if (bytes.at(-1) === 10) midLine.delete(stream);
  else midLine.add(stream);
  return new Promise((resolve) => stream.write(bytes, () => resolve()));
}

function tell(result: ProjectResult, ms: number, out: Output): void {
  const { runId, experimentId, runName, status, message } = result;
  if (out.json) {
    const json = { run_id: runId, experiment_id: experimentId, run_name: runName, status, message };
    process.stdout.write(`${JSON.stringify(json, undefined, 2)}\n`);
  }
  const ended = { FINISHED: 'finished', KILLED: 'was killed' }[status as string] ?? 'failed';
  say(
    `run ${runName} ${ended} after ${spanText(ms)}: ${pageOf(runId, experimentId)}`,
    status === 'FINISHED' ? 'green' : 'red',
  );
  for (const line of message.split('\n')) if (line !== '') say(line, status === 'FINISHED' ? 'yellow' : 'red');
}

function pageOf(runId: string, experimentId: string): string {
  return `${settingsOf({ trackingUri: getTrackingUri() }).baseUrl}/#/experiments/${experimentId}/runs/${runId}`;
}

/** On a line of its own. */
function say(line: string, colour?: 'dim' | 'red' | 'green' | 'yellow'): void {
  const { stdout, stderr } = process;
  const begun = midLine.has(stderr) || (midLine.has(stdout) && stdout.isTTY && stderr.isTTY);
  midLine.clear();
  stderr.write(`${begun ? '\n' : ''}${painted(`modelyard: ${harmless(line)}`, colour, terminalOf(stderr))}\n`);
}
