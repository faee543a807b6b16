/**
 * Checks who imports whom. A file of `src/` or `web/src/` may import from its own folder and from folders of strictly
 * lower levels, never upward, never sideways between two folders of one level, and no chain of imports may come back to
 * its start. Of the server's code only the wire contracts, and the words that they are made of, are known to the UI, and
 * of the UI only `api` knows them.
 */
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Every folder of `src/` with its level; a folder that is not listed here is an error. */
const serverLevels: Readonly<Record<string, number>> = {
  common: 0,
  protocol: 1,
  config: 1,
  logging: 1,
  search: 2,
  database: 2,
  artifacts: 2,
  sdk: 2,
  access: 3,
  events: 3,
  tracking: 4,
  registry: 4,
  jobs: 4,
  models: 5,
  'python-workers': 5,
  serving: 6,
  endpoints: 6,
  projects: 6,
  'job-host': 6,
  automl: 7,
  pipelines: 7,
  server: 7,
  transfer: 7,
  app: 8,
  cli: 9,
};

/** The same for `web/src/`; what stands in no folder there is the entry, above all. */
const webLevels: Readonly<Record<string, number>> = {
  styles: 0,
  text: 0,
  api: 1,
  components: 2,
  charts: 3,
  pages: 4,
  app: 5,
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly line: number;
}

/**
 * Static, dynamic, type-only and re-exporting imports alike. Read from the text because Bun's own scanner drops the
 * type-only ones, and a type that reaches upward ties the folders together as firmly as a value.
 */
const importPattern =
  /^[ \t]*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|^[ \t]*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;

function importsOf(file: string, text: string): Import[] {
  const imports: Import[] = [];
  for (const match of text.matchAll(importPattern)) {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    if (!specifier.startsWith('.')) continue;
    const line = text.slice(0, match.index + match[0].lastIndexOf(specifier)).split('\n').length;
    imports.push({ from: file, to: join(dirname(file), specifier), line });
  }
  return imports;
}

interface Place {
  readonly side: 'src' | 'web/src';
  readonly folder: string;
  readonly level: number;
}

/** Where a path such as `src/server/app.ts` belongs to; undefined outside of the known folders. */
function placeOf(file: string): Place | undefined {
  const side = file.startsWith('web/src/') ? 'web/src' : 'src';
  if (!file.startsWith(`${side}/`)) return undefined;
  const [folder = '', rest] = file.slice(side.length + 1).split('/', 2);
  if (side === 'web/src' && rest === undefined) return { side, folder, level: Number.POSITIVE_INFINITY };
  const level = (side === 'src' ? serverLevels : webLevels)[folder];
  return level === undefined || rest === undefined ? undefined : { side, folder, level };
}

/** What is wrong with one import, or undefined when it is allowed; package.json holds the version. */
function complaint(item: Import): string | undefined {
  const [from, to] = [placeOf(item.from), placeOf(item.to)];
  if (from === undefined || item.to === 'package.json') return undefined;
  if (to === undefined) return `imports ${item.to}, which lies in no known folder`;
  if (from.side !== to.side) {
    const fromWeb = from.side === 'web/src' && from.folder === 'api' && ['protocol', 'common'].includes(to.folder);
    return fromWeb ? undefined : `imports ${item.to}: only web/src/api may reach over, to src/protocol and src/common`;
  }
  if (from.folder === to.folder || to.level < from.level) return undefined;
  const direction = to.level > from.level ? 'upward' : 'sideways';
  return `imports ${direction}: ${from.folder} is level ${from.level}, ${to.folder} is level ${to.level}`;
}

/** The import cycles, each as the files on it, found by one depth-first walk. */
function cyclesOf(graph: ReadonlyMap<string, readonly Import[]>): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): void => {
    const start = path.indexOf(file);
    if (start >= 0) {
      cycles.push([...path.slice(start), file]);
      return;
    }
    if (done.has(file)) return;
    path.push(file);
    for (const item of graph.get(file) ?? []) visit(item.to);
    path.pop();
    done.add(file);
  };
  for (const file of graph.keys()) visit(file);
  return cycles;
}

const root = join(import.meta.dir, '..');
const files = ['src', 'web/src']
  .flatMap((side) => [...new Bun.Glob(`${side}/**/*.{ts,tsx}`).scanSync({ cwd: root })])
  .toSorted();
const graph = new Map<string, readonly Import[]>();
for (const file of files) graph.set(file, importsOf(file, await Bun.file(join(root, file)).text()));

const problems: string[] = [];
for (const [file, imports] of graph) {
  if (placeOf(file) === undefined) {
    problems.push(`${file}: its folder has no level; add it to ${relative(root, import.meta.path)}`);
  }
  for (const item of imports) {
    const what = existsSync(join(root, item.to)) ? complaint(item) : `imports ${item.to}, which is missing`;
    if (what !== undefined) problems.push(`${file}:${item.line}: ${what}`);
  }
}
for (const cycle of cyclesOf(graph)) problems.push(`import cycle: ${cycle.join(' -> ')}`);

if (problems.length > 0) {
  console.error(problems.join('\n'));
  console.error(
    `${problems.length} forbidden imports. Allowed: within the own folder, and from folders of lower levels.`,
  );
  process.exit(1);
}
const count = [...graph.values()].reduce((sum, imports) => sum + imports.length, 0);
console.log(`${files.length} files, ${count} imports, no upward import, no cycle`);
