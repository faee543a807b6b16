import { expect, test } from 'bun:test';
import { join } from 'node:path';
import { freshFolder } from '../support/folders.ts';
import { cleanEnvironment, startServer } from '../support/start-server.ts';
import { within } from '../support/within.ts';

const root = join(import.meta.dir, '../..');

async function runGuide(name: string, dir: string, env: Record<string, string>): Promise<string> {
  const guide = await Bun.file(join(root, 'docs', name)).text();
  const blocks = [...guide.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block);
  expect(blocks.length).toBeGreaterThan(0);
  const shell = Bun.spawn(['bash', '-eux', '-o', 'pipefail', '-c', blocks.join('')], {
    cwd: dir,
    env: { ...cleanEnvironment(), PATH: `${root}/bin:${process.env['PATH']}`, ...env },
    stdout: 'pipe',
    stderr: 'pipe',
  });
  const output = Promise.all([shell.exited, new Response(shell.stdout).text(), new Response(shell.stderr).text()]);
  const [code, out, error] = await within(50_000, output).finally(() => shell.kill('SIGKILL'));
  expect({ code, error: code === 0 ? '' : error }).toEqual({ code: 0, error: '' });
  return out;
}

test('each example of the guide to commands runs as it stands there', async () => {
  const server = await startServer();
  try {
    const { dir, url } = server;
    const out = await runGuide('cli.md', dir, { MLFLOW_TRACKING_URI: url, MODELYARD_SPOOL: `${dir}/spool` });
    expect(out).toContain("Created version 2 of model 'churn': models:/churn/2");
    expect(await Bun.file(join(dir, 'champion/MLmodel')).exists()).toBe(true);
  } finally {
    await server.stop();
  }
});

test('each example of the guide to import and export too', async () => {
  const dir = freshFolder();
  const out = await runGuide('import.md', dir, {});
  expect(out).toContain('a dry run, nothing was written');
  const runs = await Bun.file(join(dir, 'backup/runs.jsonl')).text();
  expect(
    runs
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object),
  ).toMatchObject([{ run_name: 'first' }]);
});
