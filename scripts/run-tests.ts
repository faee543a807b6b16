/**
 * Runs the test groups named on the command line, or all of them, and ends with the line `N passed, N failed`.
 * A group that counts no test has failed: a suite that silently runs nothing must not look green. Two groups run at a
 * time, because a test spends half of its time waiting for processes to start; each is told as if it ran alone.
 */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InOrder, type Voice } from './in-order.ts';
import { groups, type Group, type Step } from './test-groups.ts';
import { type Counts, lastLines, repeatedTests, slowestFiles } from './test-output.ts';

const root = join(import.meta.dir, '..');
const lanes = 2;

const running = new Set<Bun.Subprocess>();

/** What tests and their tools leave in the folder for temporary files goes with the run. A short name: sockets lie there. */
const scratch = mkdtempSync(join(tmpdir(), 'my-'));
chmodSync(scratch, 0o1777); // Some tests are another user.
process.env['TMPDIR'] = scratch;
process.on('exit', () => {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
});

/** Ends whole process groups: a runner killed alone would leave its servers behind. */
function kill(child: Bun.Subprocess): void {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}

async function forward(
  stream: ReadableStream<Uint8Array>,
  voice: Voice,
  onText: (text: string) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  for await (const chunk of stream) {
    voice.say(chunk);
    onText(decoder.decode(chunk, { stream: true }));
  }
}

interface Ran {
  /** 124 when the time was up. */
  readonly code: number;
  readonly output: string;
  /** Seconds of processors, its own and of what it started and waited for. */
  readonly cpu: number;
}

/** Runs a command and tells its output as it comes. */
async function run(command: readonly string[], voice: Voice, limitMs: number): Promise<Ran> {
  const child = Bun.spawn([...command], { cwd: root, stdin: 'ignore', stdout: 'pipe', stderr: 'pipe', detached: true });
  running.add(child);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    kill(child);
  }, limitMs);
  let output = '';
  const collect = (text: string): void => {
    output += text;
  };
  const streams = Promise.all([forward(child.stdout, voice, collect), forward(child.stderr, voice, collect)]);
  const code = await child.exited;
  running.delete(child);
  // A process that a test left behind may hold the pipes open for ever.
  await Promise.race([streams, Bun.sleep(5_000)]);
  clearTimeout(timer);
  const cpu = Number(child.resourceUsage()?.cpuTime.total ?? 0) / 1e6;
  return { code: late ? 124 : code, output, cpu };
}

/** Tests that passed only when they were run again. */
const repeated: string[] = [];

/** What was printed of those that failed: the end of a log is all that some readers of it see. */
const failures: string[] = [];

/** What a group or a step of it came to; `cpu` in seconds. */
type Result = Counts & { readonly cpu: number };

/** Runs one step; whatever its output says, a bad exit code is at least one failure. */
async function runStep(step: Step, voice: Voice, limitMs: number): Promise<Result> {
  voice.say(`\n--- ${step.name}\n`);
  const { code, output, cpu } = await run(step.command, voice, limitMs);
  if (code === 124) voice.say(`${step.name}: time is up\n`);
  if (step.timings !== undefined) tellSlowest(step.timings, voice);
  repeated.push(...repeatedTests(output).map((name) => `${step.name}: ${name}`));
  failures.push(...(step.failures?.(output) ?? (code === 0 ? [] : [lastLines(output, 40)])));
  const counts = step.count?.(output) ?? { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  if (code !== 0 && counts.failed === 0) return { ...counts, failed: 1, cpu };
  if (counts.passed + counts.failed === 0) {
    voice.say(`${step.name}: counted no test\n`);
    return { passed: 0, failed: 1, cpu };
  }
  return { ...counts, cpu };
}

/** The files in which the time of a group goes. */
function tellSlowest(timings: string, voice: Voice): void {
  if (!existsSync(timings)) return;
  const slowest = slowestFiles(readFileSync(timings, 'utf8'), 8);
  rmSync(timings);
  voice.say(`\nslowest files:\n${slowest.map((line) => `${line}\n`).join('')}`);
}

async function runGroup(group: Group, voice: Voice): Promise<Result> {
  const deadline = performance.now() + group.limitSeconds * 1000;
  let [passed, failed, cpu] = [0, 0, 0];
  for (const step of group.steps) {
    const result = await runStep(step, voice, Math.max(deadline - performance.now(), 0));
    passed += result.passed;
    failed += result.failed;
    cpu += result.cpu;
  }
  return { passed, failed, cpu };
}

/** One after the other, and each once: they install into the same folders. @returns those that failed */
async function prepare(wanted: readonly Group[], voice: Voice): Promise<ReadonlySet<string>> {
  const failed = new Set<string>();
  for (const script of new Set(wanted.flatMap((group) => group.prepare ?? []))) {
    const { code, output } = await run(['sh', script], voice, 900_000);
    if (code === 0) continue;
    failed.add(script);
    failures.push(lastLines(output, 40));
  }
  voice.end();
  return failed;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    for (const child of running) kill(child);
    process.exit(130);
  });
}

const names = process.argv.slice(2);
const unknown = names.filter((name) => !groups.some((group) => group.name === name));
if (unknown.length > 0) {
  console.error(`no such group: ${unknown.join(', ')}; there are ${groups.map((group) => group.name).join(', ')}`);
  process.exit(2);
}
const wanted = groups.filter((group) => names.length === 0 || names.includes(group.name));

const told = new InOrder((text) => process.stdout.write(text));
const missing = await prepare(wanted, told.voice());
const waiting = wanted.map((group) => ({ group, voice: told.voice() }));
const results = new Map<Group, Result & { readonly seconds: number }>();

async function lane(): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { group, voice } = next;
    const start = performance.now();
    const isReady = !group.prepare?.some((script) => missing.has(script));
    const result = isReady ? await runGroup(group, voice) : { passed: 0, failed: 1, cpu: 0 };
    results.set(group, { ...result, seconds: (performance.now() - start) / 1000 });
    voice.end();
  }
}

await Promise.all(Array.from({ length: lanes }, () => lane()));

const table = wanted.map((group) => {
  const { passed = 0, failed = 0, seconds = 0, cpu = 0 } = results.get(group) ?? {};
  const cells = [passed, failed, seconds.toFixed(1), cpu.toFixed(1)].map((cell) => String(cell).padStart(9));
  return group.name.padEnd(9) + cells.join('');
});
const sum = (of: 'passed' | 'failed'): number => [...results.values()].reduce((all, counts) => all + counts[of], 0);
if (failures.length > 0) console.log(`\nfailed:\n${failures.join('\n')}`);
console.log(`\ngroup       passed   failed  seconds      cpu\n${table.join('\n')}\n`);
if (repeated.length > 0) console.log(`passed when run again:\n${repeated.map((name) => `  ${name}\n`).join('')}`);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exit(sum('failed') > 0 ? 1 : 0);
