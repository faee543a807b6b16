import { IconButton } from '../../components/button.tsx';
import { count, shortNumber } from '../../components/format.ts';
import { text } from '../../text/run-cells.ts';
import { otherColour } from './colour-scale.ts';
import { titleOf } from './column-title.ts';
import type { RunColours } from './use-run-colours.ts';

interface ColourLegendProps {
  readonly column: string;
  readonly colours: RunColours;
  readonly onStop: () => void;
}

/** What the colours of the dots stand for. */
export function ColourLegend({ column, colours: { scale, values }, onStop }: ColourLegendProps) {
  const title = titleOf({ name: column, aggregate: 'last' });
  const without = (values?.missing ?? 0) + (scale?.kind === 'numbers' ? (values?.nan ?? 0) : 0);
  return (
    <div className="colour-legend" role="group" aria-label={text.colouredBy(title)}>
      <span className="dim ellipsis" title={title}>
        {text.colouredBy(title)}
      </span>
      {scale?.kind === 'numbers' && (
        <span className="legend-entry">
          <span title={String(scale.min)}>{shortNumber(scale.min)}</span>
          <span className="legend-ramp" />
          <span title={String(scale.max)}>{shortNumber(scale.max)}</span>
          {scale.logarithmic && <span className="dim">{text.logScale}</span>}
        </span>
      )}
      {scale?.kind === 'categories' &&
        scale.categories.map(({ value, count: runs, colour }) => (
          <Entry key={value} colour={colour} label={value} runs={runs} />
        ))}
      {scale?.kind === 'categories' && scale.others > 0 && (
        <Entry
          colour={otherColour}
          label={text.otherValues(count((values?.distinct ?? 0) - scale.categories.length))}
          runs={scale.others}
        />
      )}
      {without > 0 && <Entry colour={undefined} label={text.noValue} runs={without} />}
      <IconButton icon="close" label={text.stopColouring} onClick={onStop} />
    </div>
  );
}

function Entry({ colour, label, runs }: { colour: string | undefined; label: string; runs: number }) {
  return (
    <span className="legend-entry" title={label}>
      <i className={colour === undefined ? 'dot empty' : 'dot'} style={{ background: colour }} />
      <span className="ellipsis">{label}</span>
      <span className="dim">{count(runs)}</span>
    </span>
  );
}
