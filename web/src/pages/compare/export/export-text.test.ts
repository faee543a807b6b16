import { expect, test } from 'bun:test';
import type { ShownSection } from '../table/compare-grid.tsx';
import type { CompareCell } from '../table/compare-rows.ts';
import { asLatex, shortenedValues } from './export-latex.ts';
import { asCsv, asMarkdown } from './export-text.ts';

const cell = (whole: string | undefined): CompareCell => ({ text: whole, whole, mark: 'same' });
const runs = [
  { id: 'a1', name: 'plain' },
  { id: 'b2', name: '=HYPERLINK("x")|\\' },
];
const section = (
  name: ShownSection['section'],
  ...rows: [string, ...(string | CompareCell | undefined)[]][]
): ShownSection => ({
  section: name,
  all: rows.length,
  rows: rows.map(([key, ...values]) => ({
    id: `${name}.${key}`,
    section: name,
    key,
    cells: values.map((value) => (typeof value === 'object' ? value : cell(value))),
    differs: true,
  })),
});
const better: CompareCell = {
  text: '0.3',
  whole: '0.30000000000000004',
  mark: 'changed',
  difference: '+0.2 +200%',
  rank: 'best',
};
const exported = {
  runs,
  base: 0,
  shown: [
    section(
      'params',
      ['lr_max', '1e-3', '@SUM(1)'],
      ['note', 'a,b "c"\nd', undefined],
      ['path', 'C:\\50%_{x}#~^&$', '<b>|*x*'],
    ),
    section('metrics', ['acc', '-0.5', 'NaN'], ['auc', '0.1', better]),
    section('tags'),
  ],
};

test('CSV quotes what needs it, keeps numbers and lets no text be a formula', () => {
  const lines = asCsv(exported).split('\r\n');
  expect(lines[0]).toBe(
    `section,name,plain,"'=HYPERLINK(""x"")|\\","'=HYPERLINK(""x"")|\\: difference from plain","'=HYPERLINK(""x"")|\\: difference from plain in %"`,
  );
  expect(lines[1]).toBe(',run_id,a1,b2,b2,b2');
  expect(lines[2]).toBe("Parameters,lr_max,1e-3,'@SUM(1),,");
  expect(lines[3]).toBe('Parameters,note,"a,b ""c""\nd",,,');
  expect(lines[5]).toBe('Metrics,acc,-0.5,NaN,,');
});

test('CSV has figures and differences in full, and no columns of these without metrics', () => {
  expect(asCsv(exported)).toContain(
    `Metrics,auc,0.1,0.30000000000000004,${0.30000000000000004 - 0.1},${((0.30000000000000004 - 0.1) / 0.1) * 100}\r\n`,
  );
  expect(asCsv({ ...exported, shown: [section('params', ['a', '1', '2'])] })).not.toContain('difference');
});

test('Markdown has a table for each section with rows, and no cell breaks out of it', () => {
  const written = asMarkdown(exported);
  expect(written).toContain(
    '### Parameters\n\n| Name | plain \\(baseline\\) | =HYPERLINK\\("x"\\)\\|\\\\ |\n| --- | --- | --- |\n',
  );
  expect(written).toContain('| lr\\_max | 1e-3 | @SUM\\(1\\) |\n');
  expect(written).toContain('| note | a,b "c" d |  |\n');
  expect(written).toContain('\\<b\\>\\|\\*x\\*');
  expect(written).toContain('| --- | ---: | ---: |\n| acc | -0.5 | NaN |\n| auc | 0.1 | **0.3** (+0.2 +200%) |\n');
  expect(written).not.toContain('Tags');
});

test('long values are whole in Markdown and CSV, and LaTeX says that it has not all of them', () => {
  const long = 'word '.repeat(80).trim();
  const one = { ...exported, shown: [section('params', ['note', long, 'short'])] };
  expect(asMarkdown(one)).toContain(long);
  expect(asCsv(one)).toContain(long);
  expect(shortenedValues(one)).toBe(1);
  expect(asLatex(one)).toContain('% 1 long value is cut after 100 characters; the CSV has all of them whole.\n');
  expect(asLatex(one)).toContain('word \\ldots{} & \\raggedright short');
  // A name is cut, but still said to be the baseline's.
  const named = asLatex({ ...exported, runs: [{ id: 'a1', name: 'x y '.repeat(50) }, ...runs.slice(1)] });
  expect(named).toContain('x y \\ldots{} (baseline)');
  expect(shortenedValues(exported)).toBe(0);
  expect(asLatex(exported)).not.toContain('% 1 long');
});

test('LaTeX escapes every sign that it would take for its own, in forms that every encoding has', () => {
  const written = asLatex(exported);
  expect(written).toContain('lr\\_max & \\raggedright 1e-3 & \\raggedright @SUM(1)\\tabularnewline');
  expect(written.replaceAll('\\allowbreak{}', '')).toContain(
    'C:\\textbackslash{}50\\%\\_\\{x\\}\\#\\textasciitilde{}\\textasciicircum{}\\&\\$ & \\raggedright \\textless{}b\\textgreater{}\\textbar{}*x*\\tabularnewline',
  );
  // In OT1 the quote of the usual font is a curly one, and \textquotedbl stops the compiler.
  expect(written).toContain('a,b \\texttt{\\char34}c\\texttt{\\char34} d');
  expect(written).toContain('\\multicolumn{3}{l}{\\textbf{Metrics}}');
  const signs = { ...exported, shown: [section('params', ['x', "--flag ''", '−5 `a`'])] };
  expect(asLatex(signs)).toContain("-{}-flag '{}' & \\raggedright $-$5 \\textasciigrave{}a\\textasciigrave{}");
});

test('LaTeX marks the best, says how far it is from the baseline, and what no pdfLaTeX can write', () => {
  const written = asLatex(exported);
  expect(written).toContain('\\raggedleft 0.1 & \\raggedleft \\textbf{0.3} (+0.2 +200\\%)');
  expect(written).toContain('differences from plain in brackets');
  expect(written).not.toContain('But not with pdfLaTeX');
  const foreign = { ...exported, runs: [{ id: 'a1', name: 'Größe – 日本' }, ...runs.slice(1)] };
  expect(asLatex(foreign)).toContain('package fontspec) that has 日 本\n');
});

test('a table of LaTeX is as wide as a line: of many runs there are several, and long words may be broken', () => {
  const many = Array.from({ length: 6 }, (_, i) => ({ id: `r${i}`, name: `run ${i}` }));
  const shown = [section('params', ['commit', ...many.map(() => 'abc0000000000000000000000000000000000000')])];
  const written = asLatex({ runs: many, base: 0, shown });
  expect(written.match(/\\begin\{tabular\}/g)?.length).toBe(2);
  expect(written).toContain('(2 of 2)');
  expect(written).toContain('abc00000\\allowbreak{}00000000');
  const widths = [...written.matchAll(/\\dimexpr ([\d.]+)\\linewidth/g)].map(([, share]) => Number(share));
  expect(widths.slice(0, 5).reduce((sum, share) => sum + share)).toBeCloseTo(1);
});

test('a row of LaTeX that begins with a bracket or a star is no argument of the row before', () => {
  const written = asLatex({ ...exported, shown: [section('params', ['[a]', '[1]', '*'], ['*b', 'x', 'y'])] });
  expect(written).toContain('\\tabularnewline\n\\raggedright *b & ');
});
