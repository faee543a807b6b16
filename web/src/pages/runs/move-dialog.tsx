import { useEffect, useEffectEvent, useId, useState, type KeyboardEvent } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { count } from '../../components/format.ts';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/run-work.ts';
import { useExperimentsFound } from './find-experiments.ts';

interface MoveDialogProps {
  readonly runs: number;
  /** Where all of them stand now. */
  readonly from: string | undefined;
  readonly onMove: (experiment: { id: string; name: string }) => void;
  readonly onClose: () => void;
}

const shown = 8;

/** Chooses the experiment that runs go to, found as one types. */
export function MoveDialog({ runs, from, onMove, onClose }: MoveDialogProps) {
  const id = useId();
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const found = useExperimentsFound(words, shown + 1);
  const choices = found.experiments.filter((experiment) => experiment.id !== from).slice(0, shown);
  const chosen = choices[at] ?? choices[0];
  // Enter may come before the answer to the last letter: it counts if the choice is still the same then.
  const [pressedOn, setPressedOn] = useState<string>();
  const isDecided = found.settled && chosen !== undefined && chosen.id === pressedOn;
  const decide = useEffectEvent(() => {
    setPressedOn(undefined);
    if (chosen) onMove(chosen);
  });
  useEffect(() => {
    if (isDecided) decide();
  }, [isDecided]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || choices.length === 0) return;
    event.preventDefault();
    setAt((at + step + choices.length) % choices.length);
  };
  return (
    <Dialog title={text.moveTitle(count(runs))} onClose={onClose}>
      <form
        className="ask"
        onSubmit={(event) => {
          event.preventDefault();
          setPressedOn(chosen?.id);
        }}
      >
        <label className="field">
          {text.moveTarget}
          <input
            type="text"
            role="combobox"
            placeholder={text.moveHint}
            autoComplete="off"
            spellCheck={false}
            aria-autocomplete="list"
            aria-expanded="true"
            aria-controls={`${id}-list`}
            aria-activedescendant={chosen ? `${id}-${chosen.id}` : undefined}
            value={words}
            onChange={(event) => {
              setWords(event.target.value);
              setAt(0);
              setPressedOn(undefined);
            }}
            onKeyDown={onKeyDown}
          />
        </label>
        <ul id={`${id}-list`} role="listbox" aria-label={text.moveTarget} className="choices">
          {choices.map((experiment, i) => (
            <li
              key={experiment.id}
              id={`${id}-${experiment.id}`}
              role="option"
              aria-selected={experiment === chosen}
              onPointerDown={(event) => {
                event.preventDefault();
                setAt(i);
              }}
            >
              <span className="ellipsis" title={experiment.name}>
                {experiment.name}
              </span>
              <span className="dim">{text.runCount(count(experiment.runs))}</span>
            </li>
          ))}
        </ul>
        {found.settled && choices.length === 0 && <p role="status">{text.noExperiments(words.trim())}</p>}
        {found.error && <p className="field-error">{found.error.message}</p>}
        <p className="dim">{text.moveNote}</p>
        <div className="actions">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button type="submit" kind="primary" disabled={!chosen}>
            <span className="ellipsis">{chosen ? text.moveTo(chosen.name) : text.moveNowhere}</span>
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
