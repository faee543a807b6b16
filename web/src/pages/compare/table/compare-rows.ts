/** What runs have side by side, row by row, told against one of them. */
import type { ComparedRun, Comparison, KeyRow } from '../../../api/comparison.ts';
import { distinctNumbers, duration, exactTime } from '../../../components/format.ts';
import { text } from '../../../text/compare.ts';
import { differenceOf } from '../../models/difference.ts';
import type { Mark } from '../../models/signature.ts';
import type { CompareQuery, Section } from '../compare-query.ts';
import { guessHigher } from './metric-direction.ts';

export interface CompareCell {
  /** As short as a cell is. */
  readonly text: string | undefined;
  readonly whole: string | undefined;
  /** Against the baseline. */
  readonly mark: Mark;
  /** How far a number is from the baseline's. */
  readonly difference?: string;
  readonly rank?: 'best' | 'worst';
}

export interface CompareRow {
  /** As the address has it: `params.lr`. */
  readonly id: string;
  readonly section: Section;
  readonly key: string;
  readonly cells: readonly CompareCell[];
  readonly differs: boolean;
  /** What its texts stand for, where that is a number or a time. */
  readonly figures?: readonly (number | undefined)[] | undefined;
  /** Of a metric: true where higher is better. */
  readonly higher?: boolean | undefined;
}

export type Rows = Readonly<Record<Section, readonly CompareRow[]>>;

/** @param base place of the baseline */
export function rowsOf(comparison: Comparison, base: number, better: CompareQuery['better']): Rows {
  const { runs, params, tags, metrics } = comparison;
  const own = tags.filter(({ key }) => !isClients(key));
  const clients = tags.filter(({ key }) => isClients(key));
  return {
    facts: factRows(comparison, base),
    params: sorted(params).map((row) => textRow('params', row, base)),
    metrics: sorted(metrics).map((row) => metricRow(row, base, better, runs.length)),
    tags: sorted(own).map((row) => textRow('tags', row, base)),
    clientTags: sorted(clients).map((row) => textRow('clientTags', row, base)),
  };
}

function isClients(key: string): boolean {
  return key.startsWith('mlflow.') && key !== 'mlflow.note.content';
}

/** `layer2` before `layer10`. */
const natural = new Intl.Collator('en', { numeric: true });

function sorted<Value>(rows: readonly KeyRow<Value>[]): KeyRow<Value>[] {
  return rows.toSorted((a, b) => natural.compare(a.key, b.key));
}

function markOf(before: unknown, value: unknown): Mark {
  if (Object.is(before, value)) return 'same';
  return before === undefined ? 'added' : value === undefined ? 'removed' : 'changed';
}

const longestShown = 200;

/** One line, and not all of a long one. */
function shortText(value: string): string {
  const line = value.slice(0, longestShown + 1).replaceAll(/\s+/g, ' ');
  return line.length > longestShown || value.length > longestShown ? `${line.slice(0, longestShown)}…` : line;
}

function textRow(section: Section, { key, values }: KeyRow<string>, base: number): CompareRow {
  const cells = values.map((value) => ({
    text: value === undefined ? undefined : shortText(value),
    whole: value,
    mark: markOf(values[base], value),
  }));
  return { id: `${section}.${key}`, section, key, cells, differs: cells.some(({ mark }) => mark !== 'same') };
}

function metricRow(
  { key, values }: KeyRow<number>,
  base: number,
  better: CompareQuery['better'],
  runs: number,
): CompareRow {
  const higher = better.get(`metrics.${key}`) ?? better.get(key) ?? guessHigher(key);
  const finite = values.filter((value): value is number => value !== undefined && Number.isFinite(value));
  const [least, most] = [Math.min(...finite), Math.max(...finite)];
  const ranked = higher !== undefined && runs > 1 && finite.length > 1 && least < most;
  const [best, worst] = higher === true ? [most, least] : [least, most];
  const texts = distinctNumbers(values);
  const cells = values.map((value, place): CompareCell => {
    const difference = place === base ? undefined : differenceOf(values[base], value);
    const rank = !ranked ? undefined : value === best ? 'best' : value === worst ? 'worst' : undefined;
    return {
      text: texts[place],
      whole: value === undefined ? undefined : String(value),
      mark: markOf(values[base], value),
      ...(difference !== undefined && { difference }),
      ...(rank && { rank }),
    };
  });
  const differs = cells.some(({ mark }) => mark !== 'same');
  return { id: `metrics.${key}`, section: 'metrics', key, cells, differs, figures: values, higher };
}

type Fact = keyof typeof text.facts;

function factRows({ runs, tags, datasets, models }: Comparison, base: number): CompareRow[] {
  const tag = (key: string) => tags.find((row) => row.key === key)?.values;
  const each = (valueOf: (run: ComparedRun, place: number) => string | undefined) => runs.map(valueOf);
  const namesOf = (lists: readonly { readonly run: number; readonly name: string }[], place: number) =>
    lists
      .filter(({ run }) => run === place)
      .map(({ name }) => name)
      .join('\n') || undefined;
  const digested = datasets.map(({ run, name, digest }) => ({ run, name: `${name} (${digest})` }));
  const starts = runs.map(({ start }) => start);
  const spans = runs.map(({ start, end }) => (start === undefined || end === undefined ? undefined : end - start));
  const facts: readonly (readonly [Fact, readonly (string | undefined)[] | undefined, CompareRow['figures']?])[] = [
    ['status', each(({ status, deleted }) => text.status(status, deleted))],
    ['experiment', each(({ experimentName }) => experimentName)],
    ['user', each(({ user }) => user || undefined)],
    ['started', starts.map((start) => (start === undefined ? undefined : exactTime(start))), starts],
    ['duration', spans.map((span) => (span === undefined ? undefined : duration(span))), spans],
    ['source', tag('mlflow.source.name')],
    ['commit', tag('mlflow.source.git.commit')],
    ['datasets', each((_, place) => namesOf(digested, place))],
    ['models', each((_, place) => namesOf(models, place))],
  ];
  return facts.flatMap(([fact, values, figures]) =>
    values?.some((value) => value !== undefined)
      ? [{ ...textRow('facts', { key: fact, values }, base), key: text.facts[fact], figures }]
      : [],
  );
}

/** A section of so few rows shows all of them by itself. */
const fewRows = 3;

export function onlyDiffering(section: Section, rows: readonly CompareRow[], { turned }: CompareQuery): boolean {
  return rows.length >= fewRows !== turned.has(section);
}

/** The rows of a section that are shown. */
export function shownRows(section: Section, rows: readonly CompareRow[], query: CompareQuery): readonly CompareRow[] {
  const only = onlyDiffering(section, rows, query);
  const words = query.words.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(
    (row) =>
      (!only || row.differs) &&
      words.every(
        (word) =>
          row.key.toLowerCase().includes(word) || row.cells.some(({ whole }) => whole?.toLowerCase().includes(word)),
      ),
  );
}
