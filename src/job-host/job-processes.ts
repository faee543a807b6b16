/** All processes of a job, whatever groups and sessions they made for themselves: what they inherited names the job. */
import { readdirSync, readFileSync } from 'node:fs';
import { jobVariable } from '../config/job-variable.ts';

/** What is forked while it is looked for is found in the next round. */
const rounds = 5;

/** Where the system does not tell what others inherited, only their group is known. */
export function killProcessesOf(job: string): void {
  for (let round = 0; round < rounds; round++) {
    const found = processesOf(job);
    if (found.length === 0) return;
    for (const pid of found) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended meanwhile.
      }
    }
  }
}

function processesOf(job: string): number[] {
  if (process.platform !== 'linux') return [];
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  return pids.filter((pid) => environmentOf(pid).includes(`\0${jobVariable}=${job}\0`)).map(Number);
}

/** Empty for what has ended, and for what is another user's. */
function environmentOf(pid: string): string {
  try {
    return `\0${readFileSync(`/proc/${pid}/environ`, 'latin1')}\0`;
  } catch {
    return '';
  }
}
