export interface Measured {
  readonly ok: boolean;
  /** The last lines that it wrote, for a failure. */
  readonly message: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
  readonly cpuSeconds: number;
}

interface Limits {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Seconds until it is killed with all that it started. */
  readonly limit: number;
}

/** Runs a program to its end, or to its limit, with what it and its children took. */
export async function runMeasured(command: readonly string[], { cwd, env, limit }: Limits): Promise<Measured> {
  const begin = performance.now();
  const child = Bun.spawn([...command], {
    cwd,
    env: { ...process.env, ...env },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
    detached: true,
  });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    process.kill(-child.pid, 'SIGKILL');
  }, limit * 1000);
  const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  clearTimeout(timer);
  return {
    ok: child.exitCode === 0,
    message: late ? `killed after ${limit} s` : (stderr || stdout).trim().split('\n').slice(-5).join('\n').slice(-600),
    stdout,
    stderr,
    seconds: (performance.now() - begin) / 1000,
    cpuSeconds: Number(child.resourceUsage()?.cpuTime.total ?? 0) / 1e6,
  };
}
