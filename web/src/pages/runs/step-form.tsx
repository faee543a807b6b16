import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Popover } from '../../components/popover.tsx';
import { text } from '../../text/run-cells.ts';
import { isStep } from './run-query.ts';

interface StepFormProps {
  readonly anchor: Element | null;
  readonly step: number | undefined;
  readonly onChoose: (step: number) => void;
  readonly onClose: () => void;
}

/** Asks for the step at which a column shows its metric. */
export function StepForm({ anchor, step, onChoose, onClose }: StepFormProps) {
  const [typed, setTyped] = useState(step === undefined ? '' : String(step));
  const wrong = typed.trim() !== '' && !isStep(typed.trim());
  return (
    <Popover label={text.chooseStep} anchor={anchor} onClose={onClose}>
      <form
        className="popover-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (isStep(typed.trim())) onChoose(Number(typed.trim()));
        }}
      >
        <label>
          {text.step}
          <input
            inputMode="numeric"
            size={12}
            value={typed}
            aria-invalid={wrong}
            onChange={(event) => {
              setTyped(event.target.value);
            }}
          />
        </label>
        <Button type="submit" kind="primary" disabled={!isStep(typed.trim())}>
          {text.show}
        </Button>
        <p className={wrong ? 'wrong' : 'dim'}>{wrong ? text.notWhole : text.stepHint}</p>
      </form>
    </Popover>
  );
}
