/** Projects by git addresses of ssh. Git is real on both sides; between them stands an `ssh` that connects to this machine. */
import { beforeAll, expect, test } from 'bun:test';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { freshFolder } from '../support/folders.ts';
import { commit, git } from '../support/git-server.ts';
import { mainOf, projectOf, testedProjects } from './support/project.ts';

const bin = freshFolder();
const called = join(bin, 'called');
const folder = join(freshFolder(), 'trees');
const projects = testedProjects({ PATH: [bin, process.env['PATH']].join(delimiter) });
const commits: string[] = [];

beforeAll(() => {
  const words = `printf '%s\\n' "$*" >> '${called}'\nfor last; do :; done\nexec sh -c "$last"\n`;
  writeFileSync(join(bin, 'ssh'), `#!/bin/sh\n${words}`);
  chmodSync(join(bin, 'ssh'), 0o755);
  projectOf({ ...mainOf('echo one'), 'sub/MLproject': mainOf('echo sub')['MLproject'] ?? '' }, folder);
  commits.push(commit(folder));
  git(folder, 'tag', 'v1');
  projectOf(mainOf('echo two'), folder);
  commits.push(commit(folder));
});

const addresses = [
  ['ssh://git@code.example/', `ssh://git@code.example${folder}`],
  ['git@code.example:', `git@code.example:${folder}`],
] as const;

test.each(addresses)('%s gives the newest, a tag and a folder', async (_, address) => {
  const local = ['--env-manager', 'local'];
  for (const [place, version, out, at] of [
    [address, [], 'two\n', 1],
    [address, ['-v', 'v1'], 'one\n', 0],
    [`${address}#sub`, [], 'sub\n', 1],
  ] as const) {
    const ended = await projects.ran(place, ...version, ...local);
    expect([ended.out, ended.run.tags['mlflow.source.git.commit']]).toEqual([out, commits[at]]);
    expect(ended.run.tags['mlflow.source.git.repoURL']).toBe(address);
  }
  expect(readFileSync(called, 'utf8')).toContain('git@code.example git-upload-pack');
});
