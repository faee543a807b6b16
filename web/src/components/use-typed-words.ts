/** What is typed into a search: it settles after a pause, and applies by itself once it is understood. */
import { skipToken, useQuery, type UseQueryOptions } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { WrongFilter } from './filter-field.tsx';
import { useSettled } from './use-settled.ts';

type Check = WrongFilter & { readonly ok?: boolean | undefined };
export type CheckQuery = UseQueryOptions<Check, Error, Check, string[]>;

interface TypedWordsProps {
  /** What applies now. */
  readonly value: string;
  /** Milliseconds without a key until it settles. */
  readonly pause: number;
  /** How a filter is checked before it applies; nothing for plain words. */
  readonly checkOf?: ((settled: string) => CheckQuery | undefined) | undefined;
  /** Whether it is only the beginning of a filter, which is not taken for words while it is typed. */
  readonly isBegun?: ((settled: string) => boolean) | undefined;
  readonly onApply: (value: string) => void;
}

interface TypedWords {
  readonly typed: string;
  readonly type: (typed: string) => void;
  /** Without a pause; a filter still has to be understood. */
  readonly apply: (typed: string) => void;
  readonly wrong: WrongFilter | undefined;
}

const unchecked: CheckQuery = { queryKey: ['unchecked'], queryFn: skipToken };

export function useTypedWords({ value, pause, checkOf, isBegun, onApply }: TypedWordsProps): TypedWords {
  const [typed, type] = useState(value);
  const [settled, settle] = useSettled(typed, pause);
  const [applied, setApplied] = useState(value);
  if (applied !== value) {
    // The address changed: a chip was removed, or Back was pressed.
    setApplied(value);
    if (typed.trim() !== value) {
      type(value);
      settle(value);
    }
  }
  const filter = checkOf?.(settled);
  const check = useQuery(filter ?? unchecked);
  const wrong = filter && typed === settled && check.data?.ok === false ? check.data : undefined;
  const understood = filter === undefined ? isBegun?.(settled) !== true : check.data?.ok === true;
  useEffect(() => {
    if (understood && settled === typed && settled.trim() !== value) onApply(settled.trim());
    // Only what settles applies; a change of the address alone does not.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [settled, understood]);
  return {
    typed,
    type,
    apply: (now) => {
      type(now);
      settle(now);
      if (checkOf?.(now) === undefined) onApply(now.trim());
    },
    wrong,
  };
}
