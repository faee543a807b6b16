/** The tables of a comparison for a paper: LaTeX that any document compiles, without packages. */
import { count } from '../../../components/format.ts';
import { text } from '../../../text/compare.ts';
import type { CompareCell } from '../table/compare-rows.ts';
import { hasMetrics, headsOf, valueOf, type Exported } from './export-text.ts';

/** More runs go on in the next table. */
const runsOfTable = 4;
/** Of the width of a line, for the names of the rows. */
const nameShare = 0.22;
const longestValue = 100;
/** Longer ones may be broken. */
const longestWord = 12;

/** As wide as a line of the document, whatever is in it. */
export function asLatex({ runs, base, shown }: Exported): string {
  const named = runs.map((run) => ({ ...run, name: shortened(run.name) }));
  const heads = headsOf(named, base);
  const against = hasMetrics(shown) ? named[base]?.name : undefined;
  const columns = Math.min(runs.length, runsOfTable);
  const share = ((1 - nameShare) / Math.max(1, columns)).toFixed(4);
  const parts = Array.from({ length: Math.ceil(runs.length / runsOfTable) }, (_, part) => part);
  const tables = parts.map((part) => {
    const ofPart = <Item>(items: readonly Item[]): readonly Item[] =>
      items.slice(part * runsOfTable, (part + 1) * runsOfTable);
    const own = ofPart(heads);
    const bodies = shown
      .filter(({ rows }) => rows.length > 0)
      .map(({ section, rows }) => {
        const title = `\\multicolumn{${own.length + 1}}{l}{\\textbf{${latex(text.sections[section])}}}\\tabularnewline\n`;
        const side = section === 'metrics' ? right : left;
        const body = rows.map(({ key, cells }) =>
          line([left(latex(key)), ...ofPart(cells).map((cell) => side(latexCell(valueOf(section, cell), cell)))]),
        );
        return `\\hline\n${title}${body.join('')}`;
      });
    const caption = text.export.caption(count(runs.length), against, part + 1, parts.length);
    return (
      `\\begin{table}\n\\caption{${latex(caption)}}\n\\small\n` +
      `\\begin{tabular}{${[String(nameShare), ...own.map(() => share)].map(column).join('')}}\n\\hline\n` +
      `${line([left(text.name), ...own.map((head) => left(latex(head)))])}${bodies.join('')}\\hline\n\\end{tabular}\n\\end{table}\n`
    );
  });
  const whole = tables.join('\n');
  return `${notesOf(whole, shortenedValues({ runs, base, shown }))}${whole}`;
}

/** How many values LaTeX has not whole. */
export function shortenedValues({ runs, shown }: Exported): number {
  const values = shown.flatMap(({ section, rows }) =>
    rows.flatMap(({ cells }) => cells.map((cell) => valueOf(section, cell))),
  );
  return [...runs.map(({ name }) => name), ...values].filter((value) => shortened(value) !== value).length;
}

function shortened(value: string): string {
  const signs = [...value];
  return signs.length > longestValue ? `${signs.slice(0, longestValue).join('')}…` : value;
}

/** As comments: what the compiler must know, and what is not there. */
function notesOf(tables: string, cut: number): string {
  const { latexHead, latexUnicode, latexShortened } = text.export;
  const foreign = [...new Set(tables.match(unknown) ?? [])].slice(0, 20).join(' ');
  const notes = [
    latexHead,
    ...(foreign === '' ? [] : [latexUnicode(foreign)]),
    ...(cut === 0 ? [] : [latexShortened(count(cut), count(longestValue))]),
  ];
  return notes.map((note) => `% ${note}\n`).join('');
}

/** What pdfLaTeX has no sign for in its usual fonts. */
const unknown = /[^\0-\x7fÀ-ÏÑ-ÖØ-Ýßà-ïñ-öø-ýÿ–—‘’“”]/gu;

function column(share: string): string {
  return `p{\\dimexpr ${share}\\linewidth-2\\tabcolsep\\relax}`;
}

// A row ends by `\tabularnewline`: these two take `\\` for themselves.
const left = (cell: string): string => `\\raggedright ${cell}`;
const right = (cell: string): string => `\\raggedleft ${cell}`;

function line(cells: readonly string[]): string {
  return `${cells.join(' & ')}\\tabularnewline\n`;
}

function latexCell(value: string, { rank, difference }: CompareCell): string {
  const shown = latex(shortened(value));
  const marked = rank === 'best' ? `\\textbf{${shown}}` : shown;
  return difference === undefined ? marked : `${marked} (${latex(difference)})`;
}

/** In a form that stands in the oldest encoding of fonts (OT1), too. */
const latexSigns: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  // Only the typewriter's is straight in all encodings.
  '"': '\\texttt{\\char34}',
  '`': '\\textasciigrave{}',
  '…': '\\ldots{}',
  '−': '$-$',
  '×': '$\\times$',
  '±': '$\\pm$',
  '≤': '$\\leq$',
  '≥': '$\\geq$',
  '≠': '$\\neq$',
  '→': '$\\rightarrow$',
  '∞': '$\\infty$',
  µ: '$\\mu$',
  '°': '$^\\circ$',
};

function latex(value: string): string {
  const words = value.replaceAll(/[\s\p{Cc}]+/gu, ' ').split(' ');
  return words
    .map((word) => {
      // Where people would break it, else anywhere.
      const pieces = [...word].length > longestWord ? (word.match(/.{0,7}?[/_.,:=-]+|.{1,8}/gsu) ?? []) : [word];
      return pieces.map(escaped).join('\\allowbreak{}');
    })
    .join(' ');
}

function escaped(value: string): string {
  return (
    value
      .replaceAll(/[\\^~<>|"`…−×±≤≥≠→∞µ°&%$#_{}]/g, (sign) => latexSigns[sign] ?? `\\${sign}`)
      // Two of these would become another sign.
      .replaceAll(/([-',])(?=\1)/g, '$1{}')
  );
}
