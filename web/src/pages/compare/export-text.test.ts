import { expect, test } from 'bun:test';
import type { ShownSection } from './compare-grid.tsx';
import { asCsv, asLatex, asMarkdown } from './export-text.ts';

const cell = (whole: string | undefined) => ({ text: whole, whole, mark: 'same' as const });
const runs = [
  { id: 'a1', name: 'plain' },
  { id: 'b2', name: '=HYPERLINK("x")|\\' },
];
const section = (name: ShownSection['section'], ...rows: [string, ...(string | undefined)[]][]): ShownSection => ({
  section: name,
  all: rows.length,
  rows: rows.map(([key, ...values]) => ({
    id: `${name}.${key}`,
    section: name,
    key,
    cells: values.map(cell),
    differs: true,
  })),
});
const shown = [
  section(
    'params',
    ['lr_max', '1e-3', '@SUM(1)'],
    ['note', 'a,b "c"\nd', undefined],
    ['path', 'C:\\50%_{x}#~^&$', '<b>|*x*'],
  ),
  section('metrics', ['acc', '-0.5', 'NaN']),
  section('tags'),
];

test('CSV quotes what needs it, keeps numbers and lets no text be a formula', () => {
  const lines = asCsv(runs, shown).split('\r\n');
  expect(lines[0]).toBe(`section,name,plain,"'=HYPERLINK(""x"")|\\"`);
  expect(lines[1]).toBe(',run_id,a1,b2');
  expect(lines[2]).toBe("Parameters,lr_max,1e-3,'@SUM(1)");
  expect(lines[3]).toBe('Parameters,note,"a,b ""c""\nd",');
  expect(lines[5]).toBe('Metrics,acc,-0.5,NaN');
});

test('Markdown has a table for each section with rows, and no cell breaks out of it', () => {
  const written = asMarkdown(runs, shown);
  expect(written).toContain('### Parameters\n\n| Name | plain | =HYPERLINK\\("x"\\)\\|\\\\ |\n| --- | --- | --- |\n');
  expect(written).toContain('| lr\\_max | 1e-3 | @SUM\\(1\\) |\n');
  expect(written).toContain('| note | a,b "c" d |  |\n');
  expect(written).toContain('\\<b\\>\\|\\*x\\*');
  expect(written).toContain(
    '### Metrics\n\n| Name | plain | =HYPERLINK\\("x"\\)\\|\\\\ |\n| --- | ---: | ---: |\n| acc | -0.5 | NaN |\n',
  );
  expect(written).not.toContain('Tags');
});

test('LaTeX escapes every sign that it would take for its own', () => {
  const written = asLatex(runs, shown);
  expect(written).toContain('lr\\_max & 1e-3 & @SUM(1) \\\\');
  expect(written).toContain(
    'C:\\textbackslash{}50\\%\\_\\{x\\}\\#\\textasciitilde{}\\textasciicircum{}\\&\\$ & \\textless{}b\\textgreater{}\\textbar{}*x* \\\\',
  );
  expect(written).toContain('\\begin{tabular}{lrr}');
  expect(written).toContain('\\multicolumn{3}{l}{\\textbf{Metrics}}');
});

test('a row of LaTeX that begins with a bracket or a star is no argument of the row before', () => {
  const written = asLatex(runs, [section('params', ['[a]', '[1]', '*'], ['*b', 'x', 'y'])]);
  expect(written).toContain('{[}a] & [1] & * \\\\');
  expect(written).toContain('{*}b & x & y \\\\');
});
