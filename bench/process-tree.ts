import { readdirSync, readFileSync } from 'node:fs';

/** The process and all of its descendants. */
export function processTree(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = readProc(`/proc/${name}/stat`);
    // The second field is the program's name in parentheses and may hold anything; the parent is the fourth.
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    const siblings = children.get(parent);
    if (siblings) siblings.push(Number(name));
    else children.set(parent, [Number(name)]);
  }
  const tree = [root];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []));
  return tree;
}

/**
 * Memory of all these processes in MiB: their own pages, what forks share once, and every page of a program or library
 * once, also when processes that do not belong here have it mapped too (which a plain proportional set size would
 * divide among them, to the gain of whichever server shares its runtime with the machine).
 */
export function memoryOf(pids: readonly number[]): number {
  let kib = 0;
  const files = new Map<string, number>();
  for (const pid of pids) {
    kib += fieldOf(readProc(`/proc/${pid}/smaps_rollup`), 'Pss_Anon');
    kib += fieldOf(readProc(`/proc/${pid}/smaps_rollup`), 'Pss_Shmem');
    for (const mapping of readProc(`/proc/${pid}/smaps`).split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m)) {
      const [, , offset, device, inode] = mapping.split(/ +/, 5);
      if (inode === undefined || inode === '0') continue;
      const part = `${device} ${inode} ${offset}`;
      const resident = fieldOf(mapping, 'Rss') - fieldOf(mapping, 'Anonymous');
      files.set(part, Math.max(files.get(part) ?? 0, resident));
    }
  }
  for (const resident of files.values()) kib += resident;
  return kib / 1024;
}

/** A field of smaps in KiB. */
function fieldOf(text: string, name: string): number {
  const at = text.indexOf(`\n${name}:`);
  return at < 0 ? 0 : Number.parseInt(text.slice(at + name.length + 2), 10);
}

/** When the process began, in ticks since boot; undefined when it has ended. */
export function startOf(pid: number): string | undefined {
  const stat = readProc(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? undefined : fields[19];
}

function readProc(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return ''; // It ended meanwhile.
  }
}
