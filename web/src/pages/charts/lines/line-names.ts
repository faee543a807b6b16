/** What a line is called: by its run, its group, its params, as the card says. */
import type { ChartLine } from '../../../charts/line/line-data.ts';
import { shortNumber } from '../../../components/format.ts';
import { splitColumn } from '../../runs/run-query.ts';
import type { ChartRun, RunValues } from '../chart-run.ts';
import type { ChartGroup } from '../grouping.ts';
import { groupPart, runPart } from './line-options.ts';

export function nameOf(
  run: ChartRun,
  parts: readonly string[],
  values: RunValues,
  groups: readonly ChartGroup[],
): string {
  const words = parts.map((part) => {
    if (part === runPart) return run.label ?? run.name;
    if (part === groupPart) return run.group === undefined ? '' : (groups[run.group]?.label ?? '');
    const value = values.at(run.id, part);
    if (value === undefined || value === null) return '';
    return `${splitColumn(part)[1]} ${typeof value === 'number' ? shortNumber(value) : value}`;
  });
  return words.filter(Boolean).join(' · ') || (run.label ?? run.name);
}

/** The id of a line is its run's, or its group's, and its metric: either may have spaces in it. */
export function metricOf({ id, run = '' }: Pick<ChartLine, 'id' | 'run'>): string {
  return id.slice(run.length + 1);
}

/** The columns that names are made of. */
export function columnsOfNames(parts: readonly string[]): string[] {
  return parts.filter((part) => part !== runPart && part !== groupPart);
}
