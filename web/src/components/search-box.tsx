/** A box that searches while one types. What is wrong with a filter is underlined and said below it. */
import { skipToken, useQuery, type UseQueryOptions } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import { FilterField, type WrongFilter } from './filter-field.tsx';
import { text } from '../text/common.ts';

type Check = WrongFilter & { readonly ok?: boolean | undefined };
type CheckQuery = UseQueryOptions<Check, Error, Check, string[]>;

export interface SearchBoxProps {
  readonly value: string;
  readonly label: string;
  readonly hint: string;
  /** How what is typed is checked before it applies, where it is a filter. */
  readonly filterCheck?: ((typed: string) => CheckQuery | undefined) | undefined;
  readonly onApply: (value: string) => void;
}

const pause = 120;
const unchecked: CheckQuery = { queryKey: ['unchecked'], queryFn: skipToken };

export function SearchBox({ value, label, hint, filterCheck, onApply }: SearchBoxProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  const [settled, setSettled] = useState(value);
  const [applied, setApplied] = useState(value);
  if (applied !== value) {
    setApplied(value);
    if (typed.trim() !== value) {
      setTyped(value);
      setSettled(value);
    }
  }
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(typed);
    }, pause);
    return () => {
      clearTimeout(timer);
    };
  }, [typed]);
  const filter = filterCheck?.(settled);
  const check = useQuery(filter ?? unchecked);
  const wrong = filter && typed === settled && check.data?.ok === false ? check.data : undefined;
  const understood = filter === undefined || check.data?.ok === true;
  useEffect(() => {
    if (understood && settled === typed && settled.trim() !== value) onApply(settled.trim());
    // Only what settles applies; a change of the address alone does not.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [settled, understood]);

  return (
    <FilterField
      id={id}
      input={input}
      className="search-box"
      label={label}
      clearLabel={text.clearSearch}
      placeholder={hint}
      typed={typed}
      wrong={wrong}
      onType={setTyped}
      onClear={() => {
        setTyped('');
        setSettled('');
        onApply('');
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && filter === undefined) onApply(typed.trim());
      }}
    />
  );
}
