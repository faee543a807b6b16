import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { deleteExperimentTag, experimentQuery, setExperimentTag } from '../../api/experiments.ts';
import { useKept } from '../../components/kept.ts';
import { showFailure } from '../../components/toast.tsx';
import type { UrlValues } from '../../components/url-state.ts';
import { defaultOf, defaultTag, tagOfView, valuesOf, viewOf, viewsOf, type SavedView } from './saved-views.ts';

export interface SavedViews {
  /** Whether the server has said what it keeps. */
  readonly known: boolean;
  readonly all: readonly SavedView[];
  /** The one that is open, changed or not. */
  readonly current: SavedView | undefined;
  readonly modified: boolean;
  readonly isPrivate: (view: SavedView) => boolean;
  readonly isDefault: (view: SavedView) => boolean;
  readonly hasDefault: boolean;
  /** Saves under its name, for everyone or in this browser alone. False: the server did not take it. */
  readonly save: (view: SavedView, share: boolean) => Promise<boolean>;
  readonly remove: (view: SavedView) => void;
  readonly setDefault: (view: SavedView, on: boolean) => void;
}

/** The views of an experiment: shared ones are its tags, private ones stay in this browser. */
export function useViewsOf(experimentId: string) {
  const { data } = useQuery({ ...experimentQuery(experimentId), enabled: experimentId !== '' });
  const [mine, keepMine] = useKept<readonly SavedView[]>(`modelyard.views.${experimentId}`, []);
  const tags = data?.kept ?? [];
  const shared = viewsOf(tags);
  return { data, tags, mine, keepMine, shared, all: [...mine, ...shared] };
}

/** With which of them is open; the defaults are kept where the views are. */
export function useSavedViews(experimentId: string, values: UrlValues): SavedViews {
  const { data, tags, mine, keepMine, shared, all } = useViewsOf(experimentId);
  const [myDefault, keepMyDefault] = useKept(`modelyard.default-view.${experimentId}`, '');
  const now = viewOf(values);
  const { saved } = values;
  const current = all.find(({ name, query }) => (saved === undefined ? query === now : name === saved));
  // One's own choice comes first.
  const ownDefault = mine.find(({ name }) => name === myDefault);
  const first = ownDefault ?? shared.find(({ name }) => name === defaultOf(tags));

  const tried = async (change: Promise<unknown>): Promise<boolean> => {
    try {
      await change;
      return true;
    } catch (error) {
      showFailure(error);
      return false;
    }
  };
  const setDefault = (view: SavedView, on: boolean): void => {
    if (mine.includes(view)) {
      keepMyDefault(on ? view.name : '');
      return;
    }
    // Whoever chooses a shared one means it to open here too.
    keepMyDefault('');
    void tried(
      on ? setExperimentTag(experimentId, defaultTag, view.name) : deleteExperimentTag(experimentId, defaultTag),
    );
  };
  return {
    known: data !== undefined,
    all,
    current,
    modified: current !== undefined && current.query !== now,
    isPrivate: (view) => mine.includes(view),
    isDefault: (view) => view === first,
    hasDefault: first !== undefined,
    save: async (view, share) => {
      if (share) return tried(setExperimentTag(experimentId, tagOfView(view.name), view.query));
      keepMine([...mine.filter(({ name }) => name !== view.name), view]);
      return true;
    },
    remove: (view) => {
      if (view === first) setDefault(view, false);
      if (mine.includes(view)) keepMine(mine.filter((other) => other !== view));
      else void tried(deleteExperimentTag(experimentId, tagOfView(view.name)));
    },
    setDefault,
  };
}

/** Opens the default view where the page was opened without a query of its own; `default=off` asks for none. */
export function useDefaultView(views: SavedViews, values: UrlValues, open: (view: UrlValues) => void): void {
  const { known } = views;
  const settled = useRef(false);
  const first = views.all.find(views.isDefault);
  useEffect(() => {
    if (settled.current || !known) return;
    settled.current = true;
    if (first && Object.keys(values).length === 0) open(valuesOf(first));
    // Decided once: what the reader takes away later stays away.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [known]);
}
