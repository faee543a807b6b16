import type { KeyboardEvent } from 'react';
import { IconButton } from '../button.tsx';
import { FindField } from '../find-field.tsx';
import { count } from '../format.ts';
import { text } from '../../text/views.ts';

interface FindBarProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Counted from 0. */
  readonly at: number;
  readonly matches: number;
  readonly onMove: (step: 1 | -1) => void;
  readonly label?: string;
}

export function FindBar({ value, onChange, at, matches, onMove, label = text.findInFile }: FindBarProps) {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') onMove(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape' && value !== '') {
      event.stopPropagation();
      onChange('');
    }
  };
  return (
    <span className="find-bar">
      <FindField ofPage label={label} hint={text.find} onKeyDown={onKeyDown} value={value} onType={onChange} />
      {value !== '' && (
        <>
          <span className="dim" role="status">
            {text.matches(matches === 0 ? 0 : at + 1, count(matches))}
          </span>
          <IconButton
            icon="up"
            label={text.previous}
            disabled={matches === 0}
            onClick={() => {
              onMove(-1);
            }}
          />
          <IconButton
            icon="down"
            label={text.next}
            disabled={matches === 0}
            onClick={() => {
              onMove(1);
            }}
          />
        </>
      )}
    </span>
  );
}
