/** Runs that the machine or the server does not let go on as they should: they get their end all the same. */
import { expect, test } from 'bun:test';
import { runModelyard, type Finished } from '../support/run-modelyard.ts';
import { mainOf, projectOf, testedProjects } from './support/project.ts';

const projects = testedProjects();

function ran(folder: string, env: Readonly<Record<string, string>>): Promise<Finished> {
  const all = { MLFLOW_TRACKING_URI: projects.url, MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0', ...env };
  return runModelyard(['run', folder, '--env-manager', 'local'], { dir: projects.cli.dir, env: all, limit: 30_000 });
}

test('where its output cannot be kept, a project runs, and says so', async () => {
  const folder = projectOf(mainOf('seq 3'));
  const { code, out, error } = await ran(folder, { TMPDIR: '/proc/none' });
  expect([code, out]).toEqual([0, '1\n2\n3\n']);
  expect(error).toContain('The output could not be kept');
  expect((await projects.runs())[0]?.status).toBe('FINISHED');
});

test('a run whose parameters the server refuses is FAILED, with the reason', async () => {
  const message = 'a value is too long for this server';
  using refusing = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    async fetch(request) {
      const { pathname, search } = new URL(request.url);
      if (pathname.endsWith('/log-batch')) {
        return Response.json({ error_code: 'INVALID_PARAMETER_VALUE', message }, { status: 400 });
      }
      const { method, headers } = request;
      return fetch(`${projects.url}${pathname}${search}`, { method, headers, body: await request.text() });
    },
  });
  const folder = projectOf(mainOf('echo {a}', '    parameters: {a: {default: 1}}'));
  const { code, out, error } = await ran(folder, { MLFLOW_TRACKING_URI: `http://127.0.0.1:${refusing.port}` });
  expect([code, out]).toEqual([1, '']);
  expect(error).toContain(message);
  const [run] = await projects.runs();
  expect([run?.status, run?.tags['modelyard.project.failure']]).toEqual(['FAILED', message]);
});
