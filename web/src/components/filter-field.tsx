import type { ComponentProps, ReactNode, RefObject } from 'react';
import { IconButton } from './button.tsx';
import { Icon } from './icon.tsx';

/** What is wrong with a filter, and with which characters of it. */
export interface WrongFilter {
  readonly message?: string | undefined;
  readonly start?: number | undefined;
  readonly end?: number | undefined;
}

/** Something is missing there: as wide as to be seen. */
const nothing = '\u00a0\u00a0\u00a0';

interface FilterFieldProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'id'> {
  readonly id: string;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly label: string;
  readonly clearLabel: string;
  readonly typed: string;
  readonly wrong: WrongFilter | undefined;
  readonly onType: (typed: string, caret: number | undefined) => void;
  readonly onClear: () => void;
  readonly className?: string;
  readonly testId?: string;
  /** Below the field: suggestions. */
  readonly children?: ReactNode;
}

/** A field for words and filters: the page's own search. The wrong part of a filter is underlined and explained below. */
export function FilterField(props: FilterFieldProps) {
  const {
    id,
    input,
    label,
    clearLabel,
    typed,
    wrong,
    onType,
    onClear,
    className = '',
    testId,
    children,
    ...rest
  } = props;
  return (
    <div className={`filter-field ${className}`} data-testid={testId}>
      <Icon name="search" />
      <input
        ref={input}
        type="text"
        data-page-search=""
        aria-label={label}
        aria-invalid={wrong !== undefined}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        spellCheck={false}
        autoComplete="off"
        value={typed}
        onChange={(event) => {
          onType(event.target.value, event.target.selectionStart ?? undefined);
        }}
        {...rest}
      />
      {typed !== '' && (
        <IconButton
          icon="close"
          label={clearLabel}
          onClick={() => {
            onClear();
            input.current?.focus();
          }}
        />
      )}
      {children}
      {wrong && (
        <p id={`${id}-wrong`} className="filter-wrong" role="status">
          <code>
            {typed.slice(0, wrong.start ?? 0)}
            <mark>{typed.slice(wrong.start ?? 0, wrong.end ?? typed.length) || nothing}</mark>
            {typed.slice(wrong.end ?? typed.length)}
          </code>
          <span>{wrong.message}</span>
        </p>
      )}
    </div>
  );
}
