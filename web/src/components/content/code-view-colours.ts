/** Colours for code: comments, strings, numbers and keywords, row by row. A guide for the eye, no parser. */
export type Language = 'python' | 'script' | 'data' | 'shell' | 'plain';

export interface Token {
  readonly text: string;
  readonly kind?: 'comment' | 'string' | 'number' | 'word';
}

const keywords = {
  python:
    'and as assert async await break class continue def del elif else except False finally for from global if import in is lambda match None nonlocal not or pass raise return True try while with yield',
  script:
    'async await break case catch class const continue default delete else enum export extends false finally for from function if implements import in interface let new null of private public return static struct super switch this throw true try type typeof undefined var void while yield int long double float char bool boolean string select where fn mut use impl package func go',
  data: 'true false null yes no',
  shell: 'if then else elif fi for in do done while case esac function export return echo set source',
};

const comment = { python: '#.*', script: '//.*|/\\*.*?\\*/', data: '(?:^|\\s)#.*', shell: '(?:^|\\s)#.*' };
const rest = `("(?:[^"\\\\]|\\\\.)*"?|'(?:[^'\\\\]|\\\\.)*'?)|(\\b\\d[\\d_]*(?:\\.\\d+)?(?:[eE][+-]?\\d+)?\\b)`;

const patterns = new Map(
  (['python', 'script', 'data', 'shell'] as const).map((language) => [
    language,
    new RegExp(`(${comment[language]})|${rest}|\\b(${keywords[language].replaceAll(' ', '|')})\\b`, 'g'),
  ]),
);

const kinds = ['comment', 'string', 'number', 'word'] as const;
const longest = 1000;

export function colour(row: string, language: Language): readonly Token[] {
  const pattern = language === 'plain' || row.length > longest ? undefined : patterns.get(language);
  if (!pattern) return [{ text: row }];
  const tokens: Token[] = [];
  let from = 0;
  for (const match of row.matchAll(pattern)) {
    const kind = kinds[[1, 2, 3, 4].findIndex((group) => match[group] !== undefined)];
    if (!kind || match[0] === '') continue;
    if (match.index > from) tokens.push({ text: row.slice(from, match.index) });
    tokens.push({ text: match[0], kind });
    from = match.index + match[0].length;
  }
  if (from < row.length) tokens.push({ text: row.slice(from) });
  return tokens;
}

const byEnding: Readonly<Record<string, Language>> = {
  ...of('python', 'py pyi pyx ipynb'),
  ...of('script', 'js mjs cjs ts tsx jsx java kt c h cc cpp hpp cu go rs swift scala cs css scss sql r proto'),
  ...of('data', 'json jsonl geojson yaml yml toml ini cfg conf properties mlmodel mlproject'),
  ...of('shell', 'sh bash zsh dockerfile makefile env'),
};

function of(language: Language, endings: string): Record<string, Language> {
  return Object.fromEntries(endings.split(' ').map((ending) => [ending, language]));
}

export function languageOf(name: string): Language {
  const ending = name.toLowerCase().slice(name.lastIndexOf('.') + 1);
  return Object.hasOwn(byEnding, ending) ? (byEnding[ending] ?? 'plain') : 'plain';
}
