import { describe, expect, test } from 'bun:test';
import { commandLine } from './command-line.ts';

/** What a command prints, run as projects are. */
function printed(template: string, value: string, more: readonly { name: string; value: string }[] = []): string {
  const { args } = commandLine(template, [{ name: 'a', value }], more);
  const { stdout, stderr } = Bun.spawnSync(['bash', ...args]);
  expect(stderr.toString()).toBe('');
  return stdout.toString();
}

const hostile = [
  'two words',
  `it's "quoted"`,
  '$(touch /tmp/modelyard-injected)',
  '`id`; rm -x | cat & #',
  "'; id; '",
  '"; id; "',
  'line one\nline two',
  '$HOME \\ \\n *',
  '',
  '-n',
  'é 漢字 🎉',
  'x[$(id)]',
];

describe.each(hostile)('the value %p', (value) => {
  const places = [
    ['printf %s {a}', value],
    ['printf %s "<{a}>"', `<${value}>`],
    ["printf %s '<{a}>'", `<${value}>`],
    ["printf %s $'\\'{a}\\''", `'${value}'`],
    ['printf %s before{a}after', `before${value}after`],
    ['printf %s "$(printf %s. "{a}")"', `${value}.`],
    ['printf %s "$(printf %s. {a})"', `${value}.`],
    ['printf %s. `printf %s "{a}" | wc -l | tr -d " "`', `${value.split('\n').length - 1}.`],
    ['f() {{ printf %s {a}; }}; f other', value],
    ['set -- b; printf "%s $1" {a}', `${value} b`],
    ["# it's a comment\nprintf %s {a}", value],
    ['cat <<END\n"{a}"\nEND\nprintf %s {a}', `"${value}"\n${value}`],
    ['bash -c "printf %s {a}"', value],
    ["sh -c 'printf %s {a}'", value],
    ['eval printf %s {a}', value],
    ["printf %s 'it'\\''s'{a}", `it's${value}`],
    ['x={a}; printf %s "$x"', value],
    ['printf %s "{{}}" {a}', `{}${value}`],
  ] as const;
  test.each(places)('arrives in %p', (template, out) => expect(printed(template, value)).toBe(out));

  test('arrives behind the command', () => {
    expect(printed('printf "%s|" {a}', 'x', [{ name: 'b', value }])).toBe(`x|--b|${value}|`);
    expect(printed('eval printf %s, {a}', 'x', [{ name: 'b', value }])).toBe(`x,--b,${value},`);
  });
});

describe('a value is refused', () => {
  test.each([
    ['echo $(( {a} + 1 ))'],
    ['(( {a} > 1 ))'],
    ['[[ {a} -eq 1 ]]'],
    ['let x={a}'],
    ['echo ${{x:{a}}}'],
    [`bash -c "echo '{a}'"`],
    [`sh -c 'echo "{a}"'`],
    ["cat <<'END'\n{a}\nEND\n"],
  ])('in %p', (template) => {
    expect(() => commandLine(template, [{ name: 'a', value: 'x[$(id)]' }], [])).toThrow(/parameter a stands/);
  });

  test('not where it is a number', () => expect(printed('echo $(( {a} + 1 ))', '41')).toBe('42\n'));
});

test('the shown command is one that could be typed', () => {
  const { shown } = commandLine('python x.py {a}', [{ name: 'a', value: "it's" }], [{ name: 'b', value: '1' }]);
  expect(shown).toBe(`python x.py 'it'"'"'s' --b 1`);
});

test('unknown placeholders and single braces are told', () => {
  expect(() => commandLine('echo {b}', [{ name: 'a', value: '' }], [])).toThrow(/names {b}, .* There are: a\./);
  expect(() => commandLine('echo ${HOME}', [], [])).toThrow(/names {HOME}.* Write {{HOME}}/);
  expect(() => commandLine('echo {', [], [])).toThrow(/single '{'/);
});
