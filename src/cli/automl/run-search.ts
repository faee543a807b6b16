/** Runs a search in the foreground: progress, Ctrl-C, the host of a job, the result. */
import type { AutomlConfig } from '../../protocol/automl-config.ts';
import type { SearchEnd } from '../../automl/engine/search.ts';
import type { ResumeWish } from '../../automl/engine/open-search.ts';
import { JobFolder } from '../../projects/job-folder.ts';
import { settingsOf } from '../../sdk/settings.ts';
import { CommandError } from '../command.ts';
import type { Output } from '../output/output.ts';
import { goOnUnwatched } from '../output/unwatched.ts';
import { tellSearch } from './search-report.ts';
import { showSearch } from './search-view.ts';

export interface SearchWish {
  readonly config: AutomlConfig;
  readonly resume: ResumeWish | undefined;
  readonly jobFolder: string | undefined;
  /** A message with the names of options as the user wrote them. */
  readonly inWords: (message: string) => string;
}

/** Another process has begun the job. */
const alreadyBegun = 3;
/** What still hangs then is not waited for. */
const lastPatience = 2000;
/** Until the server has been told that the search was ended at once. */
const tellingPatience = 5000;
/** As a shell has it of what Ctrl-C ended. */
const interrupted = 130;

export async function runSearchCommand(
  { config, resume, jobFolder, inWords }: SearchWish,
  out: Output,
): Promise<number> {
  const job = jobFolder === undefined ? undefined : JobFolder.begin(jobFolder);
  if (jobFolder !== undefined && job === undefined) {
    throw new CommandError(`another process has begun the job in ${jobFolder}.`, alreadyBegun);
  }
  const view = showSearch(config, inWords);
  const [stop, hurry] = [new AbortController(), new AbortController()];
  const ask = (): void => {
    if (!stop.signal.aborted) {
      view.events.note('Stopping: what there is gets ranked. Once more ends it at once.');
      stop.abort();
    } else if (!job && !hurry.signal.aborted) {
      // A server that starts again asks its jobs again.
      view.events.note(runId === undefined ? 'Ended at once.' : `Ended at once. ${howToGoOn(runId)}`);
      view.end();
      hurry.abort();
      exitSoon(interrupted, tellingPatience);
    }
  };
  let runId: string | undefined;
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, ask);
  goOnUnwatched();
  try {
    const [{ runSearch }, { realParts }] = await Promise.all([
      import('../../automl/engine/search.ts'),
      import('../../automl/engine/real-parts.ts'),
    ]);
    const events = {
      ...view.events,
      begun: (search: Parameters<typeof view.events.begun>[0]): void => {
        runId = search.runId;
        job?.run({ run_id: search.runId, experiment_id: search.experimentId });
        view.events.begun(search);
      },
    };
    const options = {
      settings: settingsOf(),
      parts: realParts,
      events,
      stop: stop.signal,
      hurry: hurry.signal,
      resume,
    };
    const end = await runSearch(config, options);
    view.end();
    job?.result({ exit_code: 0, status: end.status, message: end.message });
    if (hurry.signal.aborted) return interrupted;
    tellSearch(end, config, out);
    return exitSoon(codeOf(end, config));
  } catch (error) {
    view.end();
    if (hurry.signal.aborted) return interrupted;
    exitSoon(1);
    const { message } = error as Error;
    job?.result({ exit_code: 1, status: stop.signal.aborted ? 'KILLED' : 'FAILED', message });
    const known = ['SearchError', 'DataError', 'EnvironmentError'].includes((error as Error).name);
    const hint = stop.signal.aborted && runId !== undefined ? ` ${howToGoOn(runId)}` : '';
    throw known ? new CommandError(inWords(message) + hint) : error;
  } finally {
    for (const signal of signals) process.off(signal, ask);
  }
}

function howToGoOn(runId: string): string {
  return `To go on with it: modelyard automl resume ${runId}, or the same command with --resume --run-id ${runId}.`;
}

/** It was asked for more than a model. */
function codeOf(end: SearchEnd, { register }: AutomlConfig): number {
  return register !== undefined && end.registered === undefined ? 1 : 0;
}

function exitSoon(code: number, patience = lastPatience): number {
  setTimeout(() => process.exit(code), patience).unref();
  return code;
}
