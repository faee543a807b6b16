import { expect, test } from 'bun:test';
import { readYaml } from './yaml.ts';

test('one letter is text, as are numbers that only YAML itself knows', () => {
  const text =
    'n: 1\ny: y\nflag: yes\noff: No\na: 1e-3\nb: 010\nc: 1_000\nd: .5\ne: 1.5e3\nf: 1.0e+3\ng: 08\nh: ~\ni: .\n';
  expect(readYaml(text, 'file')).toEqual({
    n: 1,
    y: 'y',
    flag: true,
    false: false,
    a: '1e-3',
    b: 8,
    c: 1000,
    d: 0.5,
    e: '1.5e3',
    f: 1000,
    g: '08',
    h: null,
    i: '.',
  });
});

test('what cannot be read is told with its place', () => {
  expect(() => readYaml('a: [1\nb: 2', 'MLproject')).toThrow(/^MLproject, line 2, column 1: .*\.$/);
  expect(() => readYaml('a: *b', 'MLproject')).toThrow(/^MLproject: .*alias.*\.$/);
});
