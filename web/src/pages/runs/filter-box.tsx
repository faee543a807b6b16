/**
 * One box for words, ids and MLflow's filter syntax. What is typed applies when it can be understood; what cannot is
 * underlined and explained, and the rows stay. The key that a filter begins with is not looked for as a word.
 */
import { useQuery } from '@tanstack/react-query';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { columnValues, filterCheck, runColumns, type Scope } from '../../api/run-columns.ts';
import { FilterField, type WrongFilter } from '../../components/filter-field.tsx';
import { useTypedWords } from '../../components/use-typed-words.ts';
import { text } from '../../text/runs.ts';
import { completionAt, suggestionsOf, type Suggestion } from './filter-completion.ts';
import { columnInFilter, isFilter, isFilterBegun } from './run-query.ts';
import { isColumn } from './wrong-parts.ts';

interface FilterBoxProps {
  readonly value: string;
  readonly scope: Scope;
  readonly onApply: (value: string) => void;
}

const pause = 250;

export function FilterBox({ value, scope, onApply }: FilterBoxProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [caret, setCaret] = useState<number>();
  const [at, setAt] = useState(-1);
  const {
    typed,
    type,
    apply,
    wrong: refused,
  } = useTypedWords({
    value,
    pause,
    checkOf: (settled) => (isFilter(settled) ? filterCheck(settled) : undefined),
    isBegun: isFilterBegun,
    onApply,
  });

  const wrong = useKeyHint(refused, scope);

  const completion = caret === undefined ? undefined : completionAt(typed.slice(0, caret));
  const keys = useQuery({ ...runColumns(scope.experiment_ids, scope.view_type), enabled: caret !== undefined });
  const values = useQuery({
    ...columnValues({ ...scope, filter: '', text: '' }, completion?.key ?? ''),
    enabled: completion?.kind === 'value' && isColumn(completion.key),
    retry: false,
  });
  const suggestions = completion ? suggestionsOf(completion, keys.data, values.data) : [];

  const choose = ({ insert }: Suggestion): void => {
    if (!completion || caret === undefined) return;
    const head = typed.slice(0, completion.start) + insert;
    type(head + typed.slice(caret));
    setCaret(head.length);
    setAt(-1);
    requestAnimationFrame(() => input.current?.setSelectionRange(head.length, head.length));
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const suggestion = suggestions[at];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setCaret(input.current?.selectionStart ?? typed.length);
      setAt(suggestions.length === 0 ? -1 : (at + step + suggestions.length) % suggestions.length);
    } else if ((event.key === 'Enter' || event.key === 'Tab') && suggestion) {
      event.preventDefault();
      choose(suggestion);
    } else if (event.key === 'Enter') {
      setCaret(undefined);
      apply(typed);
    } else if (event.key === 'Escape' && suggestions.length > 0 && caret !== undefined) {
      event.stopPropagation();
      setCaret(undefined);
    }
  };

  const open = caret !== undefined && suggestions.length > 0;
  return (
    <FilterField
      id={id}
      input={input}
      className="filter-box"
      testId="runs-search"
      label={text.filter}
      clearLabel={text.clearFilter}
      placeholder={text.filterHint}
      typed={typed}
      wrong={wrong}
      onType={(next, place) => {
        type(next);
        setCaret(place);
        setAt(-1);
      }}
      onClear={() => {
        apply('');
      }}
      onBlur={() => {
        setCaret(undefined);
      }}
      onKeyDown={onKeyDown}
      role="combobox"
      aria-expanded={open}
      aria-controls={`${id}-list`}
      aria-autocomplete="list"
      aria-activedescendant={open && at >= 0 ? `${id}-${at}` : undefined}
    >
      {open && (
        <ul id={`${id}-list`} role="listbox" aria-label={text.filter} className="completions">
          {suggestions.map((suggestion, i) => (
            <li
              key={suggestion.label}
              id={`${id}-${i}`}
              role="option"
              aria-selected={i === at}
              onPointerDown={(event) => {
                event.preventDefault();
                choose(suggestion);
              }}
            >
              <span className="ellipsis mono">{suggestion.label}</span>
              {suggestion.note && <span className="dim">{suggestion.note}</span>}
            </li>
          ))}
        </ul>
      )}
    </FilterField>
  );
}

/** Of a key without its kind, such as `val_acc > 0.8`: what runs here have under that name. */
function useKeyHint(wrong: WrongFilter | undefined, scope: Scope): WrongFilter | undefined {
  const [, bare = ''] = /^Invalid attribute key '(.+?)' specified/.exec(wrong?.message ?? '') ?? [];
  const { data } = useQuery({ ...runColumns(scope.experiment_ids, scope.view_type, bare), enabled: bare !== '' });
  if (bare === '' || !data) return wrong;
  const names = (['metrics', 'params', 'tags'] as const).flatMap((kind) =>
    (data[kind] ?? []).flatMap(({ key }) => (key === bare ? [columnInFilter(`${kind}.${key}`)] : [])),
  );
  return names.length === 0 ? wrong : { ...wrong, message: text.withKind(names) };
}
