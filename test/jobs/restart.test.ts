/** Jobs outlive their server, however that ended: none is lost, and none is done twice. */
import { Database } from 'bun:sqlite';
import { expect, test } from 'bun:test';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { killProcessesOf } from '../../src/job-host/job-processes.ts';
import { freshFolder, removeFolder } from '../support/folders.ts';
import type { TestServer } from '../support/start-server.ts';
import { JobApi, linesOf, makeProject, startJobServer, until, type Job } from './support/job-server.ts';

const python = join(import.meta.dir, '../../.venv/bin');

/** Servers that come and go over the same data, of one test: most of its time a test waits, so they run together. */
class Scene implements AsyncDisposable {
  readonly dir = freshFolder();
  readonly project = makeProject(this.dir);
  readonly out = join(this.dir, 'out');
  readonly #go = join(this.dir, 'go');
  readonly #running = new Set<TestServer>();
  readonly #jobs = new Set<string>();

  /** @param port that of the server before: its jobs know it by this */
  async serve(
    port?: number,
    env: Readonly<Record<string, string>> = {},
  ): Promise<{ server: TestServer; jobs: JobApi }> {
    const place = port === undefined ? [] : ['--port', String(port)];
    const server = await startJobServer(this.dir, ['--job-concurrency', '1', ...place], { env });
    this.#running.add(server);
    return { server, jobs: new JobApi(server) };
  }

  /** Resolves with its port. */
  async kill(server: TestServer): Promise<number> {
    this.#running.delete(server);
    await server.kill();
    return server.port;
  }

  async stop(server: TestServer): Promise<number> {
    this.#running.delete(server);
    return server.stop();
  }

  /** A job at work, and a second one behind it. */
  async holding(jobs: JobApi, more: { max_attempts?: number } = {}) {
    const { job_id: id = '' } = await jobs.submit(this.project, 'hold', { out: this.out, go: this.#go }, more);
    this.#jobs.add(id);
    await until(
      () => linesOf(this.out),
      (lines) => lines.includes('begin'),
    );
    await jobs.until(id, ({ run_id: run }) => run !== undefined);
    const behind = await jobs.submit(this.project, 'main', { out: this.out, text: 'behind' });
    return { id, behind: behind.job_id };
  }

  letGo(): void {
    writeFileSync(this.#go, '');
  }

  attemptOf(id: string): string {
    return join(this.dir, 'm.db-jobs', id, 'attempt-1');
  }

  pidOf(id: string): number {
    return (JSON.parse(readFileSync(join(this.attemptOf(id), 'started'), 'utf8')) as { pid: number }).pid;
  }

  /** As if no server had seen a run of these jobs. */
  forgetRuns(): void {
    using database = new Database(join(this.dir, 'm.db'));
    database.run('UPDATE jobs SET run = NULL');
  }

  /** All of a machine at once. */
  async goDown(server: TestServer, id: string): Promise<number> {
    const port = await this.kill(server);
    killProcessesOf(id);
    return port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#running].map((server) => server.kill()));
    for (const job of this.#jobs) killProcessesOf(job);
    removeFolder(this.dir);
  }
}

test.concurrent(
  'a killed server: its job is taken over and ends well, and the next one begins',
  async () => {
    await using scene = new Scene();
    const first = await scene.serve();
    const { id, behind } = await scene.holding(first.jobs);
    const { jobs } = await scene.serve(await scene.kill(first.server));
    expect(await jobs.get(id)).toMatchObject({ state: 'running', attempts: 1 });
    scene.letGo();
    const ended = await jobs.ended(id);
    expect(ended).toMatchObject({ state: 'finished', attempts: 1, exit_code: 0 });
    expect(await jobs.statusOf(ended)).toBe('FINISHED');
    expect((await jobs.ended(behind)).state).toBe('finished');
    expect(linesOf(scene.out)).toEqual(['begin', 'end', 'behind']);
  },
  90_000,
);

test.concurrent(
  'a stopped server: its job goes on, and one that ended meanwhile is told of',
  async () => {
    await using scene = new Scene();
    const first = await scene.serve();
    const { id, behind } = await scene.holding(first.jobs);
    expect(await scene.stop(first.server)).toBe(0);
    scene.letGo();
    await until(
      () => linesOf(scene.out),
      (lines) => lines.includes('end'),
    );
    const { jobs } = await scene.serve(first.server.port);
    expect(await jobs.ended(id)).toMatchObject({ state: 'finished', attempts: 1 });
    await jobs.ended(behind);
    expect(linesOf(scene.out)).toEqual(['begin', 'end', 'behind']);
  },
  120_000,
);

test.concurrent(
  'a training in Python goes on over a killed server, and none of its metrics is lost',
  async () => {
    await using scene = new Scene();
    writeFileSync(
      join(scene.project, 'train.py'),
      `import sys, time, mlflow
with mlflow.start_run():
    for step in range(60):
        mlflow.log_metric('loss', step, step=step)
        print(step, file=open(sys.argv[2], 'a'))
        time.sleep(0.02)
`,
    );
    const first = await scene.serve(undefined, {
      PATH: `${python}:${process.env['PATH']}`,
      MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR: '1',
    });
    const { job_id: id } = await first.jobs.submit(scene.project, 'train.py', { out: scene.out });
    await until(
      () => linesOf(scene.out),
      (lines) => lines.length > 3,
    );
    const { jobs } = await scene.serve(await scene.kill(first.server));
    const ended = await jobs.ended(id);
    expect(ended).toMatchObject({ state: 'finished', attempts: 1 });
    const history = await jobs.runs.history(ended.run_id ?? '', 'loss');
    expect(history.map(({ step }) => step)).toEqual(Array.from({ length: 60 }, (_, step) => step));
    expect(linesOf(scene.out).length).toBe(60);
  },
  120_000,
);

test.concurrent(
  'a job that was taken over can be canceled',
  async () => {
    await using scene = new Scene();
    const first = await scene.serve();
    const { id, behind } = await scene.holding(first.jobs);
    const { jobs } = await scene.serve(await scene.kill(first.server));
    await jobs.cancel(id);
    const ended = await jobs.ended(id);
    expect(ended.state).toBe('canceled');
    expect(await jobs.statusOf(ended)).toBe('KILLED');
    await jobs.ended(behind);
    expect(linesOf(scene.out)).toEqual(['begin', 'behind']);
  },
  90_000,
);

test.concurrent(
  'a job whose process does not end when it is asked to is killed, with its project',
  async () => {
    await using scene = new Scene();
    const { jobs } = await scene.serve();
    const { id, behind } = await scene.holding(jobs);
    process.kill(scene.pidOf(id), 'SIGSTOP');
    await jobs.cancel(id);
    const ended = await jobs.ended(id);
    expect(ended.state).toBe('canceled');
    expect(await jobs.statusOf(ended)).toBe('KILLED');
    scene.letGo();
    await jobs.ended(behind);
    expect(linesOf(scene.out)).toEqual(['begin', 'behind']);
  },
  90_000,
);

test.concurrent(
  'the process of a job is killed: the job failed, and so did its run',
  async () => {
    await using scene = new Scene();
    const { jobs } = await scene.serve();
    const { id, behind } = await scene.holding(jobs, { max_attempts: 3 });
    process.kill(scene.pidOf(id), 'SIGKILL');
    const ended = await jobs.ended(id);
    expect(ended).toMatchObject({ state: 'failed', attempts: 1 });
    expect(ended.message).toContain('SIGKILL');
    expect(await jobs.statusOf(ended)).toBe('FAILED');
    await jobs.ended(behind);
    expect(linesOf(scene.out)).toEqual(['begin', 'behind']);
  },
  90_000,
);

test.concurrent(
  'the machine goes down: the job failed and says why',
  async () => {
    await using scene = new Scene();
    const first = await scene.serve();
    const { id, behind } = await scene.holding(first.jobs);
    const { jobs } = await scene.serve(await scene.goDown(first.server, id));
    const ended = await jobs.ended(id);
    expect(ended).toMatchObject({ state: 'failed', attempts: 1 });
    expect(ended.message).toContain('machine went down');
    expect(await jobs.statusOf(ended)).toBe('FAILED');
    expect((await jobs.ended(behind)).state).toBe('finished');
  },
  90_000,
);

test.concurrent(
  'the machine goes down: a job that may begins again, with a run of its own and before those behind it',
  async () => {
    await using scene = new Scene();
    const first = await scene.serve();
    const { id, behind } = await scene.holding(first.jobs, { max_attempts: 2 });
    const before = await first.jobs.get(id);
    const { jobs } = await scene.serve(await scene.goDown(first.server, id));
    const again = await jobs.until(id, (job: Job) => job.attempts === 2 && job.run_id !== undefined);
    expect(again.run_id).not.toBe(before.run_id);
    expect(await jobs.statusOf(before)).toBe('FAILED');
    scene.letGo();
    expect(await jobs.ended(id)).toMatchObject({ state: 'finished', attempts: 2 });
    await jobs.ended(behind);
    expect(linesOf(scene.out)).toEqual(['begin', 'begin', 'end', 'behind']);
    expect((await jobs.log(id)).text).toContain('machine went down');
  },
  90_000,
);

test.concurrent(
  'a server that is killed before the process of a job began: it begins with the next',
  async () => {
    await using scene = new Scene();
    const first = await scene.serve();
    const { id } = await scene.holding(first.jobs);
    const port = await scene.goDown(first.server, id);
    rmSync(scene.attemptOf(id), { recursive: true });
    scene.forgetRuns();
    rmSync(scene.out);
    const { jobs } = await scene.serve(port);
    scene.letGo();
    expect(await jobs.ended(id)).toMatchObject({ state: 'finished', attempts: 1 });
    expect(linesOf(scene.out).slice(0, 2)).toEqual(['begin', 'end']);
  },
  90_000,
);

test.concurrent(
  'a database without the folders of its jobs: what had a run is not done again',
  async () => {
    await using scene = new Scene();
    const first = await scene.serve();
    const { id } = await scene.holding(first.jobs);
    const port = await scene.goDown(first.server, id);
    rmSync(scene.attemptOf(id), { recursive: true });
    const { jobs } = await scene.serve(port);
    const ended = await jobs.ended(id);
    expect(ended.state).toBe('failed');
    expect(ended.message).toContain('The machine went down');
    expect(await jobs.statusOf(ended)).toBe('FAILED');
    expect(linesOf(scene.out).filter((line) => line === 'begin')).toHaveLength(1);
  },
  90_000,
);

test.concurrent(
  'a server is killed while a job begins, at whatever moment: it is done once',
  async () => {
    await using scene = new Scene();
    let port: number | undefined;
    const moments = [undefined, 'started', 'run.json', 'result.json'];
    for (const moment of moments) {
      const first = await scene.serve(port);
      const parameters = { out: scene.out, text: moment ?? 'submitted' };
      const { job_id: id = '' } = await first.jobs.submit(scene.project, 'main', parameters);
      if (moment !== undefined) {
        await until(
          () => existsSync(join(scene.attemptOf(id), moment)),
          (isThere) => isThere,
        );
      }
      port = await scene.kill(first.server);
      const { server, jobs } = await scene.serve(port);
      expect(await jobs.ended(id)).toMatchObject({ state: 'finished', attempts: 1 });
      await scene.kill(server);
    }
    expect(linesOf(scene.out)).toEqual(moments.map((moment) => moment ?? 'submitted'));
  },
  120_000,
);

test.concurrent(
  'two servers on one database do each job once, and one takes over from the other',
  async () => {
    await using scene = new Scene();
    const servers = [await scene.serve(), await scene.serve()] as const;
    const texts = Array.from({ length: 6 }, (_, at) => String(at));
    const submitted = await Promise.all(
      texts.map((text, at) =>
        servers[at % 2 === 0 ? 0 : 1].jobs.submit(scene.project, 'main', { out: scene.out, text }),
      ),
    );
    for (const { job_id: id } of submitted) {
      expect(await servers[0].jobs.ended(id)).toMatchObject({ state: 'finished', attempts: 1 });
    }
    expect(linesOf(scene.out).toSorted()).toEqual(texts);
    rmSync(scene.out);

    const held = await scene.holding(servers[0].jobs);
    await servers[1].jobs.cancel(held.id);
    expect((await servers[0].jobs.ended(held.id)).state).toBe('canceled');
    await servers[0].jobs.ended(held.behind);
    rmSync(scene.out);

    const kept = await scene.holding(servers[0].jobs);
    await servers[1].jobs.list();
    // Its run belongs to the server at this address; which of the two looks after it then does not matter.
    const { jobs } = await scene.serve(await scene.kill(servers[0].server));
    scene.letGo();
    expect(await jobs.ended(kept.id)).toMatchObject({ state: 'finished', attempts: 1 });
    await jobs.ended(kept.behind);
    expect(linesOf(scene.out)).toEqual(['begin', 'end', 'behind']);
  },
  120_000,
);
