/**
 * Builds the server into `dist/`: each program one file with its bytecode beside it, at the place it has in `src/`.
 * That halves the time to the first answer. Bytecode of another Bun is ignored by Bun, which then reads the file itself.
 */
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dir, '..');
const dist = join(root, 'dist');
/** What `bin/modelyard` reads to see whether the sources are still those of the build. */
const sourcesFile = join(dist, 'sources.sh');
const serverPrograms = ['cli/main', 'server/reader-worker', 'endpoints/endpoints', 'job-host/server-jobs'];
const programs = [
  ...serverPrograms,
  'cli/client',
  'cli/models/serve',
  'cli/transfer',
  'serving/onnx/onnx-worker',
  'pipelines/runners/sql/sql-program',
];

export async function buildServer(): Promise<void> {
  // Made beside and then put in place: a build that fails, or is under way, takes nothing from a server that runs.
  const made = mkdtempSync(join(mkdist(), '.server-'));
  try {
    // Taken first: a source that is edited meanwhile makes the build old.
    const sums = sumsOfSources();
    await build(made);
    writeFileSync(join(made, 'sources.sh'), sourcesText(sums, made));
    // Away while the programs change: without it the sources run.
    rmSync(sourcesFile, { force: true });
    for (const program of programs) {
      mkdirSync(dirname(join(dist, program)), { recursive: true });
      for (const end of ['js.map', 'js.jsc', 'js'])
        renameSync(join(made, `${program}.${end}`), join(dist, `${program}.${end}`));
    }
    renameSync(join(made, 'sources.sh'), sourcesFile);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

/** The lines of cksum, by file. */
function sumsOfSources(): Map<string, string> {
  const files = [...new Bun.Glob('src/**/*.{ts,sql}').scanSync(root)].filter((file) => !file.endsWith('.test.ts'));
  const { stdout } = Bun.spawnSync(['cksum', 'package.json', ...files.sort()], { cwd: root });
  const lines = stdout.toString().trimEnd().split('\n');
  return new Map(lines.map((line) => [line.slice(line.lastIndexOf(' ') + 1), line]));
}

/** The programs, what they were made of and its sums, for a shell; a server need not look at what it never loads. */
function sourcesText(sums: ReadonlyMap<string, string>, made: string): string {
  const server = sourcesOf(serverPrograms, sums, made);
  return `case $1 in\nserver|ui)\n${server}\n;;\n*)\n${sourcesOf(programs, sums, made)}\n;;\nesac\n`;
}

function sourcesOf(programs: readonly string[], sums: ReadonlyMap<string, string>, made: string): string {
  const used = new Set(['package.json']);
  for (const program of programs) {
    const { sources } = JSON.parse(readFileSync(join(made, `${program}.js.map`), 'utf8')) as { sources: string[] };
    for (const source of sources) used.add(source.replace(/^(\.\.\/)+/, ''));
  }
  // A map does not name what was taken in as text.
  const known = [...sums].filter(([file]) => used.has(file) || file.endsWith('.sql'));
  return `programs='${programs.join(' ')}'\nsources='${known.map(([file]) => file).join(' ')}'\nsums='${known.map(([, line]) => line).join('\n')}'`;
}

function mkdist(): string {
  mkdirSync(dist, { recursive: true });
  return dist;
}

async function build(outdir: string): Promise<void> {
  await Bun.build({
    entrypoints: programs.map((program) => join(root, 'src', `${program}.ts`)),
    root: join(root, 'src'),
    outdir,
    naming: '[dir]/[name].[ext]',
    target: 'bun',
    // Those of users' models, which the SDK loads when they are there.
    packages: 'external',
    // Bun keeps bytecode only of CommonJS; so no top-level await and no import.meta in these programs.
    format: 'cjs',
    bytecode: true,
    minify: true,
    // For the stack traces in the log.
    sourcemap: 'linked',
  });
}
