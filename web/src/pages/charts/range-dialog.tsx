import { useState, type ReactNode } from 'react';
import type { XKind } from '../../charts/axis-text.ts';
import type { RangeChange } from '../../charts/line/chart-axes.ts';
import type { Range } from '../../charts/line/line-data.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { text } from '../../text/run.ts';
import { localTime, rangeText, readRange, timeOfLocal } from './range-text.ts';

interface RangeDialogProps {
  readonly name: string;
  readonly x: XKind;
  readonly zoom: Range | undefined;
  readonly limits: Range | undefined;
  /** X is that of this chart alone. */
  readonly own?: boolean;
  readonly onChange: (change: RangeChange) => void;
  readonly onClose: () => void;
}

const words = text.charts;

/** The ends of both axes by hand; an empty field leaves its end to the data. */
export function RangeDialog({ name, x, zoom, limits, own = false, onChange, onClose }: RangeDialogProps) {
  const byClock = x === 'time';
  const shownX = (text: string | undefined): string => (byClock ? localTime(text) : (text ?? ''));
  const [fromX, toX] = rangeText(zoom);
  const [fromY, toY] = rangeText(limits);
  const [ends, setEnds] = useState([shownX(fromX), shownX(toX), fromY ?? '', toY ?? '']);
  const [wrong, setWrong] = useState(false);
  const save = (): void => {
    const [lowX = '', highX = '', lowY = '', highY = ''] = ends;
    const readX = (end: string): string => (byClock ? timeOfLocal(end) : end);
    const next = { zoom: readRange(readX(lowX), readX(highX)), limits: readRange(lowY, highY) };
    if ((!next.zoom && lowX + highX !== '') || (!next.limits && lowY + highY !== '')) {
      setWrong(true);
      return;
    }
    onChange(next);
    onClose();
  };
  const field = (place: number, name: string, type: string): ReactNode => (
    <label className="field">
      {name}
      <input
        type={type}
        step={type === 'number' ? 'any' : 1}
        value={ends[place]}
        onChange={(event) => {
          setEnds(ends.with(place, event.target.value));
        }}
      />
    </label>
  );
  const clock = byClock ? 'datetime-local' : 'number';
  return (
    <Dialog title={words.rangesOf(name)} onClose={onClose}>
      <form
        className="range-form"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <fieldset>
          <legend>{own ? words.rangeOwnX(words.xs[x]) : words.rangeX(words.xs[x])}</legend>
          {field(0, words.from, clock)}
          {field(1, words.to, clock)}
        </fieldset>
        <fieldset>
          <legend>{words.rangeY}</legend>
          {field(2, words.from, 'number')}
          {field(3, words.to, 'number')}
        </fieldset>
        <p className="dim">{words.rangeHint}</p>
        {wrong && (
          <p className="field-error" role="alert">
            {words.rangeWrong}
          </p>
        )}
        <div className="actions">
          <Button
            onClick={() => {
              onChange({ zoom: undefined, limits: undefined });
              onClose();
            }}
          >
            {words.rangeReset}
          </Button>
          <Button kind="primary" type="submit">
            {words.rangeSet}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
