/** Completion scripts, made of the same data as the commands. */
import { group, type Action, type Group } from './action.ts';
import { summaryOf } from './client-command-names.ts';
import { CommandError, type Command } from './command.ts';

/** What can stand at a place of the command line: below a command, or below its action. */
interface Place {
  /** `experiments`, `experiments create`. */
  readonly words: string;
  readonly choices: readonly Choice[];
  readonly flags: readonly Choice[];
}

interface Choice {
  readonly word: string;
  readonly meaning: string;
}

const shells = {
  bash: { script: bash, example: 'modelyard completion bash > ~/.local/share/bash-completion/completions/modelyard' },
  zsh: { script: zsh, example: 'modelyard completion zsh > "${fpath[1]}/_modelyard"' },
  fish: { script: fish, example: 'modelyard completion fish > ~/.config/fish/completions/modelyard.fish' },
} as const;

/** @param others commands that tell their flags by their help alone */
export function completionCommand(groups: readonly Group[], others: readonly Command[]): Group {
  const actions = Object.entries(shells).map(([name, { script, example }]): Action => ({
    name,
    summary: `print the script for ${name}`,
    flags: {},
    help: (command) => `Usage: modelyard ${command}

Prints the script for ${name}.

Example
  ${example}
`,
    run: async (command, args) => {
      if (args.length > 0) throw new CommandError(`${command} takes no options. See: modelyard ${command} --help`, 2);
      process.stdout.write(script(placesOf([...groups, own], others)));
      return 0;
    },
  }));
  const own = group('completion', summaryOf('completion'), actions);
  return own;
}

function placesOf(groups: readonly Group[], others: readonly Command[]): Place[] {
  const all = [...others, ...groups];
  const top = all.map(({ name, summary }) => ({ word: name, meaning: summary }));
  return [
    {
      words: '',
      choices: top,
      flags: [
        { word: '--help', meaning: 'help' },
        { word: '--version', meaning: 'the version' },
      ],
    },
    ...others.map((command) => placeOf(command.name, [], command.help([]))),
    ...groups.flatMap((known) => [
      placeOf(known.name, known.actions, known.actions.length === 0 ? known.help([]) : ''),
      ...known.actions.map((one) => placeOf(`${known.name} ${one.name}`, [], one.help(`${known.name} ${one.name}`))),
    ]),
  ];
}

/** Flags stand at the start of a line of the help. */
function placeOf(words: string, actions: readonly Action[], help: string): Place {
  const found = [...help.matchAll(/^ {2}--(?:\[no-\])?([a-z][a-z-]*)(?:, -\w)?(?: \S+)? *(?: {2}| )(\S.*)?$/gm)];
  // The default, in brackets, and the end of a sentence that goes on in the next line are left out.
  const flags = found.map(([, word = '', text = '']) => ({
    word: `--${word}`,
    meaning: text.replace(/ ?[(;].*$/, ''),
  }));
  return {
    words,
    choices: actions.map(({ name, summary }) => ({ word: name, meaning: summary })),
    flags: [...flags, { word: '--help', meaning: 'help' }],
  };
}

function bash(places: readonly Place[]): string {
  const words = ({ choices, flags }: Place): string => [...choices, ...flags].map(({ word }) => word).join(' ');
  return `# bash completion of modelyard
_modelyard() {
  local current=\${COMP_WORDS[COMP_CWORD]} place= words=
  ((COMP_CWORD > 1)) && place=\${COMP_WORDS[1]}
  ((COMP_CWORD > 2)) && [[ \${COMP_WORDS[2]} != -* ]] && place+=" \${COMP_WORDS[2]}"
  case $place in
${places.map((place) => `    '${place.words}') words='${words(place)}' ;;`).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _modelyard modelyard
`;
}

function zsh(places: readonly Place[]): string {
  const item = ({ word, meaning }: Choice): string => quoted(`${word}:${meaning}`);
  const cases = places.map(
    ({ words, choices, flags }) => `    '${words}') words_here=(${[...choices, ...flags].map(item).join(' ')}) ;;`,
  );
  return `#compdef modelyard
_modelyard() {
  local place=
  local -a words_here
  ((CURRENT > 2)) && place=\${words[2]}
  ((CURRENT > 3)) && [[ \${words[3]} != -* ]] && place+=" \${words[3]}"
  case $place in
${cases.join('\n')}
  esac
  _describe modelyard words_here || _files
}
if [[ $funcstack[1] == _modelyard ]]; then _modelyard "$@"; else compdef _modelyard modelyard; fi
`;
}

function fish(places: readonly Place[]): string {
  const lines = places.flatMap(({ words, choices, flags }) => [
    ...choices.map(
      ({ word, meaning }) => `complete -c modelyard -f -n ${condition(words, false)} -a ${word} -d ${quoted(meaning)}`,
    ),
    ...flags.map(
      ({ word, meaning }) =>
        `complete -c modelyard -n ${condition(words, true)} -l ${word.slice(2)} -d ${quoted(meaning)}`,
    ),
  ]);
  return `# fish completion of modelyard\n${lines.join('\n')}\n`;
}

/** Where the words before the cursor are these, or for a flag begin with these. */
function condition(words: string, flag: boolean): string {
  const [command, act] = words.split(' ');
  if (!command) return '__fish_use_subcommand';
  if (act !== undefined)
    return quoted(`__fish_seen_subcommand_from ${command}; and __fish_seen_subcommand_from ${act}`);
  const count = flag ? '' : '; and test (count (commandline -opc)) -eq 2';
  return quoted(`__fish_seen_subcommand_from ${command}${count}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
