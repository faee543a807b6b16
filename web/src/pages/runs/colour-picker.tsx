import { useState } from 'react';
import { runNameOf } from '../../api/run-name.ts';
import type { TableRow } from '../../api/run-table.ts';
import { cssColour, isHexColour, paletteHexes, runColour } from '../../charts/run-colour.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { Popover } from '../../components/popover.tsx';
import { text } from '../../text/run-cells.ts';

interface ColourPickerProps {
  readonly row: TableRow;
  readonly anchor: Element | null;
  /** Whether the dots show something else at the moment. */
  readonly coloured: boolean;
  /** Undefined: the one that the run has by itself. */
  readonly onChoose: (hex: string | undefined) => void;
  readonly onClose: () => void;
}

/** Colours of the palette, any other, or the run's default. */
export function ColourPicker({ row, anchor, coloured, onChoose, onClose }: ColourPickerProps) {
  const current = coloured ? undefined : runColour(row.run_number, row.colour);
  const [typed, setTyped] = useState(typeof current === 'string' ? current : '');
  return (
    <Popover label={text.colour(runNameOf(row))} anchor={anchor} onClose={onClose}>
      <div className="colour-choices">
        {paletteHexes.map((hex, place) => (
          <button
            key={hex}
            type="button"
            className="colour-choice"
            aria-pressed={current === place}
            aria-label={text.paletteColour(String(place + 1))}
            title={text.paletteColour(String(place + 1))}
            style={{ background: cssColour(place) }}
            onClick={() => {
              onChoose(hex);
            }}
          >
            {current === place && <Icon name="check" />}
          </button>
        ))}
      </div>
      <form
        className="popover-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (isHexColour(typed)) onChoose(typed);
        }}
      >
        <input
          aria-label={text.ownColour}
          placeholder={text.ownColourHint}
          size={9}
          maxLength={7}
          value={typed}
          aria-invalid={typed !== '' && !isHexColour(typed)}
          onChange={(event) => {
            setTyped(event.target.value.trim());
          }}
        />
        <i
          className={isHexColour(typed) ? 'dot' : 'dot empty'}
          style={{ background: isHexColour(typed) ? typed : undefined }}
        />
        <Button type="submit" disabled={!isHexColour(typed)}>
          {text.useColour}
        </Button>
        <Button
          kind="quiet"
          onClick={() => {
            onChoose(undefined);
          }}
        >
          {text.defaultColour}
        </Button>
      </form>
      {coloured && <p className="dim">{text.shownWhileColoured}</p>}
    </Popover>
  );
}
