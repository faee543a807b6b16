/** What the page of a search shows, as the address says: a view, a trial and a part of it. */
import { useCallback } from 'react';
import { useUrlState } from '../../components/url-state.ts';
import { ofOneFile } from '../run/artifacts/one-file.ts';

export const views = ['models', 'data', 'notebooks', 'config'] as const;
export type SearchView = (typeof views)[number];

/** Beside what is of any file: how the lines of a notebook are shown. */
const ofOnePart = { ...ofOneFile, wrap: undefined };

export function useSearchView() {
  const [url, setUrl] = useUrlState();
  const choose = useCallback(
    (trial: string | undefined) => {
      setUrl({ ...ofOnePart, trial, ...(trial === undefined && { show: undefined }) });
    },
    [setUrl],
  );
  const showPart = useCallback(
    (show: string | undefined) => {
      setUrl({ ...ofOnePart, show });
    },
    [setUrl],
  );
  const showView = useCallback(
    (view: SearchView, more: Readonly<Record<string, string | undefined>> = {}) => {
      setUrl({ ...ofOnePart, view: view === 'models' ? undefined : view, ...more });
    },
    [setUrl],
  );
  const openNotebook = useCallback(
    (notebook: string | undefined) => {
      setUrl({ ...ofOnePart, notebook });
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
