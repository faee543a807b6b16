import { useEffect } from 'react';
import { useUrlState } from '../../../components/url-state.ts';
import { urlOfDraft, type SearchDraft } from './draft.ts';

/** The address follows the typing shortly after. */
const pauseMs = 250;

/** @param left the page is on its way to another one */
export function useKeptInUrl(draft: SearchDraft, left: boolean): void {
  const [, setUrl] = useUrlState();
  useEffect(() => {
    if (left) return;
    const timer = setTimeout(() => {
      setUrl(urlOfDraft(draft), { replace: true });
    }, pauseMs);
    return () => {
      clearTimeout(timer);
    };
  }, [draft, left, setUrl]);
}
