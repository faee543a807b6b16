import { expect, test } from 'bun:test';
import { parseFlags } from './parse-flags.ts';

const flags = {
  port: { type: 'string', short: 'p' },
  data: { type: 'string' },
  proxy: { type: 'boolean' },
  tag: { type: 'many', short: 't' },
} as const;

test.each<[string[], Record<string, string | boolean | string[]>]>([
  [[], {}],
  [['--port', '80'], { port: '80' }],
  [['--port=80'], { port: '80' }],
  [['-p', '80'], { port: '80' }],
  [['-p80'], { port: '80' }],
  [['--data=a=b'], { data: 'a=b' }],
  [['--data='], { data: '' }],
  [['--data', ''], { data: '' }],
  [['--data', '-'], { data: '-' }],
  [['--data=-x'], { data: '-x' }],
  [['--port', '-3', '--data', '-.5'], { port: '-3', data: '-.5' }],
  [['--proxy', '--port', '1', '--port', '2'], { proxy: true, port: '2' }],
  [['--no-proxy'], { proxy: false }],
  [['-t', 'a=1', '--tag=b=2'], { tag: ['a=1', 'b=2'] }],
])('%j', (args, values) => {
  expect(parseFlags('server', args, flags)).toEqual(values);
});

test.each<[string[], RegExp]>([
  [['--nope'], /^Unknown option '--nope'\. See: modelyard server --help$/],
  [['-z'], /Unknown option '-z'/],
  [['--no-port'], /Unknown option '--no-port'/],
  [['--constructor'], /Unknown option '--constructor'/],
  [['--no-constructor'], /Unknown option '--no-constructor'/],
  [['--port'], /'--port' needs a value/],
  [['--port', '--proxy'], /'--port' needs a value; .*--port=VALUE/],
  [['--proxy=yes'], /'--proxy' does not take an argument/],
  [['extra'], /Unexpected argument 'extra'/],
  [['--'], /Unexpected argument '--'/],
  [['-'], /Unexpected argument '-'/],
])('%j is refused', (args, message) => {
  expect(() => parseFlags('server', args, flags)).toThrow(message);
});
