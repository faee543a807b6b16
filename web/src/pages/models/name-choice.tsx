import { useQuery } from '@tanstack/react-query';
import { useId, useState, type KeyboardEvent } from 'react';
import { findModels, type Model } from '../../api/models.ts';
import { text } from '../../text/models.ts';
import { firstFocus } from '../../components/first-focus.ts';
import { nameProblem } from './model-name.ts';

interface NameChoiceProps {
  readonly value: string;
  readonly onChange: (name: string) => void;
  readonly problem?: string | undefined;
  /** The model of exactly this name; null when there is none, undefined while it is not known. */
  readonly existing: Model | null | undefined;
}

/** A model to add a version to: one that is there, found while its name is typed, or a new one. */
export function NameChoice({ value, onChange, problem, existing }: NameChoiceProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const found = useQuery({
    queryKey: ['models', 'choice', value],
    queryFn: ({ signal }) => findModels({ text: value }, 8, 0, signal),
    placeholderData: (before) => before,
  });
  const models = (found.data?.rows ?? []).filter(({ name }) => name !== value);
  const wrong = problem ?? (value === '' ? undefined : nameProblem(value));
  const shown = open && models.length > 0;
  const choose = (name: string): void => {
    onChange(name);
    setOpen(false);
    setAt(-1);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setAt(models.length === 0 ? -1 : (at + step + models.length) % models.length);
    } else if (event.key === 'Enter' && shown && models[at]) {
      event.preventDefault();
      choose(models[at].name);
    } else if (event.key === 'Escape' && shown) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    }
  };
  const note =
    wrong ??
    (value === ''
      ? text.register.hint
      : existing
        ? text.register.existing(value, existing.next_version)
        : existing === null
          ? text.register.fresh(value)
          : '');
  return (
    <div className="field">
      <label htmlFor={id}>{text.register.name}</label>
      <input
        id={id}
        type="text"
        role="combobox"
        ref={firstFocus}
        autoComplete="off"
        spellCheck={false}
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-activedescendant={shown && at >= 0 ? `${id}-${at}` : undefined}
        aria-invalid={wrong !== undefined}
        aria-describedby={`${id}-note`}
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
          setOpen(true);
          setAt(-1);
        }}
        onBlur={() => {
          setOpen(false);
        }}
        onKeyDown={onKeyDown}
      />
      {shown && (
        <ul id={`${id}-list`} role="listbox" aria-label={text.register.suggestions} className="models-choices">
          {models.map((model, i) => (
            <li
              key={model.name}
              id={`${id}-${i}`}
              role="option"
              aria-selected={i === at}
              onPointerDown={(event) => {
                event.preventDefault();
                choose(model.name);
              }}
            >
              <span className="ellipsis">{model.name}</span>
              <span className="dim">{text.register.next(model.next_version)}</span>
            </li>
          ))}
        </ul>
      )}
      <p id={`${id}-note`} role="status" className={wrong === undefined ? 'page-note' : 'field-error'}>
        {note}
      </p>
    </div>
  );
}
