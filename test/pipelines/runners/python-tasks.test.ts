import { describe, expect, test } from 'bun:test';
import { join } from 'node:path';
import { PipelineFolder } from './folder.ts';

interface Notebook {
  readonly cells: readonly {
    readonly cell_type: string;
    readonly metadata: { readonly tags?: readonly string[] };
    readonly source: string | readonly string[];
    readonly outputs?: readonly { readonly output_type: string; readonly text?: string | readonly string[] }[];
  }[];
}

function notebook(folder: PipelineFolder, name: string): Notebook {
  return JSON.parse(folder.read(name)) as Notebook;
}

function textOf(value: string | readonly string[] | undefined): string {
  return typeof value === 'string' ? value : (value ?? []).join('');
}

function outputs({ cells }: Notebook): string {
  return cells.flatMap(({ outputs = [] }) => outputs.map(({ text }) => textOf(text))).join('');
}

const script = `# %% [markdown]
# # Get
# words

# %% tags=["parameters"]
upstream = None
product = None
rows = 1
name = None

# %%
# %matplotlib inline
import os
from helper import double

print('in', os.path.basename(os.getcwd()), name)

# %%
with open(product['data'], 'w') as out:
    out.write(str(double(rows)))
`;

describe('a script', () => {
  test('becomes a notebook with its values in it, and runs in the folder of the pipeline', async () => {
    using folder = new PipelineFolder({
      'pipeline.yaml': `tasks:
  - source: scripts/get.py
    product: {nb: out/get.ipynb, data: out/data.txt}
    params: {rows: 21, name: "it's \\"q\\" {x}"}
  - source: scripts/next.py
    product: out/next.txt
`,
      'scripts/get.py': script,
      'scripts/next.py': `# %% tags=["parameters"]
upstream = ['get']
product = None

# %%
open(product, 'w').write(open(upstream['get']['data']).read() + str(upstream['get']['nb'].endswith('out/get.ipynb')))
`,
      'helper.py': 'def double(x):\n    return 2 * x\n',
    });
    const built = await folder.build();
    expect(built.states).toEqual(['get executed', 'next executed']);
    expect(folder.read('out/data.txt')).toBe('42');
    const { cells } = notebook(folder, 'out/get.ipynb');
    expect(cells.map(({ cell_type: type }) => type)).toEqual(['markdown', 'code', 'code', 'code', 'code']);
    expect(textOf(cells[0]?.source)).toBe('# Get\nwords');
    expect(cells[2]?.metadata.tags).toEqual(['injected-parameters']);
    expect(textOf(cells[2]?.source)).toContain(
      "rows = 21\nname = 'it\\'s \"q\" {x}'\nupstream = None\nproduct = {'nb': '",
    );
    expect(outputs(notebook(folder, 'out/get.ipynb'))).toContain(`it's "q" {x}`);
    expect(folder.read('out/next.txt')).toBe('42True');

    // What changes nothing that is run runs nothing.
    folder.change('scripts/get.py', '# words', '# other words');
    folder.change('scripts/get.py', 'import os\n', 'import os  # where we are\n\n\n');
    folder.change('helper.py', 'return 2 * x', 'return 2*x');
    expect(await folder.outdated()).toEqual({ get: false, next: false });
    folder.change('helper.py', '2*x', '3*x');
    expect(await folder.outdated()).toEqual({ get: 'source changed', next: 'get will run' });
  });

  test('that fails is told of with its traceback, and its notebook up to there is kept', async () => {
    using folder = new PipelineFolder({
      'pipeline.yaml': 'tasks:\n  - source: get.py\n    product: {nb: out/get.ipynb, data: out/data.txt}\n',
      'get.py':
        '# %%\nprint("before")\n\n# %%\ndef inner():\n    return {}["missing"]\n\ninner()\n\n# %%\nprint("after")\n',
    });
    const built = await folder.build();
    expect(built.code).toBe(1);
    const { state, error } = built.task('get');
    expect(state).toBe('failed');
    expect(error).toContain("KeyError: 'missing'");
    expect(error).toContain('return {}["missing"]');
    expect(error).toContain('out/get-failed.ipynb');
    expect(error).not.toContain('\u001B');
    expect(folder.has('out/get.ipynb')).toBe(false);
    expect(outputs(notebook(folder, 'out/get-failed.ipynb'))).toBe('before\n');
    folder.change('get.py', '{}["missing"]', 'open(product["data"], "w").close()');
    // One that ends itself has ended well.
    folder.change('get.py', 'print("after")', 'import sys\nsys.exit(0)\n\n# %%\nprint("after")');
    expect((await folder.build()).states).toEqual(['get executed']);
    expect(folder.has('out/get-failed.ipynb')).toBe(false);
  });

  test('without a notebook among its products is run plainly, with its own lines in its traceback', async () => {
    using folder = new PipelineFolder({
      'pipeline.yaml': 'tasks:\n  - source: sub/plain.py\n    product: out/plain.txt\n    params: {rows: 3}\n',
      'sub/beside.py': 'def name():\n    return "beside"\n',
      'sub/plain.py': `# %% tags=["parameters"]
upstream = None
product = None
rows = 1

# %%
from beside import name

if __name__ == '__main__':
    open(product, 'w').write(f'{name()} {rows} {__file__[-12:]}')
`,
    });
    expect((await folder.build()).states).toEqual(['plain executed']);
    expect(folder.read('out/plain.txt')).toBe('beside 3 sub/plain.py');
    folder.change('sub/plain.py', "open(product, 'w')", 'open(product, "nonsense")');
    const { error } = (await folder.build()).task('plain');
    expect(error).toStartWith('Traceback (most recent call last):');
    expect(error).toContain('sub/plain.py", line 10, in <module>');
    expect(error).not.toContain('modelyard_task.py');
  });

  test('that cannot be right is told of before anything runs', async () => {
    using folder = new PipelineFolder({
      'pipeline.yaml': `tasks:
  - source: first.py
    product: first.txt
  - source: syntax.py
    product: syntax.txt
  - source: name.py
    product: name.txt
  - source: free.py
    product: free.txt
    static_analysis: disable
`,
      'first.py': 'open(product, "w").close()\n',
      'syntax.py': 'x = 1\nprint(x\n',
      'name.py': 'import os\n\ndef f():\n    return [y for y in range(3)], later, product\n\nlater = os\nprint(rowz)\n',
      'free.py': 'print(anything)\n',
    });
    const { code, error } = await folder.build();
    expect(code).toBe(1);
    expect(error).toContain("syntax: syntax.py, line 2: '(' was never closed: print(x\n");
    expect(error).toContain('name: name.py, line 7: nothing defines rowz.');
    expect(error).not.toContain('anything');
    expect(folder.has('first.txt')).toBe(false);
  });

  test('whose notebook would be kept as something else is told of before anything runs', async () => {
    using folder = new PipelineFolder({
      'pipeline.yaml': 'tasks:\n  - source: get.py\n    product: {nb: out/get.csv}\n',
      'get.py': 'print(1)\n',
    });
    const { code, error } = await folder.build();
    expect(code).toBe(1);
    expect(error).toContain('get: its product out/get.csv would be a copy of the notebook, which can be .ipynb, ');
  });

  test('whose kernel is not there is told of before anything runs', async () => {
    using folder = new PipelineFolder({
      'pipeline.yaml': 'tasks:\n  - {source: get.py, product: out/get.ipynb, kernelspec_name: my-own}\n',
      'get.py': 'print(1)\n',
    });
    const { code, error } = await folder.build();
    expect([code, error]).toEqual([
      1,
      expect.stringContaining('get: there is no kernel my-own. There are: ') as string,
    ]);
  });

  test('whose Python lacks what runs notebooks is told of before anything runs', async () => {
    using folder = new PipelineFolder({
      'pipeline.yaml': 'tasks:\n  - source: get.py\n    product: out/get.html\n',
      'get.py': 'print(1)\n',
    });
    const { code, error } = await folder.build();
    expect(code).toBe(1);
    expect(error).toContain('get needs nbconvert, which ');
    expect(error).toContain('-m pip install nbconvert');
  });
});

test('a notebook is run with its values in it, whatever it had before', async () => {
  const cell = (source: string, tags: string[] = []): object => ({
    cell_type: 'code',
    id: crypto.randomUUID().slice(0, 8),
    metadata: { tags },
    source,
    outputs: [],
    execution_count: null,
  });
  const cells = [
    cell('upstream = None\nproduct = None\nrows = 1', ['parameters']),
    cell('rows = 7', ['injected-parameters']),
    cell('%time rows + 1\nprint("rows", rows)'),
  ];
  using folder = new PipelineFolder({
    'pipeline.yaml': 'tasks:\n  - source: look.ipynb\n    product: out/look.ipynb\n    params: {rows: 5}\n',
    'look.ipynb': JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }),
  });
  const built = await folder.build();
  expect(built.states).toEqual(['look executed']);
  expect(outputs(notebook(folder, 'out/look.ipynb'))).toContain('rows 5\n');
  expect(notebook(folder, 'out/look.ipynb').cells).toHaveLength(3);
});

const functions = `import json
from pathlib import Path

def load(product, rows, extra=1):
    """Loads."""
    print('rows', rows)
    Path(product).write_text(str(rows + extra))

def split(product, upstream):
    for key in ('one', 'two'):
        product[key].write_text(upstream['load'].read_text() + key)

def whole(upstream):
    return {'from': str(upstream['split']['one'].name)}

def back(product, upstream):
    product.write_text(upstream['whole']['from'])

def listed(upstream):
    import pickle
    return [1, 2]

def to_json(value, product):
    product.write_text(json.dumps(value))

def from_json(product):
    return json.loads(product.read_text())

def check(product, params, task, least=0):
    value = int(product.read_text())
    print('checked', task.name, params)
    assert value > least, f'{value} is too small'

def told(task):
    Path('failed.txt').write_text(task.name)
`;

describe('functions', () => {
  test('get products, upstream and params, and what they return is written and read by others', async () => {
    using folder = new PipelineFolder({
      'pipeline.yaml': `tasks:
  - source: steps.all.load
    product: out/load.txt
    params: {rows: 3}
    on_finish: steps.all.check
  - source: steps.all.split
    product: {one: out/one.txt, two: out/two.txt}
  - source: steps.all.whole
    product: out/whole.json
    serializer: steps.all.to_json
  - source: steps.all.back
    product: out/back.txt
    unserializer: steps.all.from_json
  - source: steps.all.listed
    product: out/listed.pkl
`,
      'steps/all.py': functions,
    });
    const built = await folder.build();
    expect(built.error).not.toContain('Traceback');
    expect(built.record?.tasks.map(({ state }) => state)).toEqual(Array(5).fill('executed'));
    expect(folder.read('out/two.txt')).toBe('4two');
    expect(folder.read('out/whole.json')).toBe('{"from": "one.txt"}');
    expect(folder.read('out/back.txt')).toBe('one.txt');
    expect(folder.has('out/listed.pkl')).toBe(true);
  });

  test('that fail, leave no product, or are called wrongly are told of', async () => {
    using folder = new PipelineFolder({
      'pipeline.yaml': `tasks:
  - source: steps.load
    product: out/load.txt
    params: {rows: 3}
    on_finish: {dotted_path: steps.check, least: 10}
    on_failure: steps.told
  - source: steps.nothing
    product: out/nothing.txt
  - source: steps.broken
    product: out/broken.txt
`,
      'steps.py': `${functions}
def nothing(product):
    pass

def broken(product):
    raise ValueError('no\\nluck')
`,
    });
    const built = await folder.build();
    expect(built.code).toBe(1);
    expect(built.task('load').error).toContain('on_finish steps.check failed.');
    expect(built.task('load').error).toContain('AssertionError: 4 is too small');
    expect(folder.read('failed.txt')).toBe('load');
    expect(built.task('nothing').error).toMatch(/It ended without making .*out\/nothing\.txt\./);
    expect(built.task('broken').error).toStartWith('Traceback (most recent call last):\n  File "');
    expect(built.task('broken').error).toEndWith('ValueError: no\nluck');
    // The rest of the build is as it was: what is mended runs, and nothing else.
    folder.change('steps.py', "raise ValueError('no\\nluck')", 'product.write_text("x")');
    folder.change('steps.py', '    pass\n', '    product.write_text("x")\n');
    folder.change('pipeline.yaml', 'least: 10', 'least: 1');
    expect((await folder.build()).states.toSorted()).toEqual(['broken executed', 'load executed', 'nothing executed']);
  });
});

test('what a source takes by a pattern stands below it, and numbers stay what they are', async () => {
  using folder = new PipelineFolder({
    'pipeline.yaml': `tasks:
  - source: steps.fit
    name: fit-
    product: out/fit.txt
    grid: {k: [1, .nan]}
  - source: steps.join
    product: out/join.txt
  - source: shell.sh
    product: out/shell.txt
    on_finish: steps.check
  - source: book.py
    product: out/book.ipynb
    params: {least: -.inf, deep: {a: [.nan]}}
`,
    'steps.py': `def fit(product, k):
    product.write_text(str(k))

def join(product, upstream):
    product.write_text(' '.join(path.read_text() for path in upstream['fit-*'].values()))

def check(product, task):
    assert product.read_text().split() == ['1', 'nan'], task.name
`,
    'shell.sh': `{% for name in upstream['fit-*'] %}cat {{upstream['fit-*'][name]}} >> {{product}}; echo >> {{product}}
{% endfor %}`,
    'book.py': `# %% tags=["parameters"]
upstream = ['fit-*']
product = None
least = 0
deep = None

# %%
print(sorted(upstream['fit-*']), least < -1e300, deep['a'][0] != deep['a'][0])
`,
  });
  const built = await folder.build();
  expect(built.error).not.toContain('failed');
  expect(built.record?.tasks.map(({ state }) => state)).toEqual(Array(5).fill('executed'));
  expect(folder.read('out/join.txt')).toBe('1 nan');
  expect(outputs(notebook(folder, 'out/book.ipynb'))).toBe("['fit-0', 'fit-1'] True True\n");
});

test('environment: uv makes what the files of the folder say, for programs that tasks start too', async () => {
  using folder = new PipelineFolder({
    'pipeline.yaml': `environment: uv
tasks:
  - source: steps.where
    product: out/where.txt
  - source: where.sh
    name: shell
    product: out/shell.txt
`,
    'requirements.txt': 'iniconfig==2.1.0\n',
    'steps.py': 'import sys\nimport iniconfig\n\ndef where(product):\n    product.write_text(sys.prefix)\n',
    'where.sh': 'python -c "import iniconfig, sys; print(sys.prefix, end=\'\')" > {{product}}\n',
  });
  const built = await folder.build([], { XDG_CACHE_HOME: folder.dir, UV_CACHE_DIR: join(folder.dir, 'uv') });
  expect(built.error).not.toContain('failed');
  expect(built.states).toEqual(['where executed', 'shell executed']);
  expect(folder.read('out/where.txt')).toStartWith(join(folder.dir, 'modelyard/environments'));
  expect(folder.read('out/shell.txt')).toBe(folder.read('out/where.txt'));
});
