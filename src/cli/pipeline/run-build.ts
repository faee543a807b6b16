/** The part that `build` and `task` share: run with progress, end with Ctrl-C, tell the result. */
import { availableParallelism } from 'node:os';
import { buildPipeline } from '../../pipelines/build-pipeline.ts';
import type { LoadedPipeline } from '../../pipelines/load-pipeline.ts';
import { CommandError } from '../command.ts';
import type { Output } from '../output/output.ts';
import { goOnUnwatched } from '../output/unwatched.ts';
import { showBuild } from './build-events.ts';
import { reportBuild } from './build-report.ts';
import { told } from './flags.ts';

export const recordFlags = {
  'experiment-name': {
    type: 'string',
    value: 'NAME',
    variable: 'MLFLOW_EXPERIMENT_NAME',
    fallback: "the pipeline's name",
    meaning: 'where the build is recorded',
  },
  'no-record': { type: 'boolean', meaning: 'do not record the build as a run' },
} as const;

interface Wish {
  readonly only: ReadonlySet<string> | undefined;
  readonly force: boolean;
  readonly jobs: string | undefined;
  readonly 'experiment-name'?: string | undefined;
  readonly 'no-record'?: boolean | undefined;
  readonly 'tracking-uri'?: string | undefined;
}

export async function runBuild(pipeline: LoadedPipeline, wish: Wish, out: Output): Promise<number> {
  const jobs = jobsOf(wish.jobs) ?? pipeline.jobs ?? availableParallelism();
  const shown = showBuild();
  const { signal, caught, release } = catchSignals(() => shown.note('Ending the tasks that run'));
  goOnUnwatched();
  try {
    const result = await told(() =>
      buildPipeline(pipeline, {
        only: wish.only,
        force: wish.force,
        jobs,
        signal,
        events: shown.events,
        note: (line) => shown.note(line),
        record: wish['no-record'] !== true,
        experimentName: wish['experiment-name'],
        serverIsNamed: wish['tracking-uri'] !== undefined,
      }),
    );
    shown.end();
    if (!result.failed && result.record.tasks.every(({ state }) => state === 'skipped')) {
      out.note('Everything is up to date; --force runs it all the same.');
    }
    reportBuild(result, out);
    return caught() ?? (result.failed ? 1 : 0);
  } catch (error) {
    const code = caught();
    if (code !== undefined && signal.aborted) throw new CommandError('ended before the first task began', code);
    throw error;
  } finally {
    shown.end();
    release();
  }
}

function jobsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new CommandError(`--jobs takes a whole number from 1 on, not '${text}'`, 2);
}

const exitCodes: Readonly<Partial<Record<NodeJS.Signals, number>>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/** The first signal ends the tasks and lets the build say so; the second ends it at once. */
function catchSignals(onFirst: () => void): {
  signal: AbortSignal;
  caught: () => number | undefined;
  release: () => void;
} {
  const controller = new AbortController();
  let code: number | undefined;
  const on = (name: NodeJS.Signals): void => {
    const number = exitCodes[name] ?? 1;
    if (code !== undefined) process.exit(number);
    code = number;
    onFirst();
    controller.abort();
  };
  const names = Object.keys(exitCodes) as NodeJS.Signals[];
  for (const name of names) process.on(name, on);
  return {
    signal: controller.signal,
    caught: () => code,
    release: () => {
      for (const name of names) process.off(name, on);
    },
  };
}
