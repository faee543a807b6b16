import { expect, test } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

test('the program of the package is found where nothing is installed and the PATH has none', () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'modelyard-program-'));
  try {
    const source = `import { ownProgram } from ${JSON.stringify(join(import.meta.dir, 'own-program.ts'))};
      console.log(ownProgram());`;
    const { stdout } = Bun.spawnSync([process.execPath, '-e', source], { cwd: elsewhere, env: { PATH: elsewhere } });
    expect(stdout.toString().trim()).toBe(resolve(import.meta.dir, '../../../bin/modelyard'));
  } finally {
    rmSync(elsewhere, { recursive: true });
  }
});
