import { expect, test } from 'bun:test';
import { parseTemplate } from './template.ts';
import { Relation } from './values.ts';

const values = {
  n: 3,
  half: 0.5,
  flag: true,
  nothing: null,
  names: ['a', "b'c"],
  map: { x: 1, y: { z: 'deep' } },
  product: new Relation('public.t', 'table'),
};

function rendered(text: string): string {
  return parseTemplate(text).render(values, (value) => value);
}

test('values are written as Python writes them', () => {
  expect(rendered('{{n}} {{ half }} {{flag}} {{nothing}} {{names}} {{map}}')).toBe(
    "3 0.5 True None ['a', 'b\\'c'] {'x': 1, 'y': {'z': 'deep'}}",
  );
  expect(rendered('{{product}} {{product.name}} {{product.schema}} {{product.kind}}')).toBe('public.t t public table');
});

test('expressions', () => {
  const cases = {
    'n + 1 * 2': '5',
    '(n + 1) * 2': '8',
    'n // 2 - 1': '0',
    '-n % 2': '1',
    "map.x ~ '-' ~ map['y'].z": '1-deep',
    'names[0]': 'a',
    'names[-1]': "b'c",
    "'yes' if n > 2 and not nothing else 'no'": 'yes',
    "'x' in map": 'True',
    'n not in [1, 2]': 'True',
    'missing is defined': 'False',
    'missing | default(7)': '7',
    "names | join(', ') | upper": "A, B'C",
    'names | length': '2',
    "nothing or 'other'": 'other',
    '"a\\"b"': 'a"b',
  };
  for (const [expression, text] of Object.entries(cases)) expect(rendered(`{{ ${expression} }}`)).toBe(text);
});

test('blocks, and white space that they take away', () => {
  expect(rendered('{% set x = n * 2 %}{{x}}')).toBe('6');
  expect(rendered('{% for name in names %}{{loop.index}}{{name}}{% if not loop.last %}, {% endif %}{% endfor %}')).toBe(
    "1a, 2b'c",
  );
  expect(rendered('{% if n == 1 %}one{% elif n == 3 %}three{% else %}other{% endif %}')).toBe('three');
  expect(rendered('a\n  {%- if flag -%}\n  b\n {%- endif %}\nc {# not here #}d')).toBe('ab\nc d');
  expect(rendered('{% for k in map %}{{k}}={{map[k]}};{% endfor %}')).toBe("x=1;y={'z': 'deep'};");
});

test('lines end as they do here, wherever it was written', () => {
  expect(rendered('a\r\n{% if true %}b{% endif %}\rc\r\n')).toBe('a\nb\nc\n');
});

test('what it reads is known without running it', () => {
  const { names, optional, upstream } = parseTemplate(
    '{% set a = b %}{{a}} {{upstream["x"]}} {{ upstream.y.name }} {% for c in list %}{{c}}{{loop.index}}{% endfor %}{{d | default(1)}}',
  );
  expect([...names].toSorted()).toEqual(['b', 'd', 'list', 'upstream']);
  expect([...optional]).toEqual(['d']);
  expect([...upstream]).toEqual(['x', 'y']);
});

test('faults say their line', () => {
  const faults = {
    'a\n{{ x': undefined,
    'a\n{{ missing }}': 'line 2: There is no missing among its params.',
    '{{ map.nowhere }}': 'line 1: map has no nowhere; it has x, y.',
    '{{ n | shout }}': 'line 1: There is no filter shout in templates; there are ',
    '{{ n n }}': 'line 1: n is not understood here.',
    '{{ $n }}': 'line 1: $n is not understood.',
    '{% import "x" %}': 'line 1: {% import %} is not known; known are set, for and if.',
    '{% for x %}{% endfor %}': 'line 1: {% for name in list %} is needed.',
  };
  for (const [text, message] of Object.entries(faults)) {
    if (message === undefined) expect(rendered(text)).toBe(text);
    else expect(() => rendered(text)).toThrow(message);
  }
});

test('nothing of the language that this is written in can be reached', () => {
  for (const name of ['constructor', '__proto__', 'toString']) {
    expect(() => rendered(`{{ map.${name} }}`)).toThrow(`map has no ${name}`);
    expect(() => rendered(`{{ n | ${name} }}`)).toThrow(`There is no filter ${name}`);
    expect(() => rendered(`{{ ${name}(1) }}`)).toThrow(`There is no function ${name}`);
    expect(() => rendered(`{{ ${name} }}`)).toThrow(`There is no ${name}`);
  }
});
