/** Calls of `run`, made of both commands. Between <>: a place or a thing of the side that makes the call, see `side.ts`. */
export interface Case {
  readonly name: string;
  readonly args: readonly string[];
  /** Below the side's folder. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const basic = (name: string, ...args: string[]): Case => ({ name, args: ['<root>/basic', ...args] });
const of = (name: string, project: string, ...args: string[]): Case => ({ name, args: [`<root>/${project}`, ...args] });
const values = (name: string, given: Readonly<Record<string, string>>): Case =>
  basic(`values ${name}`, ...Object.entries(given).flatMap(([key, text]) => ['-P', `${key}=${text}`]));
const undeclared = (name: string, ...values: string[]): Case =>
  basic(`undeclared: ${name}`, ...values.flatMap((one) => ['-P', one]));
const git = (name: string, behind: string, ...args: string[]): Case => ({
  name: `git: ${name}`,
  args: [`<git>/repository${behind}`, ...args],
});

export const cases: readonly Case[] = [
  basic('defaults'),
  { name: 'the folder one is in', args: ['.'], cwd: 'basic' },
  { name: 'a relative folder', args: ['../basic', '-e', 'needs', '-P', 'must=1'], cwd: 'plain' },
  { name: 'file: address', args: ['file://<root>/basic'] },
  of('a folder with a space', 'with space'),
  of('MLproject in small letters', 'lowercase'),
  of('unknown keys', 'extra-keys'),
  basic('defaults of all sorts', '-e', 'defaults'),
  basic('placeholder in quotes', '-e', 'quoted', '-P', "text=it's two"),
  basic('command with braces, variables and several commands', '-e', 'template', '-P', 'text=$(id); `id` "q"'),
  basic('command of several lines', '-e', 'lines'),
  basic('the same options by their long names', '--entry-point', 'needs', '--param-list', 'must=1'),

  values('that shells read', {
    text: `a "b" 'c'`,
    words: 'one two',
    signs: '$HOME $(id) `id` ; & | > < * ? ~ # ! \\',
    lines: 'a\n\tb',
    empty: '',
    equal: 'a=b=c',
    flag: '--help',
    placeholder: '{number}',
    letters: 'Übung 日本 🚀',
    blanks: '  x  ',
  }),
  values('in place of a default', { text: '$(id); `id` "q"\n', number: '1e-5' }),
  values('empty in place of a default', { text: '' }),
  basic('float that is none', '-e', 'float', '-P', 'rate=fast'),
  basic('int that is none', '-e', 'int', '-P', 'count=1.5'),

  undeclared('dashes and dots', 'my-key=1', 'my.key=2', 'my_key=3'),
  undeclared('a name with a blank', 'my key=1'),
  undeclared('a name that the server refuses', 'my$key=1'),
  undeclared('without a name', '=1'),

  basic('required parameter missing', '-e', 'needs'),
  basic('entry point unknown', '-e', 'elsewhere'),
  basic('no =', '-P', 'text'),
  basic('the same parameter twice', '-P', 'text=1', '-P', 'text=2'),
  basic('a script beside the entry points', '-e', 'main.py', '-P', 'a=1 2'),
  basic('a shell script beside the entry points', '-e', 'shell.sh'),
  basic('a script that is not there', '-e', 'absent.py'),

  of('without MLproject: main.py', 'plain', '-e', 'main.py', '-P', 'alpha=0.5', '-P', 'name=a b'),
  of('without MLproject: main', 'plain'),
  of('without MLproject: a script in a folder', 'plain', '-e', 'steps/show.sh', '-P', 'a=1'),
  { ...of('without MLproject: $SHELL', 'plain', '-e', 'shell.sh'), env: { SHELL: '/bin/sh' } },
  of('without MLproject: no script', 'plain', '-e', 'readme.txt'),
  of('MLproject without entry points: a script', 'no-entry-points', '-e', 'main.py'),
  of('MLproject without entry points: main', 'no-entry-points'),

  { name: 'path', args: ['<root>/basic', '-e', 'path', '-P', 'file=basic/data/rows.csv'] },
  { name: 'path from elsewhere', args: ['../basic', '-e', 'path', '-P', 'file=../basic/data/rows.csv'], cwd: 'plain' },
  basic('path as file: address', '-e', 'path', '-P', 'file=file://<root>/basic/data/rows.csv'),
  basic('path that is not there', '-e', 'path', '-P', 'file=absent.csv'),
  basic('path that is an artifact', '-e', 'path', '-P', 'file=<artifact>', '--storage-dir', '<root>/storage'),
  basic('path by http', '-e', 'path', '-P', 'file=<git>/repository/HEAD', '--storage-dir', '<root>/storage'),
  basic('uri', '-e', 'uri', '-P', 'file=s3://bucket/key'),
  basic('uri that is a file', '-e', 'uri', '-P', 'file=basic/data/rows.csv'),

  basic('command that fails', '-e', 'fails'),
  basic('command that is killed', '-e', 'killed'),
  basic('command that is not there', '-e', 'absent'),
  basic('unknown placeholder', '-e', 'unknown'),
  basic('no command', '-e', 'commandless'),
  basic('the project ends its own run', '-e', 'sets-killed'),
  basic('the project logs', '-e', 'logs'),

  of('empty MLproject', 'empty'),
  of('MLproject that is a list', 'list'),
  of('MLproject that is no YAML', 'broken'),
  of('no such folder', 'absent'),
  of('python_env', 'python-env'),
  of('conda_env', 'conda-env'),
  of('python_env that is not there', 'no-python-env'),
  of('conda_env that is not there', 'no-conda-env'),
  of('conda_env and docker_env', 'two-envs'),
  of('conda_env and python_env', 'both-envs'),
  of('docker_env without docker', 'docker'),
  of('docker_env without an image', 'docker-bad'),

  basic('experiment by a new name', '--experiment-name', 'a new one'),
  basic('experiment by a name', '--experiment-name', 'made before'),
  basic('experiment by its id', '--experiment-id', '<experiment>'),
  basic('experiment by an unknown id', '--experiment-id', '424242'),
  basic('experiment by both', '--experiment-id', '0', '--experiment-name', 'made before'),
  { ...basic('experiment of the environment'), env: { MLFLOW_EXPERIMENT_NAME: 'made before' } },
  { ...basic('experiment id of the environment'), env: { MLFLOW_EXPERIMENT_ID: '<experiment>' } },
  basic('run name', '--run-name', 'My name'),
  basic('run id', '--run-id', '<run>', '-P', 'text=new'),
  basic('run id that is none', '--run-id', 'f'.repeat(32)),

  basic('backend unknown', '-b', 'moon'),
  basic('backend config that is no JSON', '--backend-config', '{"a":'),
  basic('backend config', '--backend-config', '{"a": 1}'),
  basic('environment manager unknown', '--env-manager', 'poetry'),
  basic('docker arguments', '-A', 'gpus=all'),
  basic('unknown option', '--colour', 'blue'),
  { name: 'no project', args: [] },

  of('a folder in a repository', 'repository'),
  of('a subfolder of a repository', 'repository/sub'),
  of('#subfolder of a folder', 'repository#sub'),
  of('#subfolder that is not there', 'repository#absent'),
  of('#subfolder with .', 'repository#./sub'),
  of('#subfolder that leads out', 'repository#../basic'),
  of('a repository with a remote', 'with-remote'),
  of('version of a folder without versions', 'basic', '-v', 'main'),
  of('version of a folder: branch', 'versions-a', '-v', 'side'),
  of('version of a folder: tag', 'versions-b', '-v', 'v1'),
  of('version of a folder: unknown', 'versions-b', '-v', 'absent'),

  git('default branch', ''),
  git('branch', '', '-v', 'side'),
  git('tag', '', '--version', 'v1'),
  git('commit', '', '-v', '<first>'),
  git('unknown version', '', '-v', 'absent'),
  git('subfolder of a branch', '#sub', '-v', 'side'),
  git('subfolder that is not there', '#absent'),
  git('with .git', '.git'),
  git('no repository', '-absent'),

  { ...basic('nested', '-e', 'nested-command'), cwd: 'basic' },
];
