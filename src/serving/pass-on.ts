/** What workers write, on its way to who reads it. */

/** To the error output. */
export function passOn(line: string): void {
  process.stderr.write(`${line}\n`);
}

const mostPassed = 10_000;

/** Passes on what was not passed on before but for its numbers: a warning that comes with each request comes once. */
export function passOnOnce(): (line: string) => void {
  const passed = new Set<string>();
  return (line) => {
    const words = line.replace(/\d+/g, '0');
    if (passed.has(words)) return;
    if (passed.size < mostPassed) passed.add(words);
    passOn(line);
  };
}
