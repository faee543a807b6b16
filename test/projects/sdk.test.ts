/** `projects.run()` of the SDK, in Node and Bun. */
import { beforeAll, describe, expect, test } from 'bun:test';
import { symlinkSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildSdk } from '../../scripts/build-sdk.ts';
import { jsonOf } from '../sdk/support/script.ts';
import { freshFolder } from '../support/folders.ts';
import { mainOf, projectOf, testedProjects } from './support/project.ts';

const projects = testedProjects();
const application = freshFolder();
beforeAll(async () => {
  await buildSdk();
  mkdirSync(join(application, 'node_modules'));
  symlinkSync(join(import.meta.dir, '../..'), join(application, 'node_modules/modelyard'));
}, 60_000);

describe.each(['node', 'bun'] as const)('%s', (runtime) => {
  const said = (source: string, env: Record<string, string> = {}): Promise<unknown> =>
    jsonOf(application, source, { MLFLOW_TRACKING_URI: projects.url, ...env }, runtime);

  test('submits a project and waits for it', async () => {
    const folder = projectOf(mainOf('echo done >&2; printf %s {a}', '    parameters: {a: string}'));
    const program = `
      import { getRun, projects, startRun } from 'modelyard';
      let out = '';
      const parent = await startRun({ runName: 'parent' }, async (run) => {
        const submitted = projects.run({
          uri: ${JSON.stringify(folder)}, parameters: { a: "-it's $(id)", b: 2 }, envManager: 'local', runName: 'child',
          onOutput: (text, stream) => { if (stream === 'stdout') out += text; },
        });
        const before = submitted.status;
        const runId = await submitted.runId;
        const outcome = await submitted.wait();
        return { parent: run.runId, before, runId, outcome, after: submitted.status, output: submitted.output };
      });
      const run = await getRun(parent.runId);
      console.log(JSON.stringify({ ...parent, out, run }));`;
    const { run, out, ...answer } = (await said(program)) as {
      [name: string]: unknown;
      run: { info: { runName: string }; data: { tags: Record<string, string>; params: Record<string, string> } };
      out: string;
    };
    expect(out).toBe("-it's $(id)--b2");
    expect(answer).toMatchObject({
      before: 'SCHEDULED',
      after: 'FINISHED',
      outcome: { status: 'FINISHED', message: '' },
    });
    expect(run.info.runName).toBe('child');
    expect(run.data.tags['mlflow.parentRunId']).toBe(answer['parent'] as string);
    expect(run.data.params['b']).toBe('2');
    expect(answer['output']).toContain('done');
  });

  test('cancels one, tells why one failed, and why one was not started', async () => {
    const [slow, bad] = [projectOf(mainOf('echo started; sleep 600')), projectOf(mainOf('echo broken; exit 3'))];
    const program = `
      import { projects } from 'modelyard';
      const envManager = 'local';
      const slow = projects.run({ uri: ${JSON.stringify(slow)}, envManager });
      await slow.runId;
      await slow.cancel();
      const bad = await projects.run({ uri: ${JSON.stringify(bad)}, envManager }).wait();
      const none = projects.run({ uri: ${JSON.stringify(bad)}, entryPoint: 'nope', envManager });
      const reasons = [await none.wait().catch((error) => error.message), await none.runId.catch((error) => error.message)];
      console.log(JSON.stringify([slow.status, (await slow.wait()).status, bad, none.status, reasons]));`;
    const [status, waited, failed, none, reasons] = (await said(program)) as [string, string, object, string, string[]];
    expect([status, waited, none]).toEqual(['KILLED', 'KILLED', 'FAILED']);
    expect(failed).toMatchObject({ status: 'FAILED', message: 'the command ended with exit code 3: broken' });
    expect(new Set(reasons).size).toBe(1);
    expect(reasons[0]).toContain("no entry point 'nope'");
  });

  test('says what became of one that is canceled at once, and takes values as they are meant', async () => {
    const folder = projectOf(mainOf('printf %s {a}', '    parameters: {a: {default: x}}'));
    const program = `
      import { readdirSync } from 'node:fs';
      import { projects } from 'modelyard';
      const options = { uri: ${JSON.stringify(folder)}, envManager: 'local' };
      const gone = projects.run(options);
      await gone.cancel();
      const reason = await gone.wait().catch((error) => error.message);
      const absent = await projects.run({ ...options, parameters: { a: undefined } }).wait();
      const long = async () => projects.run({ ...options, parameters: { a: 'x'.repeat(300_000) } });
      const tooLong = await long().catch((error) => error.message);
      const left = readdirSync(process.env.TMPDIR).filter((name) => name.startsWith('modelyard-submitted-'));
      console.log(JSON.stringify({ status: gone.status, reason, run: absent.runId, tooLong, left }));`;
    const { run, ...answer } = (await said(program, { TMPDIR: freshFolder() })) as {
      run: string;
      [name: string]: unknown;
    };
    expect(answer).toEqual({
      status: 'KILLED',
      reason: 'canceled before there was a run.',
      tooLong: 'the values are longer than this system lets a command be. Give files.',
      left: [],
    });
    expect((await projects.runs()).find(({ runId }) => runId === run)?.params['a']).toBe('x');
  });
});
