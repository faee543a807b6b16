/**
 * Builds the server into `dist/`: each program one file with its bytecode beside it, at the place it has in `src/`.
 * That halves the time to the first answer. Bytecode of another Bun is ignored by Bun, which then reads the file itself.
 */
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dir, '..');
const dist = join(root, 'dist');
const programs = ['cli/main', 'server/reader-worker'];

export async function buildServer(): Promise<void> {
  // Made beside and then put in place: a build that fails, or is under way, takes nothing from a server that runs.
  const made = mkdtempSync(join(mkdist(), '.server-'));
  try {
    await build(made);
    for (const program of programs) {
      mkdirSync(dirname(join(dist, program)), { recursive: true });
      for (const end of ['js.map', 'js.jsc', 'js'])
        renameSync(join(made, `${program}.${end}`), join(dist, `${program}.${end}`));
    }
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
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
    // Bun keeps bytecode only of CommonJS; so no top-level await and no import.meta in these programs.
    format: 'cjs',
    bytecode: true,
    minify: true,
    // For the stack traces in the log.
    sourcemap: 'linked',
  });
}
