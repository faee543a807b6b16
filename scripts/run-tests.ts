/**
 * Runs the test groups named on the command line, or all of them, and ends with the line `N passed, N failed`.
 * A group that counts no test has failed: a suite that silently runs nothing must not look green.
 */
import { join } from 'node:path';
import {
  bunFailures,
  type Counts,
  countBun,
  countPytest,
  lastLines,
  pytestFailures,
  repeatedTests,
} from './test-output.ts';

interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** Reads the runner's own summary; left out for a check, which is one test that passes with exit code 0. */
  readonly count?: (output: string) => Counts;
  /** What the runner printed of each test that failed, to be told again at the end. */
  readonly failures?: (output: string) => string[];
}

interface Group {
  readonly name: string;
  /** All steps together get this long; then what still runs is killed and counts as failed. */
  readonly limitSeconds: number;
  /** Scripts that install what must be there first. */
  readonly prepare?: readonly string[];
  readonly steps: readonly Step[];
}

const root = join(import.meta.dir, '..');
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
  return {
    name: `bun test ${folders.join(' ')}`,
    command: [bun, 'test', '--timeout', '60000', ...options, ...paths],
    count: countBun,
    failures: bunFailures,
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

const groups: readonly Group[] = [
  {
    name: 'check',
    limitSeconds: 300,
    steps: [check('types'), check('lint'), check('format'), check('imports'), check('unused')],
  },
  { name: 'unit', limitSeconds: 300, steps: [unitTest('src', 'web/src')] },
  {
    name: 'api',
    limitSeconds: 900,
    prepare: [installPython],
    steps: [processTest('test/api', 'test/faults', 'test/security')],
  },
  { name: 'sdk', limitSeconds: 900, prepare: [installPython, installSdkLibraries], steps: [processTest('test/sdk')] },
  { name: 'cli', limitSeconds: 600, prepare: [installPython], steps: [processTest('test/cli')] },
  { name: 'transfer', limitSeconds: 900, prepare: [installPython], steps: [processTest('test/transfer')] },
  {
    name: 'serving',
    limitSeconds: 1500,
    prepare: [installPython, installR, installChromium, installSdkLibraries],
    steps: [processTest('test/serving')],
  },
  {
    name: 'projects',
    limitSeconds: 900,
    prepare: [installPython],
    steps: [processTest('test/projects', 'test/jobs')],
  },
  {
    name: 'pipelines',
    limitSeconds: 900,
    prepare: [installPython, installPostgresql],
    steps: [processTest('test/pipelines')],
  },
  {
    name: 'web',
    limitSeconds: 900,
    prepare: [installPython, installChromium, installSdkLibraries],
    steps: [processTest('test/web')],
  },
  { name: 'oracle', limitSeconds: 900, prepare: [installPython], steps: [pytest('test/oracle')] },
  { name: 'compat', limitSeconds: 900, prepare: [installPython, installJava], steps: [pytest('test/compat')] },
];

let running: Bun.Subprocess | undefined;

/** Ends the step's whole process group: a runner killed alone would leave its servers behind. */
function killRunning(): void {
  if (running === undefined || running.exitCode !== null) return;
  try {
    process.kill(-running.pid, 'SIGKILL');
  } catch {
    running.kill('SIGKILL');
  }
}

async function forward(stream: ReadableStream<Uint8Array>, onText: (text: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  for await (const chunk of stream) {
    process.stdout.write(chunk);
    onText(decoder.decode(chunk, { stream: true }));
  }
}

/** Runs a command, shows its output as it comes, and returns it with the exit code; 124 when the time was up. */
async function run(command: readonly string[], limitMs: number): Promise<{ code: number; output: string }> {
  const child = Bun.spawn([...command], { cwd: root, stdin: 'ignore', stdout: 'pipe', stderr: 'pipe', detached: true });
  running = child;
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    killRunning();
  }, limitMs);
  let output = '';
  const collect = (text: string): void => {
    output += text;
  };
  const streams = Promise.all([forward(child.stdout, collect), forward(child.stderr, collect)]);
  const code = await child.exited;
  // A process that a test left behind may hold the pipes open for ever.
  await Promise.race([streams, Bun.sleep(5_000)]);
  clearTimeout(timer);
  return { code: late ? 124 : code, output };
}

/** Tests that passed only when they were run again. */
const repeated: string[] = [];

/** What was printed of those that failed: the end of a log is all that some readers of it see. */
const failures: string[] = [];

/** Runs one step; whatever its output says, a bad exit code is at least one failure. */
async function runStep(step: Step, limitMs: number): Promise<Counts> {
  console.log(`\n--- ${step.name}`);
  const { code, output } = await run(step.command, limitMs);
  if (code === 124) console.log(`${step.name}: time is up`);
  repeated.push(...repeatedTests(output).map((name) => `${step.name}: ${name}`));
  failures.push(...(step.failures?.(output) ?? (code === 0 ? [] : [lastLines(output, 40)])));
  const counts = step.count?.(output) ?? { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  if (code !== 0 && counts.failed === 0) return { ...counts, failed: 1 };
  if (counts.passed + counts.failed === 0) {
    console.log(`${step.name}: counted no test`);
    return { passed: 0, failed: 1 };
  }
  return counts;
}

async function runGroup(group: Group): Promise<Counts> {
  for (const script of group.prepare ?? []) {
    if ((await run(['sh', script], 900_000)).code !== 0) return { passed: 0, failed: 1 };
  }
  const deadline = performance.now() + group.limitSeconds * 1000;
  let [passed, failed] = [0, 0];
  for (const step of group.steps) {
    const counts = await runStep(step, Math.max(deadline - performance.now(), 0));
    passed += counts.passed;
    failed += counts.failed;
  }
  return { passed, failed };
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    killRunning();
    process.exit(130);
  });
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !groups.some((group) => group.name === name));
if (unknown.length > 0) {
  console.error(`no such group: ${unknown.join(', ')}; there are ${groups.map((group) => group.name).join(', ')}`);
  process.exit(2);
}

const table: string[] = [];
let [passed, failed] = [0, 0];
for (const group of groups) {
  if (wanted.length > 0 && !wanted.includes(group.name)) continue;
  const start = performance.now();
  const counts = await runGroup(group);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  passed += counts.passed;
  failed += counts.failed;
  table.push(
    group.name.padEnd(8) + [counts.passed, counts.failed, seconds].map((cell) => String(cell).padStart(9)).join(''),
  );
}
if (failures.length > 0) console.log(`\nfailed:\n${failures.join('\n')}`);
console.log(`\ngroup      passed   failed  seconds\n${table.join('\n')}\n`);
if (repeated.length > 0) console.log(`passed when run again:\n${repeated.map((name) => `  ${name}\n`).join('')}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
