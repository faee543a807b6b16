/** Builds the web UI into `dist/web`: hashed files, each also compressed, and the page that loads them. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { BuildArtifact } from 'bun';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = join(import.meta.dir, '..');
const out = join(root, 'dist/web');
const assets = join(out, 'assets');

type PagePart = 'script' | 'worker' | 'icon';

export async function buildWeb(): Promise<void> {
  mkdirSync(assets, { recursive: true });
  const outputs = await bundle('web/src/main.tsx');
  // By itself: it shares no part with the pages, whose first visit is to load no more for it.
  const [worker] = await bundle('web/src/app/live-worker.ts');
  if (worker === undefined) throw new Error('the worker of the live feed was not built');
  const files = [...outputs, worker].map((output) => basename(output.path));
  const icon = 'icon.svg';
  for (const output of [...outputs, worker]) write(basename(output.path), new Uint8Array(await output.arrayBuffer()));
  write(icon, readFileSync(join(root, 'web/icon.svg')));
  // Parts that are loaded later may be called main too.
  const entry = outputs.find(({ kind, path }) => kind === 'entry-point' && path.endsWith('.js'));
  const page = pageOf(files, { script: basename(entry?.path ?? ''), worker: basename(worker.path), icon });
  writeFileSync(join(out, 'index.html'), page);
  removeOld(new Set([...files, icon]));
}

async function bundle(entry: string): Promise<BuildArtifact[]> {
  const { outputs } = await Bun.build({
    entrypoints: [join(root, entry)],
    target: 'browser',
    minify: true,
    splitting: true,
    define: { 'process.env.NODE_ENV': '"production"' },
    naming: { entry: '[name]-[hash].[ext]', chunk: '[name]-[hash].[ext]', asset: '[name]-[hash].[ext]' },
  });
  return outputs;
}

/** A page that was opened before still loads its parts for an hour. */
function removeOld(wanted: ReadonlySet<string>): void {
  const old = Date.now() - 3_600_000;
  for (const file of readdirSync(assets)) {
    if (wanted.has(file.replace(/\.(gz|br)$/, ''))) continue;
    const path = join(assets, file);
    if ((statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) < old) rmSync(path, { force: true });
  }
}

/** The page, with the script that runs before the first paint in it; the server allows that one by its hash. */
function pageOf(files: readonly string[], { script, worker, icon }: Readonly<Record<PagePart, string>>): string {
  const style = files.find((file) => /^main-.*\.css$/.test(file)) ?? '';
  return readFileSync(join(root, 'web/index.html'), 'utf8')
    .replaceAll('%STYLE%', style)
    .replaceAll('%SCRIPT%', script)
    .replaceAll('%WORKER%', worker)
    .replaceAll('%ICON%', icon)
    .replace(/\s*%THEME%\s*/, () => readFileSync(join(root, 'web/src/app/first-paint.js'), 'utf8'));
}

/** The name holds the hash of the content: what is there already is the same, and compressing is slow. */
function write(name: string, content: Uint8Array): void {
  const file = join(assets, name);
  if (existsSync(`${file}.br`) && readFileSync(file).equals(content)) {
    // Still wanted: its age counts from now.
    for (const ending of ['', '.gz', '.br']) utimesSync(file + ending, new Date(), new Date());
    return;
  }
  writeFileSync(file, content);
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
  writeFileSync(`${file}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
}

if (import.meta.main) await buildWeb();
