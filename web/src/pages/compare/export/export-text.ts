/** The tables of a comparison as text for an issue or a spreadsheet; `export-latex.ts` makes those for a paper. */
import { csvText } from '../../../components/save-file.ts';
import { text } from '../../../text/compare.ts';
import type { ShownSection } from '../table/compare-grid.tsx';
import type { CompareCell } from '../table/compare-rows.ts';

export interface Exported {
  readonly runs: readonly { readonly id: string; readonly name: string }[];
  /** Place of the baseline. */
  readonly base: number;
  readonly shown: readonly ShownSection[];
}

/** One table of all sections: names and numbers as they are, whole. Differences of metrics stand in columns at the end. */
export function asCsv({ runs, base, shown }: Exported): string {
  const others = hasMetrics(shown)
    ? runs.map((run, place) => ({ ...run, place })).filter(({ place }) => place !== base)
    : [];
  const against = runs[base]?.name ?? '';
  const { difference, percent } = text.export;
  const differences = (cells: readonly CompareCell[]): (number | '')[] =>
    others.flatMap(({ place }) => differenceOf(cells[base], cells[place]));
  return csvText([
    [
      'section',
      'name',
      ...runs.map(({ name }) => name),
      ...others.flatMap(({ name }) => [difference, percent].map((of) => of(name, against))),
    ],
    ['', 'run_id', ...runs.map(({ id }) => id), ...others.flatMap(({ id }) => [id, id])],
    ...shown.flatMap(({ section, rows }) =>
      rows.map(({ key, cells }) => [
        text.sections[section],
        key,
        ...cells.map(({ whole = '' }) => (section === 'metrics' && whole !== '' ? Number(whole) : whole)),
        ...(section === 'metrics' ? differences(cells) : others.flatMap(() => ['', ''])),
      ]),
    ),
  ]);
}

/** These have differences, and a best one. */
export function hasMetrics(shown: Exported['shown']): boolean {
  return shown.some(({ section, rows }) => section === 'metrics' && rows.length > 0);
}

/** As a number, and in per cent of the baseline. */
function differenceOf(from: CompareCell | undefined, to: CompareCell | undefined): [number | '', number | ''] {
  const base = Number(from?.whole ?? NaN);
  const distance = Number(to?.whole ?? NaN) - base;
  const share = (distance / Math.abs(base)) * 100;
  return [Number.isFinite(distance) ? distance : '', Number.isFinite(share) ? share : ''];
}

/** Figures as the page shows them, all other values whole. */
export function asMarkdown({ runs, base, shown }: Exported): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  return shown
    .filter(({ rows }) => rows.length > 0)
    .map(({ section, rows }) => {
      const head = line([text.name, ...headsOf(runs, base).map(markdown)]);
      const rule = line(['---', ...runs.map(() => (section === 'metrics' ? '---:' : '---'))]);
      const body = rows.map(({ key, cells }) =>
        line([markdown(key), ...cells.map((cell) => markdownCell(section, cell))]),
      );
      return `### ${text.sections[section]}\n\n${head}${rule}${body.join('')}`;
    })
    .join('\n');
}

export function headsOf(runs: Exported['runs'], base: number): string[] {
  return runs.map(({ name }, place) => (place === base && runs.length > 1 ? text.export.baseline(name) : name));
}

/** Metrics are as short as on the page, all other values whole. */
export function valueOf(section: ShownSection['section'], { text: short, whole }: CompareCell): string {
  return (section === 'metrics' ? short : whole) ?? '';
}

function markdownCell(section: ShownSection['section'], cell: CompareCell): string {
  const value = markdown(valueOf(section, cell));
  const marked = cell.rank === 'best' ? `**${value}**` : value;
  return cell.difference === undefined ? marked : `${marked} (${cell.difference})`;
}

/** What Markdown or HTML would take for a sign of its own. */
function markdown(value: string): string {
  return value.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_{}[\]<>()#+!|~$&]/g, '\\$&');
}
