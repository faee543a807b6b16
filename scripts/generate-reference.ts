/**
 * Writes `docs/reference/` and the schema dump from the code. With `--check` nothing is written; a file that is not
 * what would be written, or that nothing writes any more, is an error.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cliPage } from './reference/cli-page.ts';
import { configurationPage } from './reference/configuration-page.ts';
import { errorsPage } from './reference/errors-page.ts';
import { routesPage } from './reference/routes-page.ts';
import { sdkPage } from './reference/sdk-page.ts';
import { schemaDump } from './reference/schema-dump.ts';

const root = join(import.meta.dir, '..');
const folder = 'docs/reference';

const texts: Readonly<Record<string, string>> = {
  [`${folder}/routes.md`]: await routesPage(),
  [`${folder}/errors.md`]: await errorsPage(),
  [`${folder}/configuration.md`]: await configurationPage(),
  [`${folder}/cli.md`]: await cliPage(),
  [`${folder}/sdk.md`]: await sdkPage(),
  'src/database/sqlite/schema.sql': schemaDump(),
};

/** What is wrong with a file, or undefined. */
async function complaint(path: string, text: string): Promise<string | undefined> {
  const file = Bun.file(join(root, path));
  if (!(await file.exists())) return `${path} is missing`;
  const lines = (await file.text()).split('\n');
  const wanted = text.split('\n');
  const at = wanted.findIndex((line, i) => line !== lines[i]);
  if (at < 0 && lines.length === wanted.length) return undefined;
  const line = at < 0 ? wanted.length : at;
  return `${path}:${line + 1} is not what the code says\n  is:     ${lines[line] ?? '(end)'}\n  should: ${wanted[line] ?? '(end)'}`;
}

function strayFiles(): string[] {
  if (!existsSync(join(root, folder))) return [];
  const files = new Bun.Glob('**/*').scanSync({ cwd: join(root, folder) });
  return [...files]
    .map((name) => `${folder}/${name}`)
    .filter((path) => !(path in texts))
    .map((path) => `${path} is not written by scripts/generate-reference.ts; delete it, or keep it elsewhere`);
}

const [option, ...more] = process.argv.slice(2);
if (more.length > 0 || (option !== undefined && option !== '--check')) {
  console.error('Usage: bun scripts/generate-reference.ts [--check]');
  process.exit(2);
}
if (option === '--check') {
  const found = await Promise.all(Object.entries(texts).map(([path, text]) => complaint(path, text)));
  const problems = [...found.filter((problem) => problem !== undefined), ...strayFiles()];
  if (problems.length > 0) {
    console.error(problems.join('\n'));
    console.error('To write them anew: node_modules/.bin/bun scripts/generate-reference.ts');
    process.exit(1);
  }
  console.log(`${Object.keys(texts).length} generated files are what the code says`);
} else {
  for (const [path, text] of Object.entries(texts)) {
    await Bun.write(join(root, path), text);
    console.log(path);
  }
}
