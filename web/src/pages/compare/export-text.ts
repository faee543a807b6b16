/** The tables of a comparison as text for a paper, an issue or a spreadsheet. */
import { csvText } from '../../components/save-file.ts';
import { text } from '../../text/compare.ts';
import type { ShownSection } from './compare-grid.tsx';

export interface ExportedRun {
  readonly id: string;
  readonly name: string;
}

/** One table of all sections: names and numbers as they are, whole. */
export function asCsv(runs: readonly ExportedRun[], shown: readonly ShownSection[]): string {
  return csvText([
    ['section', 'name', ...runs.map(({ name }) => name)],
    ['', 'run_id', ...runs.map(({ id }) => id)],
    ...shown.flatMap(({ section, rows }) =>
      rows.map(({ key, cells }) => [
        text.sections[section],
        key,
        ...cells.map(({ whole = '' }) => (section === 'metrics' && whole !== '' ? Number(whole) : whole)),
      ]),
    ),
  ]);
}

export function asMarkdown(runs: readonly ExportedRun[], shown: readonly ShownSection[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  return shown
    .filter(({ rows }) => rows.length > 0)
    .map(({ section, rows }) => {
      const head = line([text.name, ...runs.map(({ name }) => markdown(name))]);
      const rule = line(['---', ...runs.map(() => (section === 'metrics' ? '---:' : '---'))]);
      const body = rows.map((row) => line([markdown(row.key), ...row.cells.map((cell) => shownCell(cell, markdown))]));
      return `### ${text.sections[section]}\n\n${head}${rule}${body.join('')}`;
    })
    .join('\n');
}

export function asLatex(runs: readonly ExportedRun[], shown: readonly ShownSection[]): string {
  // After the end of a row `[` and `*` would be an argument of that.
  const line = (cells: readonly string[]): string => `${cells.join(' & ').replace(/^[[*]/, '{$&}')} \\\\\n`;
  const columns = runs.length + 1;
  const parts = shown
    .filter(({ rows }) => rows.length > 0)
    .map(({ section, rows }) => {
      const title = `\\multicolumn{${columns}}{l}{\\textbf{${latex(text.sections[section])}}} \\\\\n`;
      return `\\hline\n${title}${rows.map((row) => line([latex(row.key), ...row.cells.map((cell) => shownCell(cell, latex))])).join('')}`;
    });
  const head = line([text.name, ...runs.map(({ name }) => latex(name))]);
  return (
    `\\begin{table}\n\\caption{${latex(text.export.caption(String(runs.length)))}}\n` +
    `\\begin{tabular}{l${'r'.repeat(runs.length)}}\n\\hline\n${head}${parts.join('')}\\hline\n\\end{tabular}\n\\end{table}\n`
  );
}

const longestCell = 200;

function shownCell({ whole }: { readonly whole: string | undefined }, escape: (value: string) => string): string {
  const value = (whole ?? '').replaceAll(/\s+/g, ' ');
  return escape(value.length > longestCell ? `${value.slice(0, longestCell)}…` : value);
}

/** What Markdown or HTML would take for a sign of its own. */
function markdown(value: string): string {
  return value.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_{}[\]<>()#+!|~$&]/g, '\\$&');
}

const latexSigns: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '"': '\\textquotedbl{}',
  '…': '\\ldots{}',
};

function latex(value: string): string {
  return value
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .replaceAll(/[\\^~<>|"…&%$#_{}]/g, (sign) => latexSigns[sign] ?? `\\${sign}`);
}
