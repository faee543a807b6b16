/** The picture of a search under way: how far it is, the best so far, what runs. */
import type { FinishedTrial } from '../../automl/problem.ts';
import { costMetrics } from '../../protocol/automl-record.ts';
import { cut, harmless, painted, widthOf, type Terminal } from '../output/terminal.ts';
import { bytesText, shown, spanText } from '../output/values.ts';

export interface BoardState {
  readonly what: string;
  /** Milliseconds since 1970. */
  readonly begun: number;
  /** 0: not known yet. */
  readonly deadline: number;
  /** Best first. */
  readonly trials: readonly FinishedTrial[];
  readonly failed: number;
  readonly running: readonly { readonly name: string; readonly since: number }[];
  readonly metric: string;
}

const shownRows = 8;
const barWidth = 24;

export function boardLines(state: BoardState, terminal: Terminal, now = Date.now()): string[] {
  const room = terminal.width - 1;
  const running = state.running.map(({ name, since }) => `▸ ${name} ${spanText(now - since)}`).join('  ');
  return [
    cut(headLine(state, now), room),
    ...tableLines(state, terminal),
    ...(running === '' ? [] : [painted(cut(harmless(running), room), 'blue', terminal)]),
  ];
}

/** The bar first, so that it stays where it is whatever is done. */
function headLine({ what, begun, deadline, trials, failed }: BoardState, now: number): string {
  if (deadline === 0) return `${harmless(what)} ${wholeSeconds(now - begun)}`;
  const part = Math.min(Math.max((now - begun) / (deadline - begun), 0), 1);
  const bar = '█'.repeat(Math.round(part * barWidth)).padEnd(barWidth, '░');
  const left = now < deadline ? `${wholeSeconds(deadline - now)} left` : 'time is up';
  const said = [
    what,
    ...(trials.length > 0 ? [`${trials.length} ${trials.length === 1 ? 'trial' : 'trials'}`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ];
  return `${bar} ${left}  ${harmless(said.join(' · '))}`;
}

/** What counts is not read to the tenth. */
function wholeSeconds(ms: number): string {
  return ms < 60_000 ? `${Math.ceil(ms / 1000)}s` : spanText(ms);
}

function tableLines({ trials, metric }: BoardState, terminal: Terminal): string[] {
  if (trials.length === 0) return [];
  const rows = trials
    .slice(0, shownRows)
    .map(({ name, validation, metrics }, index) => [
      String(index + 1),
      name,
      shown(validation),
      textOf(metrics[costMetrics.fitSeconds], (seconds) => spanText(seconds * 1000)),
      textOf(metrics[costMetrics.predictMs], (ms) => String(Number(ms.toPrecision(2)))),
      textOf(metrics[costMetrics.modelBytes], bytesText),
    ]);
  const all = [['#', 'MODEL', `VAL ${metric}`.toUpperCase(), 'FIT', 'MS/ROW', 'SIZE'], ...rows];
  const widths = (all[0] ?? []).map((_, at) => Math.max(...all.map((row) => widthOf(row[at] ?? ''))));
  return all.map((row, index) => {
    const text = row.map((cell, at) => padded(cell, widths[at] ?? 0, at !== 1)).join('  ');
    return painted(cut(text, terminal.width - 1), index === 0 ? 'bold' : index === 1 ? 'green' : undefined, terminal);
  });
}

function textOf(value: number | undefined, text: (value: number) => string): string {
  return value === undefined ? '' : text(value);
}

function padded(text: string, width: number, right: boolean): string {
  const pad = ' '.repeat(width - widthOf(text));
  return right ? pad + text : text + pad;
}
