/** The cells of a script in percent format, and of a notebook. */

export interface Cell {
  readonly isCode: boolean;
  readonly tags: readonly string[];
  readonly text: string;
  /** The line of the file that its text begins on, from 1. */
  readonly line: number;
}

/** `# %% title [markdown] tags=["parameters"]`, and `# + tags=["parameters"]` up to `# -`. */
const percentMark = /^#\s*%%+(?=\s|\[|$)(.*)$/;
const lightMark = /^#\s+\+(\s.*)?$/;
const lightEnd = /^#\s+-\s*$/;

export function scriptCells(text: string): Cell[] {
  const cells: Cell[] = [];
  let lines: string[] = [];
  let options = '';
  let start = 1;
  const close = (next: string, line: number): void => {
    const body = lines.join('\n');
    const isCode = !/\[(markdown|md|raw)\]/.test(options);
    const text = (isCode ? body : uncommented(body)).trimEnd();
    if (text !== '') cells.push({ isCode, tags: tagsIn(options), text, line: start });
    [lines, options, start] = [[], next, line];
  };
  const all = withoutHeader(text.replace(/\r\n?/g, '\n')).split('\n');
  const isPercent = all.some((line) => percentMark.test(line));
  for (const [at, line] of all.entries()) {
    const mark = (isPercent ? percentMark : lightMark).exec(line);
    if (mark) close(mark[1] ?? '', at + 2);
    else if (!isPercent && lightEnd.test(line)) close('', at + 2);
    else lines.push(line);
  }
  close('', 0);
  return cells;
}

/** The header that jupytext writes; its lines stay, empty, so that lines keep their numbers. */
function withoutHeader(text: string): string {
  const header = /^(?:#!.*\n)?# ---\n(?:#.*\n)*?# ---\n/.exec(text)?.[0];
  return header === undefined ? text : '\n'.repeat(header.split('\n').length - 1) + text.slice(header.length);
}

/** What is written for readers stands in comments, or in a string. */
function uncommented(body: string): string {
  const inString = /^\s*[rR]?("""|''')\n?([^]*?)\1\s*$/.exec(body);
  return inString?.[2] ?? body.replace(/^# ?/gm, '');
}

const magic =
  /^# (%{1,2}(?:autoreload|bash|capture|cd|conda|config|env|html|javascript|load_ext|matplotlib|pip|prun|reload_ext|run|sql|time|timeit|writefile)\b.*)$/gm;

/** Magics of notebooks stand in comments in a script, so that it stays Python. */
export function withMagics(text: string): string {
  return text.replace(magic, '$1');
}

function tagsIn(options: string): string[] {
  const list =
    /\btags\s*[=:]\s*\[([^\]]*)\]/.exec(options)?.[1] ?? /"tags"\s*:\s*\[([^\]]*)\]/.exec(options)?.[1] ?? '';
  return [...list.matchAll(/["']([^"']+)["']/g)].map((match) => match[1] ?? '');
}

/** @throws SyntaxError when it is no notebook that can be run */
export function notebookCells(text: string): Cell[] {
  const notebook: unknown = JSON.parse(text);
  const { cells, metadata } = isRecord(notebook) ? notebook : {};
  const kernel = isRecord(metadata) && isRecord(metadata['kernelspec']) ? metadata['kernelspec'] : {};
  const language = kernel['language'] ?? 'python';
  if (language !== 'python')
    throw new SyntaxError(`Its language is ${JSON.stringify(language)}, and only Python is run.`);
  if (!Array.isArray(cells)) throw new SyntaxError('It has no cells (nbformat 4 is needed).');
  return cells.filter(isRecord).map((cell) => {
    const metadata = isRecord(cell['metadata']) ? cell['metadata'] : {};
    const tags = Array.isArray(metadata['tags']) ? metadata['tags'].filter((tag) => typeof tag === 'string') : [];
    const source = cell['source'];
    const text = Array.isArray(source) ? source.join('') : typeof source === 'string' ? source : '';
    return { isCode: cell['cell_type'] === 'code', tags, text, line: 1 };
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
