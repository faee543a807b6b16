/** What the page of a pipeline shows, as the address says: a build, a view, a task and a part of it. */
import { useCallback } from 'react';
import { addressWith, useUrlState } from '../../components/url-state.ts';
import { useSmallScreen } from '../../components/use-small-screen.ts';

export const views = ['graph', 'tasks', 'builds'] as const;
export type PipelineView = (typeof views)[number];

/** What belongs to the preview of one product alone leaves the address with it. */
const ofOneProduct = {
  find: undefined,
  as: undefined,
  rows: undefined,
  order: undefined,
  step: undefined,
  against: undefined,
};

export function usePipelineView() {
  const [url, setUrl] = useUrlState();
  // A graph of boxes is no view for a phone.
  const usual: PipelineView = useSmallScreen() ? 'tasks' : 'graph';
  const show = url['show'];
  const choose = useCallback(
    (task: string | undefined) => {
      setUrl({ ...ofOneProduct, task, ...(show !== undefined && show !== 'notebook' && { show: undefined }) });
    },
    [setUrl, show],
  );
  const showPart = useCallback(
    (part: string | undefined) => {
      setUrl({ ...ofOneProduct, show: part });
    },
    [setUrl],
  );
  const addressOf = (part: string): string => addressWith(url, { ...ofOneProduct, show: part });
  const openBuild = useCallback(
    (build: string | undefined) => {
      setUrl({ ...ofOneProduct, build });
    },
    [setUrl],
  );
  return {
    buildId: url['build'],
    view: views.find((one) => one === url['view']) ?? usual,
    usual,
    task: url['task'],
    /** Undefined: about the task; `notebook`, or the path of an artifact. */
    show,
    choose,
    showPart,
    addressOf,
    openBuild,
    setUrl,
  };
}
