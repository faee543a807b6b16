/**
 * Builds the server into `dist/`: each program one file with its bytecode beside it, at the place it has in `src/`.
 * That halves the time to the first answer. Bytecode of another Bun is ignored by Bun, which then reads the file itself.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dir, '..');
const programs = ['cli/main', 'server/reader-worker'];

export async function buildServer(): Promise<void> {
  for (const program of programs) {
    for (const end of ['js', 'js.jsc', 'js.map']) rmSync(join(root, 'dist', `${program}.${end}`), { force: true });
  }
  await Bun.build({
    entrypoints: programs.map((program) => join(root, 'src', `${program}.ts`)),
    root: join(root, 'src'),
    outdir: join(root, 'dist'),
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
