/** A box that searches while one types. What is wrong with a filter is underlined and said below it. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import { modelFilterCheck } from '../../api/models.ts';
import { FilterField } from '../../components/filter-field.tsx';
import { text } from '../../text/models.ts';

interface SearchBoxProps {
  readonly value: string;
  readonly label: string;
  readonly hint: string;
  /** Whether the text is to be checked as a filter before it applies. */
  readonly isFilter?: (typed: string) => boolean;
  readonly onApply: (value: string) => void;
}

const pause = 120;

export function SearchBox({ value, label, hint, isFilter, onApply }: SearchBoxProps) {
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
  const filter = isFilter?.(settled) === true;
  const check = useQuery({ ...modelFilterCheck(settled), enabled: filter });
  const wrong = filter && typed === settled && check.data?.ok === false ? check.data : undefined;
  const understood = !filter || check.data?.ok === true;
  useEffect(() => {
    if (understood && settled === typed && settled.trim() !== value) onApply(settled.trim());
    // Only what settles applies; a change of the address alone does not.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [settled, understood]);

  return (
    <FilterField
      id={id}
      input={input}
      className="models-search"
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
        if (event.key === 'Enter' && !filter) onApply(typed.trim());
      }}
    />
  );
}
