/** What workers write, on its way to who reads it. */

/** To the error output. */
export function passOn(line: string): void {
  process.stderr.write(`${line}\n`);
}

const mostPassed = 10_000;

/** What MLflow says, whatever was sent, when an input does not fit, and its empty line. */
const besideThePoint = /mlflow\.pyfunc\.scoring_server: If using `instances`|^$/;

/** Passes on what was not passed on before but for its numbers: a warning that comes with each request comes once. */
export function passOnOnce(): (line: string) => void {
  const passed = new Set<string>();
  return (line) => {
    const words = line.replace(/\d+/g, '0');
    if (passed.has(words) || besideThePoint.test(line)) return;
    if (passed.size < mostPassed) passed.add(words);
    passOn(line);
  };
}
