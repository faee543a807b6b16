/** A box that searches while one types. What is wrong with a filter is underlined and said below it. */
import { useId, useRef } from 'react';
import { FilterField } from './filter-field.tsx';
import { useTypedWords, type CheckQuery } from './use-typed-words.ts';
import { text } from '../text/common.ts';

export interface SearchBoxProps {
  readonly value: string;
  readonly label: string;
  readonly hint: string;
  /** How what is typed is checked before it applies, where it is a filter. */
  readonly filterCheck?: ((typed: string) => CheckQuery | undefined) | undefined;
  /** Whether it is only the beginning of one. */
  readonly isFilterBegun?: ((typed: string) => boolean) | undefined;
  readonly onApply: (value: string) => void;
}

const pause = 120;

export function SearchBox({ value, label, hint, filterCheck, isFilterBegun, onApply }: SearchBoxProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const words = useTypedWords({ value, pause, checkOf: filterCheck, isBegun: isFilterBegun, onApply });

  return (
    <FilterField
      id={id}
      input={input}
      className="search-box"
      label={label}
      clearLabel={text.clearSearch}
      placeholder={hint}
      typed={words.typed}
      wrong={words.wrong}
      onType={words.type}
      onClear={() => {
        words.apply('');
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') words.apply(words.typed);
      }}
    />
  );
}
