/** Bars of how much params tell, out of a whole order of runs, and beside each in words which way it goes. */
import type { Mark, PlanPlot } from '../../../charts/marks/mark-plot.ts';
import { measured, shortened } from '../../../charts/text-width.ts';
import { text } from '../../../text/chart-relations.ts';
import type { ParamShare } from './param-shares.ts';

/** Without a share, for too few runs, bars are those of the correlation. */
interface ImportanceBar extends Pick<ParamShare, 'key' | 'share' | 'part' | 'spearman'> {
  readonly effect: string;
}

const rowHeight = 34;
const above = 4;
const barHeight = 8;

export function importancePlot(bars: readonly ImportanceBar[]): PlanPlot {
  return (size, theme) => {
    const lengthOf = ({ share, spearman = 0 }: ImportanceBar): number => share ?? Math.abs(spearman);
    const figures = bars.map((bar) => figureOf(bar));
    const right = Math.max(0, ...figures.map((figure) => measured(figure, theme.font).width)) + 12;
    const width = Math.max(40, size.width - right - 8);
    const marks = bars.map((bar, i): Mark => ({
      key: bar.key,
      runIds: [],
      name: bar.key,
      colour: theme.lines[0] ?? theme.text,
      facts: [
        ...(bar.share === undefined ? [] : [{ label: text.shareOfOrder, value: percent(bar.share) }]),
        ...(bar.part === undefined ? [] : [{ label: text.partOfTold, value: percent(bar.part) }]),
        ...(bar.spearman === undefined ? [] : [{ label: text.correlation, value: signed(bar.spearman) }]),
        ...(bar.effect === '' ? [] : [{ label: text.effect, value: bar.effect }]),
      ],
      box: { left: 8, top: above + i * rowHeight, width: size.width - 16, height: rowHeight - 4 },
    }));
    return {
      height: above + bars.length * rowHeight,
      marks,
      drawn: { lines: bars.length, points: bars.length, maxY: Math.max(0, ...bars.map(lengthOf)) },
      paint: (pen, { top, height }) => {
        pen.font = theme.font;
        pen.textBaseline = 'middle';
        pen.globalAlpha = 1;
        for (const [i, bar] of bars.entries()) {
          const y = above + i * rowHeight - top;
          if (y > height || y + rowHeight < 0) continue;
          const name = shortened(pen, bar.key, width / 2);
          pen.textAlign = 'left';
          pen.fillStyle = theme.text;
          pen.font = theme.font.replace(/^11px/, '600 11px');
          pen.fillText(name, 8, y + 8);
          const named = pen.measureText(name).width + 16;
          pen.font = theme.font;
          pen.fillText(shortened(pen, wordsOf(bar), Math.max(0, width - named)), named, y + 8);
          pen.fillStyle = theme.grid;
          pen.fillRect(8, y + 18, width, barHeight);
          pen.fillStyle = theme.lines[0] ?? theme.text;
          pen.fillRect(8, y + 18, Math.max(1, lengthOf(bar) * width), barHeight);
          pen.fillStyle = theme.text;
          pen.fillText(figures[i] ?? '', width + 16, y + 18 + barHeight / 2);
        }
      },
    };
  };
}

function figureOf({ share, spearman = 0 }: ImportanceBar): string {
  return share === undefined ? signed(spearman) : `${Math.round(share * 100)} %`;
}

function wordsOf({ share, spearman, effect }: ImportanceBar): string {
  return share === undefined || spearman === undefined ? effect : `${effect} · ${signed(spearman)}`;
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}

function signed(value: number): string {
  return `ρ ${value > 0 ? '+' : ''}${value.toFixed(2)}`;
}
