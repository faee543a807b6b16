/** The groups of tests: what installs what they need, what runs them, and how long they may take. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bunFailures, type Counts, countBun, countPytest, pytestFailures } from './test-output.ts';

export interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** Reads the runner's own summary; left out for a check, which is one test that passes with exit code 0. */
  readonly count?: (output: string) => Counts;
  /** What the runner printed of each test that failed, to be told again at the end. */
  readonly failures?: (output: string) => string[];
  /** A file in which the runner leaves the milliseconds of each file of tests. */
  readonly timings?: string;
}

export interface Group {
  readonly name: string;
  /** All steps together get this long; then what still runs is killed and counts as failed. */
  readonly limitSeconds: number;
  /** Scripts that install what must be there first. */
  readonly prepare?: readonly string[];
  readonly steps: readonly Step[];
}

const bun = process.execPath;
const installPython = 'scripts/install-python.sh';
const installJava = 'scripts/install-java.sh';
const installChromium = 'scripts/install-chromium.sh';
const installR = 'scripts/install-r.sh';
const installPostgresql = 'scripts/install-postgresql.sh';
const installSdkLibraries = 'scripts/install-sdk-libraries.sh';

function check(name: string): Step {
  return { name: `check:${name}`, command: [bun, 'run', '--silent', `check:${name}`] };
}

function unitTest(...folders: string[]): Step {
  return bunTest(folders, []);
}

/**
 * With real servers, workers and browsers on a busy machine what a person would wait for may come late. A test that
 * fails there is run once more, and the end of the output names those that needed it.
 */
function processTest(...folders: string[]): Step {
  return bunTest(folders, ['--retry', '1']);
}

function bunTest(folders: readonly string[], options: readonly string[]): Step {
  const paths = folders.map((folder) => `./${folder}/`);
  const timings = join(tmpdir(), `modelyard-timings-${process.pid}-${folders.join('-').replaceAll('/', '-')}.json`);
  const timed = [`--timings=${timings}`, '--update-timings'];
  return {
    name: `bun test ${folders.join(' ')}`,
    command: [bun, 'test', '--timeout', '60000', ...timed, ...options, ...paths],
    count: countBun,
    failures: bunFailures,
    timings,
  };
}

function pytest(folder: string): Step {
  const options = ['-p', 'no:cacheprovider', '--tb=short', '--durations=5', '--disable-warnings'];
  return {
    name: `pytest ${folder}`,
    command: ['.venv/bin/python', '-m', 'pytest', ...options, folder],
    count: countPytest,
    failures: pytestFailures,
  };
}

/** After the quick ones the longest first: a long one that begins last would run alone. */
export const groups: readonly Group[] = [
  {
    name: 'check',
    limitSeconds: 300,
    steps: [check('types'), check('lint'), check('format'), check('imports'), check('unused')],
  },
  { name: 'unit', limitSeconds: 300, steps: [unitTest('src', 'web/src')] },
  {
    name: 'web',
    limitSeconds: 2400,
    prepare: [installPython, installChromium, installSdkLibraries],
    steps: [processTest('test/web')],
  },
  {
    name: 'serving',
    limitSeconds: 1500,
    prepare: [installPython, installR, installChromium, installSdkLibraries],
    steps: [processTest('test/serving')],
  },
  {
    name: 'automl',
    limitSeconds: 2400,
    prepare: [installPython, installPostgresql],
    steps: [processTest('test/automl')],
  },
  {
    name: 'pipelines',
    limitSeconds: 900,
    prepare: [installPython, installPostgresql],
    steps: [processTest('test/pipelines')],
  },
  { name: 'compat', limitSeconds: 900, prepare: [installPython, installJava], steps: [pytest('test/compat')] },
  {
    name: 'api',
    limitSeconds: 900,
    prepare: [installPython],
    steps: [processTest('test/api', 'test/faults', 'test/security')],
  },
  {
    name: 'projects',
    limitSeconds: 900,
    prepare: [installPython],
    steps: [processTest('test/projects', 'test/jobs')],
  },
  { name: 'sdk', limitSeconds: 900, prepare: [installPython, installSdkLibraries], steps: [processTest('test/sdk')] },
  { name: 'transfer', limitSeconds: 900, prepare: [installPython], steps: [processTest('test/transfer')] },
  { name: 'oracle', limitSeconds: 900, prepare: [installPython], steps: [pytest('test/oracle')] },
  { name: 'cli', limitSeconds: 600, prepare: [installPython], steps: [processTest('test/cli')] },
];
