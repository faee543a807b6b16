/** The committed reference is what the code says, and leaves nothing out. */
import { expect, test } from 'bun:test';
import { join } from 'node:path';
import { errorCatalogue } from '../../src/protocol/errors.ts';
import { limits } from '../../src/protocol/limits.ts';

const root = join(import.meta.dir, '../..');

function read(path: string): Promise<string> {
  return Bun.file(join(root, path)).text();
}

test('nothing would be written anew', async () => {
  const check = Bun.spawn([process.execPath, 'scripts/generate-reference.ts', '--check'], {
    cwd: root,
    stdout: 'ignore',
    stderr: 'pipe',
  });
  const said = await new Response(check.stderr).text();
  expect([said, await check.exited]).toEqual(['', 0]);
});

test('every error has a line', async () => {
  const page = await read('docs/reference/errors.md');
  for (const [code, { status }] of Object.entries(errorCatalogue)) {
    expect(page).toMatch(new RegExp(`^\\| \`${code}\` +\\| ${status} `, 'm'));
  }
});

test('every limit is told', async () => {
  const page = await read('docs/reference/routes.md');
  const untold = Object.entries(limits).filter(([, limit]) => !page.includes(limit.toLocaleString('en-US')));
  expect(untold).toEqual([]);
});

test('every environment variable that the source names is in the configuration', async () => {
  const page = await read('docs/reference/configuration.md');
  const untold = new Set<string>();
  for await (const path of new Bun.Glob('src/**/*.ts').scan({ cwd: root })) {
    if (path.endsWith('.test.ts')) continue;
    for (const [, name = ''] of (await read(path)).matchAll(/['"`]((?:MLFLOW|MODELYARD)_[A-Z_]+)['"`]/g)) {
      if (!page.includes(`\`${name}\``)) untold.add(`${name} in ${path}`);
    }
  }
  expect([...untold]).toEqual([]);
});
