/** Functions of the whole pipeline: before anything runs, when all ended well, and when something failed. */
import { expect, test } from 'bun:test';
import { pipelineFolder, type PipelineFolder } from './pipeline-folder.ts';

const hooks = `
def note(word):
    with open("notes", "a") as file:
        file.write(word + "\\n")
def render():
    note("render")
def finish(word):
    note("finish " + word)
def failure():
    note("failure")
def refuse():
    raise ValueError("not today")
`;

function withHooks(lines: string, source = 'echo > {{ product }}\n'): PipelineFolder {
  return pipelineFolder({
    'pipeline.yaml': `${lines}\ntasks:\n  - {source: a.sh, product: out/a}\n`,
    'a.sh': source,
    'hooks.py': hooks,
  });
}

const all = 'on_render: hooks.render\non_finish: {dotted_path: hooks.finish, word: well}\non_failure: hooks.failure';

test('are called in their time', async () => {
  const folder = withHooks(all);
  await folder.build();
  expect(folder.read('notes')).toBe('render\nfinish well\n');
  // Nothing is to be done.
  await folder.build();
  expect(folder.read('notes')).toBe('render\nfinish well\n');
  folder.write({ 'a.sh': 'exit 1\n' });
  await folder.build();
  expect(folder.read('notes')).toBe('render\nfinish well\nrender\nfailure\n');
});

test('fail the build', async () => {
  const folder = withHooks('on_finish: hooks.refuse');
  const { code, error } = await folder.run('build', '--no-record');
  expect(code).toBe(1);
  expect(error).toMatch(/\non_finish \(hooks\.refuse\) failed:\n[\s\S]*ValueError: not today\n$/);
  const early = withHooks('on_render: hooks.refuse');
  const faults = await early.faults('build', '--no-record');
  expect(faults.at(-1)).toBe('ValueError: not today');
  expect(() => early.read('out/a')).toThrow();
});

test('that are not there are told before anything runs', async () => {
  const [fault] = await withHooks('on_finish: hooks.finsh').faults('status');
  expect(fault).toBe('modelyard: pipeline.yaml: there is no finsh in hooks.py for the hook hooks.finsh.');
  const [other] = await withHooks('on_failure: [hooks]').faults('status');
  expect(other).toBe(
    'modelyard: pipeline.yaml: on_failure must be a function by its dotted path, such as hooks.check.',
  );
});

test('of a task are called by themselves', async () => {
  const folder = pipelineFolder({
    'pipeline.yaml':
      'tasks:\n  - {source: a.sh, product: out/a, on_finish: hooks.check}\n  - {source: a.sh, name: b, product: out/b}\n',
    'a.sh': 'echo good > {{ product }}\n',
    'hooks.py': 'def check(product):\n    assert open(str(product)).read() == "good\\n", "it is bad"\n',
  });
  const [early] = await folder.faults('task', 'a', '--on-finish');
  expect(early).toBe('modelyard: out/a is not there. First: modelyard pipeline task a');
  await folder.build();
  expect(await folder.out('task', 'a', '--on-finish')).toBe('on_finish of a passed\n');
  folder.write({ 'out/a': 'bad' });
  const faults = await folder.faults('task', 'a', '--on-finish');
  expect(faults.at(-1)).toBe('AssertionError: it is bad');
  expect(await folder.faults('task', 'b', '--on-finish')).toEqual(['modelyard: b has no on_finish.']);
});

test('dates are text', async () => {
  const folder = pipelineFolder({
    'pipeline.yaml':
      'tasks:\n  - {source: a.sh, product: out/a, params: {day: 2020-01-02, at: 2020-01-02T03:04:05Z}}\n',
    'a.sh': 'echo "{{ day }} {{ at }}" > {{ product }}\n',
  });
  await folder.build();
  expect(folder.read('out/a')).toBe('2020-01-02 2020-01-02T03:04:05.000Z\n');
});
