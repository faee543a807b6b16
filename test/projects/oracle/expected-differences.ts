/** Where we differ from mlflow on purpose: by case, why, and what ours is, made of what mlflow's was. */
import type { Outcome, RecordedRun } from './outcome.ts';

interface Difference {
  readonly why: string;
  readonly ours: (theirs: Outcome) => Outcome;
}

const refused = (code: number): Outcome => ({ code, seen: [], runs: [] });

/** Nothing is recorded of what cannot be run. */
function before(why: string, code = 1): Difference {
  return { why, ours: () => refused(code) };
}

/** mlflow leaves the run RUNNING for ever. */
function failed(why: string, reason: string, more: Partial<RecordedRun> = {}): Difference {
  const end = (run: RecordedRun): RecordedRun => ({ ...run, ...more, status: 'FAILED', ended: true, reason });
  return { why, ours: ({ runs, ...rest }) => ({ ...rest, runs: runs.map(end) }) };
}

/** Both mark it; ours says why. */
function says(reason: string): Difference {
  return { why: 'a tag says why it failed', ours: failed('', reason).ours };
}

/** mlflow breaks down, the project runs here. */
function works(why: string, seen: readonly string[], params: Readonly<Record<string, string>>): Difference {
  const start = ['in <root>/basic', 'uri <server>', 'run <run 0>', 'experiment 0'];
  const end = (run: RecordedRun): RecordedRun => ({
    ...run,
    status: 'FINISHED',
    ended: true,
    params,
    tags: { ...run.tags, 'mlflow.project.backend': 'local' },
  });
  return { why, ours: ({ runs }) => ({ code: 0, seen: [...start, ...seen], runs: runs.map(end) }) };
}

const text = { number: '0.5', text: "'two words'" };
const fetched: Difference = {
  why: "the version is fetched beside the user's files, which stay as they are",
  ours: ({ runs, seen, code }) => ({
    code,
    seen: seen.map((line) => line.replace(/^in <root>.*/, 'in <scratch>')),
    runs: runs.map(({ tags: { 'mlflow.source.git.repoURL': _, ...tags }, ...run }) => ({ ...run, tags })),
  }),
};

export const expectedDifferences: Readonly<Record<string, Difference>> = {
  'float that is none': before('types are checked'),
  'int that is none': before('types are checked'),
  'a script that is not there': before('entry points are checked'),
  'undeclared: a name that the server refuses': before('names are checked'),
  'undeclared: without a name': before('names are checked', 2),
  'docker_env without docker': before('docker is asked for'),

  'path that is not there': failed(
    'its run is marked',
    'the parameter file must be a file or folder that is there; <root>/absent.csv is not.',
  ),
  'uri that is a file': failed(
    'its run is marked',
    'the parameter file must be an address such as s3://bucket/data, not "basic/data/rows.csv".',
    { params: { file: 'basic/data/rows.csv' } },
  ),
  'unknown placeholder': failed(
    'its run is marked',
    'the command names {other}, which is no parameter of the entry point. There are: text. Write {{other}} for the braces themselves.',
  ),
  'no command': failed('its run is marked', 'the entry point commandless has no command.'),
  'backend unknown': failed(
    'its run is marked',
    "there is no backend 'moon' here. Projects run on this machine: --backend local.",
  ),

  'command that is killed': says('the command was ended by SIGKILL'),
  'command that fails': says('the command ended with exit code 3'),
  'command that is not there': says(
    'the command ended with exit code 127: <bash>: line 1: no-such-program-anywhere: command not found',
  ),

  'undeclared: a name with a blank': works(
    'the name is logged as it is, not in quotes, which servers refuse',
    ['[two words]', '[0.5]', '[--my key]', '[1]'],
    { ...text, 'my key': '1' },
  ),
  'placeholder in quotes': works(
    'a value is one word wherever its placeholder stands',
    ["[it's two]", "[ait's twoz]", "[--text=it's two]"],
    { text: `'it'"'"'s two'` },
  ),
  'path by http': works('http is read from any server', ['[<stored>/param_0/HEAD]', 'ref: refs/heads/main'], {
    file: '<git>/repository/HEAD',
  }),

  'file: address': {
    why: 'the name of the source is the folder, not put behind the working folder',
    ours: ({ runs, ...rest }) => ({
      ...rest,
      runs: runs.map((run) => ({ ...run, tags: { ...run.tags, 'mlflow.source.name': '<root>/basic' } })),
    }),
  },
  'the project ends its own run': {
    why: 'what the project says of its own end stays',
    ours: ({ runs, seen }) => ({ code: 1, seen, runs: runs.map((run) => ({ ...run, status: 'KILLED' })) }),
  },
  'run id': {
    why: "the process is told the run's own experiment, not the default one",
    ours: ({ seen, ...rest }) => ({ ...rest, seen: seen.map((line) => line.replace('experiment 0', 'experiment 1')) }),
  },
  'version of a folder: branch': fetched,
  'version of a folder: tag': fetched,
};
