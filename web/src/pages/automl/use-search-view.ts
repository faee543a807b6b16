/** What the page of a search shows, as the address says: a view, a trial and a part of it. */
import { useCallback } from 'react';
import { useUrlState } from '../../components/url-state.ts';

export const views = ['models', 'data', 'notebooks', 'config'] as const;
export type SearchView = (typeof views)[number];

/** What belongs to one opened file alone leaves the address with it. */
const ofOneFile = {
  find: undefined,
  as: undefined,
  load: undefined,
  rows: undefined,
  order: undefined,
  wrap: undefined,
};

export function useSearchView() {
  const [url, setUrl] = useUrlState();
  const choose = useCallback(
    (trial: string | undefined) => {
      setUrl({ ...ofOneFile, trial, ...(trial === undefined && { show: undefined }) });
    },
    [setUrl],
  );
  const showPart = useCallback(
    (show: string | undefined) => {
      setUrl({ ...ofOneFile, show });
    },
    [setUrl],
  );
  const showView = useCallback(
    (view: SearchView, more: Readonly<Record<string, string | undefined>> = {}) => {
      setUrl({ ...ofOneFile, view: view === 'models' ? undefined : view, ...more });
    },
    [setUrl],
  );
  const openNotebook = useCallback(
    (notebook: string | undefined) => {
      setUrl({ ...ofOneFile, notebook });
    },
    [setUrl],
  );
  return {
    view: views.find((one) => one === url['view']) ?? 'models',
    trial: url['trial'],
    /** Of the trial. Undefined: about it; `plots`, `notebook`. */
    show: url['show'],
    /** Path of the artifact, in the view of the notebooks. */
    notebook: url['notebook'],
    sort: url['sort'],
    choose,
    showPart,
    showView,
    openNotebook,
    setUrl,
  };
}

export type ShownView = ReturnType<typeof useSearchView>;
