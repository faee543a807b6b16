/** The same calls of `mlflow run` and of `modelyard run`: exit codes, what the project gets, what is recorded. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { type GitServer, serveGit } from '../../support/git-server.ts';
import { finished, runModelyard } from '../../support/run-modelyard.ts';
import { cases } from './cases.ts';
import { expectedDifferences } from './expected-differences.ts';
import { environment, MlflowCommand } from './mlflow-command.ts';
import { makeRepository, writeProjects } from './projects.ts';
import { type Call, Side } from './side.ts';

const limit = 120_000;
const dir = freshFolder();
let git: GitServer;
let mlflow: MlflowCommand;
let theirs: Side;
let ours: Side;

async function modelyard({ args, cwd, env }: Call): Promise<{ code: number; said: string }> {
  const all = { ...environment(), ...env } as Record<string, string>;
  const { code, out, error } = await runModelyard(['run', '--env-manager', 'local', ...args], {
    dir: cwd,
    env: all,
    limit: 60_000,
  });
  return { code, said: out + error };
}

beforeAll(async () => {
  const projects = join(dir, 'projects');
  writeProjects(projects);
  const { first } = await makeRepository(projects);
  for (const copy of ['versions-a', 'versions-b', 'with-remote']) {
    cpSync(join(projects, 'repository'), join(projects, copy), { recursive: true });
  }
  const address = 'https://user:secret@example.com/one/two.git';
  await finished(['git', 'remote', 'add', 'origin', address], { dir: join(projects, 'with-remote') });
  for (const name of ['repository', 'repository.git']) {
    await finished(['git', 'clone', '-q', '--bare', join(projects, 'repository'), join(dir, 'served', name)], { dir });
  }
  git = serveGit(join(dir, 'served'));
  mlflow = await MlflowCommand.start(dir);
  const given = { projects, git: git.url, first };
  theirs = await Side.start(join(dir, 'theirs'), (call) => mlflow.run(call), given);
  ours = await Side.start(join(dir, 'ours'), modelyard, given);
}, limit);

afterAll(async () => {
  await Promise.all([mlflow[Symbol.asyncDispose](), theirs.stop(), ours.stop(), git[Symbol.asyncDispose]()]);
  removeFolder(dir);
}, limit);

for (const one of cases) {
  test(
    one.name,
    async () => {
      const [expected, got] = await Promise.all([theirs.outcome(one), ours.outcome(one)]);
      const difference = expectedDifferences[one.name];
      const wanted = difference?.ours(expected) ?? expected;
      // What was printed helps to see why they differ.
      expect(got, `mlflow:\n${theirs.said}\nmodelyard:\n${ours.said}`).toEqual(wanted);
      if (difference) expect(got, 'they no longer differ').not.toEqual(expected);
    },
    limit,
  );
}
