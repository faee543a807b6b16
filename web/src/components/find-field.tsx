import type { ComponentProps } from 'react';

interface FindFieldProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'type'> {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onType: (typed: string) => void;
  /** Whether the key `/` of the frame goes here. */
  readonly ofPage?: boolean;
}

/** Words that narrow what the page shows while they are typed. */
export function FindField({ label, hint = label, value, onType, ofPage = false, ...rest }: FindFieldProps) {
  return (
    <input
      type="search"
      data-page-search={ofPage ? '' : undefined}
      aria-label={label}
      placeholder={hint}
      value={value}
      onChange={(event) => {
        onType(event.target.value);
      }}
      {...rest}
    />
  );
}
