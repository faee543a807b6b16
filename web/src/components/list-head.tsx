import type { ReactNode } from 'react';
import { PageTitle } from './page.tsx';
import { SearchBox, type SearchBoxProps } from './search-box.tsx';
import { useUrlState } from './url-state.ts';

interface ListHeadProps {
  readonly title: string;
  /** How many there are; undefined until that is known. */
  readonly counts: ReactNode;
  /** Its text is `q` of the address. Undefined where there is nothing to search. */
  readonly search: Omit<SearchBoxProps, 'value' | 'onApply'> | undefined;
  /** Between the counts and the search. */
  readonly choices?: ReactNode;
  /** What begins something new. */
  readonly children?: ReactNode;
}

/** The top line of a page that lists things. */
export function ListHead({ title, counts, search, choices, children }: ListHeadProps) {
  const [url, setUrl] = useUrlState();
  return (
    <div className="page-head">
      <PageTitle>{title}</PageTitle>
      {counts !== undefined && (
        <span className="dim" role="status">
          {counts}
        </span>
      )}
      {choices}
      {search ? (
        <SearchBox
          {...search}
          value={url['q'] ?? ''}
          onApply={(q) => {
            setUrl({ q }, { replace: true });
          }}
        />
      ) : (
        <span className="spacer" />
      )}
      {children}
    </div>
  );
}
