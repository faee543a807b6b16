/** Reads what the test runners print: how many passed and failed, which ones, and why. */

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** The last number that stands before the word, so that numbers in test output before the summary do not count. */
function numberBefore(word: RegExp, output: string): number {
  return Number([...output.matchAll(word)].at(-1)?.[1] ?? 0);
}

/** Bun ends with lines such as ` 12 pass`, ` 1 fail`, `1 error`. */
export function countBun(output: string): Counts {
  return {
    passed: numberBefore(/^\s*(\d+) pass$/gm, output),
    failed: numberBefore(/^\s*(\d+) fail$/gm, output) + numberBefore(/^\s*(\d+) errors?$/gm, output),
  };
}

/** pytest ends with `== 1 failed, 12 passed, 2 errors in 3.2s ==`; a skipped test is one that nobody ran: failed. */
export function countPytest(output: string): Counts {
  const summary = output.trimEnd().split('\n').at(-1) ?? '';
  return {
    passed: numberBefore(/(\d+) (?:passed|xfailed)/g, summary),
    failed: [/(\d+) failed/g, /(\d+) errors?/g, /(\d+) skipped/g, /(\d+) xpassed/g].reduce(
      (sum, word) => sum + numberBefore(word, summary),
      0,
    ),
  };
}

/** Names of the tests that `bun test --retry` ran more than once and that then passed. */
export function repeatedTests(output: string): string[] {
  return [...output.matchAll(/^\(pass\) (.*) \(attempt \d+\)/gm)].map(([, name]) => name ?? '');
}

/** The files of tests that took longest, with what is done before and after their tests. @param timings as Bun writes them */
export function slowestFiles(timings: string, count: number): string[] {
  const { files } = JSON.parse(timings) as { files: Readonly<Record<string, number>> };
  const slowest = Object.entries(files).sort(([, a], [, b]) => b - a);
  return slowest.slice(0, count).map(([file, ms]) => `${(ms / 1000).toFixed(1).padStart(7)} s  ${file}`);
}

export function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}

const longestFailure = 40;

/** Bun prints what a test wrote and why it failed before the line `(fail) its name`; an error outside tests in a frame. */
export function bunFailures(output: string): string[] {
  const failures = [...output.matchAll(/^# Unhandled error between tests\n-+\n[^]*?\n-+$/gm)].map(([frame]) => frame);
  let lines: string[] = [];
  for (const line of output.replace(/^\d+ tests failed:$[^]*/m, '').split('\n')) {
    lines.push(line);
    if (line.startsWith('(fail) ')) failures.push(lastLines(lines.join('\n'), longestFailure));
    if (/^\((pass|fail)\) /.test(line)) lines = [];
  }
  return failures;
}

/** pytest tells every failure under `== FAILURES ==` and `== ERRORS ==`, at the end of its output. */
export function pytestFailures(output: string): string[] {
  const start = output.search(/^=+ (FAILURES|ERRORS) =+$/m);
  return start < 0 ? [] : [lastLines(output.slice(start), 3 * longestFailure)];
}
