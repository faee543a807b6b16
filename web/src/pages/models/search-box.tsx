/** A box that searches while one types. What is wrong with a filter is underlined and said below it. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import { modelFilterCheck } from '../../api/models.ts';
import { IconButton } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
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
    <div className="models-search">
      <Icon name="search" />
      <input
        ref={input}
        type="text"
        data-page-search=""
        aria-label={label}
        aria-invalid={wrong !== undefined}
        aria-describedby={wrong ? id : undefined}
        placeholder={hint}
        spellCheck={false}
        autoComplete="off"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !filter) onApply(typed.trim());
        }}
      />
      {typed !== '' && (
        <IconButton
          icon="close"
          label={text.clearSearch}
          onClick={() => {
            setTyped('');
            setSettled('');
            onApply('');
            input.current?.focus();
          }}
        />
      )}
      {wrong && (
        <p id={id} className="models-wrong" role="status">
          <code>
            {typed.slice(0, wrong.start ?? 0)}
            <mark>{typed.slice(wrong.start ?? 0, wrong.end ?? typed.length) || ' '}</mark>
            {typed.slice(wrong.end ?? typed.length)}
          </code>
          <span>{wrong.message}</span>
        </p>
      )}
    </div>
  );
}
