import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SourceFacts } from '../pipeline.ts';
import { kindOf, readSource } from './read-source.ts';

let dir: string;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'modelyard-sources-'));
});

afterAll(() => rmSync(dir, { recursive: true }));

function write(name: string, text: string): void {
  mkdirSync(dirname(join(dir, name)), { recursive: true });
  writeFileSync(join(dir, name), text);
}

function facts(name: string, text?: string): SourceFacts {
  if (text !== undefined) write(name, text);
  return readSource(kindOf(name), name, dir);
}

/** Whether these two texts are the same code. */
function same(name: string, one: string, other: string): boolean {
  return facts(name, one).code === facts(name, other).code;
}

const cell = (text: string, tag = 'parameters'): string => `# %% tags=["${tag}"]\n${text}\n\n# %%\nprint(1)\n`;

describe('the kind of a source', () => {
  test('is known by its ending, and a dotted path is a function', () => {
    const kinds = ['a.py', 'a.ipynb', 'a.sql', 'b/a.sh', 'a.ts', 'a.mjs', 'tasks.clean', 'a.b.c'].map(kindOf);
    const [script, notebook, sql, shell, typescript] = ['script', 'notebook', 'sql', 'shell', 'typescript'] as const;
    expect(kinds).toEqual([script, notebook, sql, shell, typescript, typescript, 'function', 'function']);
  });

  test('is an error where nothing can run it', () => {
    for (const name of ['a.R', 'a.Rmd', 'a.md', 'a.txt.', 'plain']) {
      expect(() => kindOf(name)).toThrow('A source is a file (.py, .ipynb, .sql, ');
    }
  });
});

describe('upstream of a script', () => {
  const upstream = (text: string): readonly string[] =>
    facts('up.py', cell(`upstream = ${text}\nproduct = None`)).upstream;

  test('is a list, a map, one name or nothing', () => {
    expect(upstream("['a', 'b']")).toEqual(['a', 'b']);
    expect(upstream('[\n  "a", # first\n  "b",\n]')).toEqual(['a', 'b']);
    expect(upstream("('a',)")).toEqual(['a']);
    expect(upstream("{'some': None, 'other': None}")).toEqual(['some', 'other']);
    expect(upstream("{'a', 'b'}")).toEqual(['a', 'b']);
    expect(upstream("['fit-*']")).toEqual(['fit-*']);
    expect(upstream("'a'")).toEqual(['a']);
    expect(upstream('None')).toEqual([]);
    expect(upstream('[]')).toEqual([]);
  });

  test('that is not written out is a fault', () => {
    expect(facts('up.py', cell('upstream = names()')).problems[0]).toContain('upstream must be written out');
  });

  test('is read in the light format too, below a header', () => {
    const header = '# ---\n# jupyter:\n#   jupytext:\n#     formats: py\n# ---\n\n';
    const { upstream, declaredParams } = facts(
      'light.py',
      `${header}# + tags=["parameters"]\nupstream = ['a']\nproduct = None\nn: int = 3\n# -\n\nx = 1\n`,
    );
    expect([upstream, declaredParams]).toEqual([['a'], ['n']]);
  });
});

describe('a script', () => {
  test('declares the params of its cell, and takes any without one', () => {
    expect(facts('p.py', cell('upstream = None\nproduct = None\nn = 1\nname = "a"')).declaredParams).toEqual([
      'n',
      'name',
    ]);
    const { upstream, declaredParams } = facts(
      'p.py',
      cell('upstream = product = None\na = b = f(c=1)\nd, e = 1, 2\nf.g = 3'),
    );
    expect([upstream, declaredParams]).toEqual([[], ['a', 'b', 'd', 'e']]);
    expect(facts('p.py', 'print(1)\n').declaredParams).toBeUndefined();
  });

  test('may declare its product', () => {
    expect(facts('p.py', cell("upstream = None\nproduct = {'nb': 'out.ipynb', 'data': 'out.csv'}")).product).toEqual({
      nb: 'out.ipynb',
      data: 'out.csv',
    });
    expect(facts('p.py', cell('product = None')).product).toBeUndefined();
  });

  test('says what it is for by its first words', () => {
    expect(facts('p.py', '"""\nGets data.\n\nMore.\n"""\nx = 1\n').doc).toBe('Gets data.');
    expect(facts('p.py', '# %% [markdown]\n# # Get data\n# More.\n\n# %%\nx = 1\n').doc).toBe('Get data');
    expect(facts('p.py', 'x = 1\n').doc).toBeUndefined();
  });

  test('is the same with other comments and another layout', () => {
    const text =
      "import os\n\ndef f(a, b):\n    '''Doc'''\n    return f'{a} # {b[\"x\"]}' + \"it\"\n\nprint(f(1, [2, 3]))\n";
    const others = [
      text.replaceAll('    ', '\t').replace('import os', '# comment\nimport os  # more\n\n\n'),
      text
        .replace("'''Doc'''", '"""Another"""')
        .replace('f(1, [2, 3])', 'f(\n    1,\n    [\n        2,\n        3,\n    ],\n)'),
      text.replace('"it"', "'it'").replaceAll('\n', '\r\n'),
      text.replace('import os', 'import os;'),
    ];
    for (const other of others) expect(same('s.py', text, other)).toBe(true);
  });

  test('is another with another value, another string or another block', () => {
    const text = "def f(a):\n    if a:\n        x = 'a b'\n    return (1,)\nprint(f(1))\n";
    const changes = [
      ["'a b'", "'a  b'"],
      ["'a b'", "'a # b'"],
      ['f(1)', 'f(2)'],
      ['(1,)', '(1)'],
      ['    return', '        return'],
      ['a:', 'not a:'],
    ] as const;
    for (const [from, to] of changes) expect(same('s.py', text, text.replace(from, to))).toBe(false);
  });

  test('changes with the local modules that it uses, and not with others', () => {
    write('helpers/__init__.py', '');
    write(
      'helpers/one.py',
      'from .two import inner\n\nLIMIT = 3\n\ndef used():\n    return inner(LIMIT)\n\ndef other():\n    return 1\n',
    );
    write('helpers/two.py', 'def inner(x):\n    return x\n');
    write('unrelated.py', 'x = 1\n');
    const text = 'import numpy\nfrom helpers.one import used\nprint(used())\n';
    const before = facts('m.py', text).code;
    write('unrelated.py', 'x = 2\n');
    write('helpers/two.py', '# comment\ndef inner(x):\n    """Doc"""\n    return x\n');
    write(
      'helpers/one.py',
      'from .two import inner\n\nLIMIT = 3\n\ndef used():\n    return inner(LIMIT)\n\ndef other():\n    return 2\n',
    );
    expect(facts('m.py').code).toBe(before);
    write('helpers/two.py', 'def inner(x):\n    return x + 1\n');
    const after = facts('m.py').code;
    expect(after).not.toBe(before);
    write('helpers/one.py', 'from .two import inner\n\nLIMIT = 4\n\ndef used():\n    return inner(LIMIT)\n');
    expect(facts('m.py').code).not.toBe(after);
  });
});

describe('a notebook', () => {
  const notebook = (source: unknown, more: object = {}): string =>
    JSON.stringify({
      cells: [
        { cell_type: 'markdown', metadata: {}, source: ['# Look\n', 'words'] },
        {
          cell_type: 'code',
          metadata: { tags: ['parameters'] },
          source: "upstream = ['a']\nproduct = None\nn = 1",
          outputs: [],
        },
        { cell_type: 'code', metadata: { tags: ['injected-parameters'] }, source: 'n = 7', outputs: [] },
        { cell_type: 'code', metadata: {}, source, outputs: [], execution_count: null, ...more },
      ],
      metadata: {},
      nbformat: 4,
      nbformat_minor: 5,
    });

  test('is read by its cells; outputs and metadata do not count', () => {
    const found = facts('n.ipynb', notebook(['%matplotlib inline\n', 'print(n)']));
    expect(found).toMatchObject({ upstream: ['a'], declaredParams: ['n'], doc: 'Look' });
    const run = notebook('%matplotlib inline\nprint( n )', {
      execution_count: 3,
      outputs: [{ output_type: 'stream', name: 'stdout', text: '1' }],
    });
    expect(facts('n.ipynb', run).code).toBe(found.code);
    expect(facts('n.ipynb', notebook('print(n + 1)')).code).not.toBe(found.code);
  });

  test('that is none is told of', () => {
    expect(() => facts('bad.ipynb', '{')).toThrow('bad.ipynb: cannot be read as a notebook. ');
    expect(() => facts('bad.ipynb', '{"worksheets": []}')).toThrow('nbformat 4');
    const other = { cells: [], metadata: { kernelspec: { name: 'ir', language: 'R' } } };
    expect(() => facts('bad.ipynb', JSON.stringify(other))).toThrow('Its language is "R", and only Python is run.');
  });
});

describe('a function', () => {
  const module = `from pathlib import Path
import local_helper

SIZE = 10

def helper(x):
    return x * SIZE

def clean(product, upstream, rows: int, *, limit=5, client=None):
    """Cleans.

    More.
    """
    data = upstream["load"]
    text = upstream['get']['data']
    return helper(rows)

async def later(product, **rest):
    pass

@decorated(1)
def other(upstream):
    return 1

if __name__ == '__main__':
    clean(1, 2, 3)
`;

  test('says what it takes by its arguments, and its upstream by what it asks for', () => {
    write('local_helper.py', 'x = 1\n');
    write('tasks.py', module);
    expect(facts('tasks.clean')).toMatchObject({
      upstream: ['load', 'get'],
      declaredParams: ['rows', 'limit'],
      optionalParams: ['limit'],
      doc: 'Cleans.',
      line: 9,
      file: join(dir, 'tasks.py'),
    });
    expect(facts('tasks.later').declaredParams).toBeUndefined();
    expect(facts('tasks.other')).toMatchObject({ upstream: [], declaredParams: [], line: 22 });
  });

  test('changes with itself and with what it uses, and with nothing else', () => {
    const after = (from: string, to: string): string => {
      write('tasks.py', module.replace(from, to));
      return facts('tasks.clean').code;
    };
    const before = after('', '');
    expect(after('return 1', 'return 2')).toBe(before);
    expect(after('clean(1, 2, 3)', 'clean(3, 2, 1)')).toBe(before);
    expect(after('Cleans.', 'Cleans it.')).toBe(before);
    expect(after('x * SIZE', 'x + SIZE')).not.toBe(before);
    expect(after('SIZE = 10', 'SIZE = 11')).not.toBe(before);
    expect(after('limit=5', 'limit=6')).not.toBe(before);
  });

  test('that is not there is told of', () => {
    write('tasks.py', module);
    expect(() => facts('tasks.missing')).toThrow('tasks.missing: there is no missing in ');
    expect(facts('nowhere.run').problems[0]).toContain('There is no nowhere.py in');
  });
});

describe('a query', () => {
  test('says its upstream, its product and its params by its template', () => {
    const found = facts(
      'q.sql',
      `-- Joins.
{% set product = SQLRelation(['public', 'joined', 'table']) %}
CREATE TABLE {{ product }} AS SELECT * FROM {{upstream["a"]}} JOIN {{ upstream['b'].name }}
{% for name in names %} WHERE {{ name }} > {{ limit | default(3) }}{% endfor %}`,
    );
    expect(found).toMatchObject({
      upstream: ['a', 'b'],
      product: ['public', 'joined', 'table'],
      declaredParams: ['names', 'limit'],
      optionalParams: ['limit'],
      doc: 'Joins.',
    });
  });

  test('is the same with other comments and another layout, and another with another string', () => {
    const text = "SELECT a, 'x  -- y' FROM t -- why\nWHERE b = 1;\n";
    expect(same('q.sql', text, "/* hm */ SELECT a,\n  'x  -- y'\nFROM t WHERE b=1;")).toBe(true);
    expect(same('q.sql', text, text.replace('x  --', 'x --'))).toBe(false);
    expect(same('q.sql', text, text.replace('b = 1', 'b = 2'))).toBe(false);
  });

  test('with a template that cannot be read is told of, with the line', () => {
    expect(facts('q.sql', 'SELECT 1\nFROM {{ upstream["a" }}').problems).toEqual(['line 2: ] is missing.']);
    expect(facts('q.sql', '{% macro x() %}').problems[0]).toContain('line 1: {% macro %} is not known');
    expect(facts('q.sql', '{% if x %}').problems[0]).toContain('{% endif %} is missing');
  });
});

describe('a shell script', () => {
  test('says its upstream and its params by its template', () => {
    const found = facts('s.sh', '#!/bin/bash\n# Sorts.\nsort {{upstream["a"]}} {{flag}} > {{product}}\n');
    expect(found).toMatchObject({ upstream: ['a'], declaredParams: ['flag'], doc: 'Sorts.' });
  });

  test('is the same with other comments, and another with another document', () => {
    const text = 'set -e # stop\n\ncat <<END > {{product}}\n# kept\n  kept\nEND\necho "a  b"\n';
    expect(same('s.sh', text, text.replace(' # stop', '').replace('\n\n', '\n'))).toBe(true);
    expect(same('s.sh', text, text.replace('# kept', '# other'))).toBe(false);
    expect(same('s.sh', text, text.replace('a  b', 'a b'))).toBe(false);
  });
});

describe('a module of TypeScript', () => {
  const module = [
    '// Counts.',
    "import { rate } from './rate.ts';",
    `export const upstream = ['a', "b"];`,
    "export const params = { rows: 10, name: 'x', deep: { list: [1, true, null] } };",
    'export default async function ({ product }: { product: string }): Promise<void> {',
    '  await Bun.write(product, String(rate));',
    '}\n',
  ].join('\n');

  test('says its upstream and its params by what it exports', () => {
    write('rate.ts', 'export const rate = 1;\n');
    expect(facts('t.ts', module)).toMatchObject({
      upstream: ['a', 'b'],
      declaredParams: ['rows', 'name', 'deep'],
      optionalParams: ['rows', 'name', 'deep'],
      doc: 'Counts.',
    });
    expect(facts('plain.ts', 'console.log(1);').declaredParams).toBeUndefined();
  });

  test('changes with its code and what it imports; types, comments and layout do not count', () => {
    const { code } = facts('t.ts', module);
    expect(facts('t.ts', `/** more */\n${module.replace(': Promise<void>', '').replaceAll('  ', '\t')}`).code).toBe(
      code,
    );
    expect(facts('t.ts', module.replace('rows: 10', 'rows: 11')).code).not.toBe(code);
    write('rate.ts', 'export const rate = 2;\n');
    expect(facts('t.ts', module).code).not.toBe(code);
  });

  test('with a fault is told of', () => {
    expect(facts('t.ts', 'const x = 1;\nexport const y = [;\n').problems[0]).toContain('line 2: ');
    expect(facts('t.ts', 'export const upstream = names();\n').problems[0]).toContain(
      'export const upstream must be written out',
    );
  });
});
