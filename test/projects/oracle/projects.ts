/** The projects that the cases run, as files. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { finished } from '../../support/run-modelyard.ts';

/** Writes its arguments, and what it finds in its environment, to the file that `SEEN` names. */
const show = String.raw`{
  echo "in $PWD"
  echo "uri $MLFLOW_TRACKING_URI"
  echo "run $MLFLOW_RUN_ID"
  echo "experiment $MLFLOW_EXPERIMENT_ID"
  for word in "$@"; do printf '[%s]\n' "$word"; done
} >> "$SEEN"
`;
/** Runs in a shell other than the one that runs commands, so its name says which. */
const shell = 'echo "shell $0 $BASH_VERSION" | sed "s/ [0-9].*//" >> "$SEEN"\n';
const python = `import os, sys
with open(os.environ["SEEN"], "a") as seen:
    print("python", *map(repr, sys.argv), file=seen)
`;

const entry = (command: string, parameters = ''): string =>
  `name: one\nentry_points:\n  main:\n${parameters === '' ? '' : `    parameters:\n${parameters}`}    command: ${command}\n`;

/** By folder: its files. */
const projects: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  basic: {
    'show.sh': show,
    'shell.sh': shell,
    'main.py': python,
    MLproject: `name: basic
entry_points:
  main:
    parameters:
      text: {type: string, default: "two words"}
      number: {type: float, default: 0.5}
    command: "bash show.sh {text} {number}"
  needs:
    parameters:
      must: string
      may: {default: 7}
    command: "bash show.sh {must} {may}"
  defaults:
    parameters:
      flag: {type: bool, default: true}
      count: {type: int, default: 012}
      none: {type: string, default: ''}
      exponent: {type: float, default: 1e-3}
      list: {default: [1, two]}
    command: "bash show.sh {flag} {count} {none} {exponent} {list}"
  quoted:
    parameters: {text: string}
    command: 'bash show.sh "{text}" a{text}z --text={text}'
  template:
    parameters: {text: {default: x}}
    command: >
      bash show.sh {{literal}} "$HOME_OF_TEST" &&
      bash show.sh {text} | cat; bash show.sh 'last'
  lines:
    command: |
      set -e
      bash show.sh first
      bash show.sh second
  fails: {command: "bash show.sh before; exit 3"}
  killed: {command: "kill -9 $$"}
  absent: {command: "no-such-program-anywhere"}
  int: {parameters: {count: int}, command: "bash show.sh {count}"}
  float: {parameters: {rate: float}, command: "bash show.sh {rate}"}
  path: {parameters: {file: path}, command: "bash show.sh {file}; cat {file} >> $SEEN"}
  uri: {parameters: {file: uri}, command: "bash show.sh {file}"}
  unknown: {parameters: {text: {default: x}}, command: "bash show.sh {other}"}
  commandless: {parameters: {text: {default: x}}}
  sets-killed:
    command: >-
      curl -sf "$MLFLOW_TRACKING_URI/api/2.0/mlflow/runs/update" -H 'content-type: application/json'
      -d "{{\\"run_id\\":\\"$MLFLOW_RUN_ID\\",\\"status\\":\\"KILLED\\"}}"
  logs:
    command: >-
      curl -sf "$MLFLOW_TRACKING_URI/api/2.0/mlflow/runs/log-parameter" -H 'content-type: application/json'
      -d "{{\\"run_id\\":\\"$MLFLOW_RUN_ID\\",\\"key\\":\\"own\\",\\"value\\":\\"1\\"}}"
  nested-command: {command: "mlflow run . -e needs --env-manager local -P must=inner"}
`,
    'data/rows.csv': 'a,b\n1,2\n',
  },
  plain: {
    'main.py': python,
    'steps/show.sh': show,
    'shell.sh': shell,
  },
  'with space': { MLproject: entry('bash show.sh'), 'show.sh': show },
  lowercase: { mlproject: entry('bash show.sh small'), 'show.sh': show },
  empty: { MLproject: '' },
  list: { MLproject: '- name: one\n' },
  broken: { MLproject: 'name: "one\nentry_points: [\n' },
  'extra-keys': { MLproject: `author: me\n${entry('bash show.sh')}`, 'show.sh': show },
  'no-entry-points': { MLproject: 'name: none\n', 'main.py': python },
  'python-env': {
    MLproject: `python_env: python_env.yaml\n${entry('bash show.sh')}`,
    'python_env.yaml': 'dependencies: [nothing-of-this-name]\n',
    'show.sh': show,
  },
  'conda-env': {
    MLproject: `conda_env: conda.yaml\n${entry('bash show.sh')}`,
    'conda.yaml': 'dependencies: [python]\n',
    'show.sh': show,
  },
  'no-python-env': { MLproject: `python_env: absent.yaml\n${entry('bash show.sh')}`, 'show.sh': show },
  'no-conda-env': { MLproject: `conda_env: absent.yaml\n${entry('bash show.sh')}`, 'show.sh': show },
  'two-envs': {
    MLproject: `conda_env: conda.yaml\ndocker_env: {image: one}\n${entry('bash show.sh')}`,
    'conda.yaml': '',
    'show.sh': show,
  },
  'both-envs': {
    MLproject: `conda_env: conda.yaml\npython_env: conda.yaml\n${entry('bash show.sh')}`,
    'conda.yaml': '',
    'show.sh': show,
  },
  docker: { MLproject: `docker_env: {image: one}\n${entry('bash show.sh')}`, 'show.sh': show },
  'docker-bad': { MLproject: `docker_env: {volumes: [a]}\n${entry('bash show.sh')}`, 'show.sh': show },
};

export function writeProjects(folder: string): void {
  for (const [project, files] of Object.entries(projects)) {
    for (const [name, text] of Object.entries(files)) {
      const path = join(folder, project, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  }
}

export interface Repository {
  /** The first commit; `main` is one further. */
  readonly first: string;
}

/** `repository/`: branches main and side, tag v1 at the first commit, the project once at its root and once in `sub/`. */
export async function makeRepository(folder: string): Promise<Repository> {
  const dir = join(folder, 'repository');
  const write = (word: string): void => {
    for (const place of ['', 'sub']) {
      mkdirSync(join(dir, place), { recursive: true });
      writeFileSync(join(dir, place, 'MLproject'), entry(`bash show.sh ${word}`));
      writeFileSync(join(dir, place, 'show.sh'), show);
    }
  };
  const git = async (...words: string[]): Promise<string> => {
    const time = '2026-01-02T03:04:05Z';
    const settings = ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'init.defaultBranch=main'];
    const env = { GIT_AUTHOR_DATE: time, GIT_COMMITTER_DATE: time };
    const { code, out, error } = await finished(['git', ...settings, ...words], { dir, env });
    if (code !== 0) throw new Error(error);
    return out.trim();
  };
  const commit = async (word: string): Promise<void> => {
    write(word);
    await git('add', '.');
    await git('commit', '-qm', word);
  };
  write('none');
  await git('init', '-q');
  await commit('first');
  const first = await git('rev-parse', 'HEAD');
  await git('tag', '-am', 'One', 'v1');
  await git('checkout', '-qb', 'side');
  await commit('side');
  await git('checkout', '-q', 'main');
  await commit('second');
  return { first };
}
