/** Projects as MLflow's users write them, which run here as they are: with environments of their own, steps that call steps. */
import { expect, test } from 'bun:test';
import { symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { freshFolder } from '../support/folders.ts';
import { commit, serveGit } from '../support/git-server.ts';
import { projectOf, testedProjects, type Files, type Recorded } from './support/project.ts';

const slow = 240_000;
/** uv alone of what lies in .venv. */
const bin = freshFolder();
symlinkSync(join(import.meta.dir, '../../.venv/bin/uv'), join(bin, 'uv'));
const projects = testedProjects(
  {
    PATH: `${bin}:${process.env['PATH']}`,
    XDG_CACHE_HOME: freshFolder(),
    UV_CACHE_DIR: process.env['UV_CACHE_DIR'] ?? join(homedir(), '.cache/uv'),
  },
  slow,
);

/** The smallest that can log. */
const client = 'mlflow-skinny==3.17.2';

const train = `import sys

import mlflow

alpha, l1_ratio = float(sys.argv[1]), float(sys.argv[2])
with mlflow.start_run():
    mlflow.log_param("seen_alpha", alpha)
    mlflow.log_metric("rmse", alpha + l1_ratio)
`;
const trained = (environment: string): string => `name: tutorial

${environment}

entry_points:
  main:
    parameters:
      alpha: {type: float, default: 0.5}
      l1_ratio: {type: float, default: 0.1}
    command: "python train.py {alpha} {l1_ratio}"
`;
const conda: Files = {
  MLproject: trained('conda_env: conda.yaml'),
  'conda.yaml': `name: tutorial
channels:
  - conda-forge
dependencies:
  - python=3.11
  - pip
  - pip:
      - ${client}
`,
  'train.py': train,
};
const pythonEnv: Files = {
  MLproject: trained('python_env: python_env.yaml'),
  'python_env.yaml': 'python: "3.11"\nbuild_dependencies:\n  - pip\ndependencies:\n  - -r requirements.txt\n',
  'requirements.txt': `${client}\n`,
  'train.py': train,
};

/** Each step is a run; a step that ran before with the same parameters, at the same commit, is not run again. */
const steps: Files = {
  MLproject: `name: steps

python_env: python_env.yaml

entry_points:
  load:
    command: "python load.py"
  transform:
    parameters:
      rows: path
      factor: {type: float, default: 2}
    command: "python transform.py --rows {rows} --factor {factor}"
  main:
    parameters:
      factor: {type: float, default: 2}
    command: "python main.py --factor {factor}"
`,
  'python_env.yaml': `python: "3.11"\ndependencies:\n  - ${client}\n`,
  'load.py': `import mlflow

with mlflow.start_run():
    mlflow.log_text("1\\n2\\n3\\n", "rows/rows.txt")
`,
  'transform.py': `import argparse

import mlflow

parser = argparse.ArgumentParser()
parser.add_argument("--rows")
parser.add_argument("--factor", type=float)
arguments = parser.parse_args()
with mlflow.start_run():
    with open(arguments.rows) as rows:
        mlflow.log_metric("total", sum(float(row) * arguments.factor for row in rows))
`,
  'main.py': `import argparse
import os

import mlflow
from mlflow.tracking import MlflowClient

parser = argparse.ArgumentParser()
parser.add_argument("--factor", type=float)
arguments = parser.parse_args()


def ran_before(entry_point, parameters, commit, experiment):
    client = MlflowClient()
    for run in client.search_runs([experiment], order_by=["attributes.start_time DESC"]):
        tags = run.data.tags
        if tags.get("mlflow.project.entryPoint") != entry_point or run.info.status != "FINISHED":
            continue
        if all(run.data.params.get(key) == str(value) for key, value in parameters.items()):
            if tags.get("mlflow.source.git.commit") == commit:
                return run
    return None


def get_or_run(entry_point, parameters, commit, experiment):
    cached = ran_before(entry_point, parameters, commit, experiment)
    if cached:
        print("cached", entry_point)
        return cached
    print("launching", entry_point)
    submitted = mlflow.run(".", entry_point, parameters=parameters, env_manager="local")
    return MlflowClient().get_run(submitted.run_id)


with mlflow.start_run() as active:
    commit = active.data.tags.get("mlflow.source.git.commit")
    experiment = active.info.experiment_id
    load = get_or_run("load", {}, commit, experiment)
    rows = os.path.join(load.info.artifact_uri, "rows", "rows.txt")
    transform = get_or_run("transform", {"rows": rows, "factor": arguments.factor}, commit, experiment)
    mlflow.log_metric("total", transform.data.metrics["total"])
`,
};

async function metric(run: Recorded, key: string): Promise<number | undefined> {
  const { run: found } = await projects.client.getRun({ run_id: run.runId });
  return found?.data?.metrics.find((one) => one.key === key)?.value;
}

test(
  'with conda.yaml, without conda: its pip part',
  async () => {
    const { run } = await projects.ran(projectOf(conda), '-P', 'alpha=0.25');
    expect(run).toMatchObject({
      status: 'FINISHED',
      params: { alpha: '0.25', l1_ratio: '0.1', seen_alpha: '0.25' },
      tags: { 'mlflow.project.entryPoint': 'main', 'mlflow.project.env': 'conda' },
    });
    expect(await metric(run, 'rmse')).toBeCloseTo(0.35);
  },
  slow,
);

test(
  'with python_env.yaml, from a git address',
  async () => {
    await using server = serveGit();
    const version = commit(projectOf(pythonEnv, join(server.root, 'tutorial')));
    const address = `${server.url}/tutorial`;
    const { run } = await projects.ran(address, '-v', 'main', '-P', 'alpha=5');
    expect(run).toMatchObject({
      status: 'FINISHED',
      params: { alpha: '5', seen_alpha: '5.0' },
      tags: {
        'mlflow.project.env': 'virtualenv',
        'mlflow.source.name': address,
        'mlflow.source.git.commit': version,
        'mlflow.source.git.repoURL': address,
        'mlflow.source.git.branch': 'main',
      },
    });
  },
  slow,
);

test(
  'with steps that run each other, and are not run twice',
  async () => {
    const folder = projectOf(steps);
    const version = commit(folder);
    const first = await projects.ran(folder);
    expect(first.out + first.error).toMatch(/launching load[^]*launching transform/);
    const children = async (run: Recorded): Promise<Recorded[]> =>
      (await projects.runs()).filter(({ tags }) => tags['mlflow.parentRunId'] === run.runId);
    const made = await children(first.run);
    const ended = made.map(({ status, tags }) => `${tags['mlflow.project.entryPoint']} ${status}`);
    expect(ended.toSorted()).toEqual(['load FINISHED', 'transform FINISHED']);
    expect(new Set(made.map(({ tags }) => tags['mlflow.source.git.commit']))).toEqual(new Set([version]));
    expect(await metric(first.run, 'total')).toBe(12);

    const second = await projects.ran(folder, '-P', 'factor=3');
    expect(second.out + second.error).toMatch(/cached load[^]*launching transform/);
    expect(await children(second.run)).toHaveLength(1);
    expect(await metric(second.run, 'total')).toBe(18);
  },
  slow,
);
