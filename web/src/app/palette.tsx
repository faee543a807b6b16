import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { prefix } from '../api/client.ts';
import { endpointList } from '../api/endpoints.ts';
import { findQuery } from '../api/find.ts';
import { Dialog } from '../components/dialog.tsx';
import { FindList } from '../components/find-list.tsx';
import { Icon } from '../components/icon.tsx';
import { reopenLastToast } from '../components/toast.tsx';
import { useSettled } from '../components/use-settled.ts';
import { keptRuns } from '../pages/compare/choose/compare-list.ts';
import { compareAddress } from '../pages/compare/compare-query.ts';
import { useViewsOf } from '../pages/runs/use-saved-views.ts';
import { text as common } from '../text/common.ts';
import { text } from '../text/frame.ts';
import {
  endpointItems,
  foundItems,
  hereItems,
  jobItems,
  matchingActions,
  recentItems,
  type OpenExperiment,
  type PaletteItem,
} from './palette-items.ts';
import { recentPages } from './recent-pages.ts';
import { setTheme, themes } from './theme.ts';

const pauseMs = 60;

interface PaletteProps {
  readonly onClose: () => void;
  readonly onShortcuts: () => void;
}

/** One field that finds things and actions. */
export function Palette({ onClose, onShortcuts }: PaletteProps) {
  const router = useRouter();
  const [words, setWords] = useState('');
  const [recent] = useState(recentPages);
  const [paused] = useSettled(words.trim(), pauseMs);
  const wanted = useDeferredValue(paused);
  const { data, isFetching, isPlaceholderData } = useQuery({ ...findQuery(wanted), enabled: wanted !== '' });

  const actions = actionsOf(onShortcuts);
  const { data: endpoints = [] } = useQuery({ ...endpointList(), enabled: wanted !== '' });
  const here = useOpenExperiment();
  const things = foundItems(data);
  const own = here ? hereItems(here, wanted).filter(({ id: to }) => things.every((thing) => thing.id !== to)) : [];
  const found = wanted === '' ? [] : [...own, ...things, ...endpointItems(endpoints, wanted), ...jobItems(data)];
  const items =
    words.trim() === '' ? [...recentItems(recent), ...actions] : [...found, ...matchingActions(actions, words)];
  const settled = wanted === words.trim() && !isFetching && !isPlaceholderData;

  const open = ({ to }: Pick<PaletteItem, 'to'>, newTab: boolean): void => {
    onClose();
    if (typeof to === 'function') to();
    else if (newTab) window.open(prefix + to, '_blank', 'noopener');
    else router.history.push(prefix + to);
  };

  return (
    <Dialog title={text.palette.title} kind="palette" onClose={onClose}>
      <FindList
        label={text.palette.title}
        placeholder={text.palette.placeholder}
        results={text.palette.results}
        words={words}
        onWords={setWords}
        items={items.map((item) => ({ ...item, icon: <Icon name={item.icon} /> }))}
        settled={words.trim() === '' || settled}
        onChoose={open}
      />
      {items.length === 0 && settled && <p className="palette-none dim">{common.nothingCalled(words.trim())}</p>}
      <p className="visually-hidden" role="status">
        {settled && words !== '' ? text.palette.found(items.length) : ''}
      </p>
      <p className="palette-keys dim">{text.palette.hint}</p>
    </Dialog>
  );
}

function useOpenExperiment(): OpenExperiment | undefined {
  const path = location.pathname.slice(prefix.length);
  const experimentId = /^\/experiments\/([^/]+)/.exec(path)?.[1] ?? '';
  const { data, all } = useViewsOf(experimentId);
  const page = path.endsWith('/charts') ? 'charts' : 'runs';
  return data && { path: `/experiments/${experimentId}`, name: data.name, page, views: all };
}

function actionsOf(onShortcuts: () => void): PaletteItem[] {
  const group = text.palette.groups.actions;
  const { actions } = text.palette;
  return [
    { id: 'new', group, icon: 'plus', label: actions.newExperiment, to: '/experiments?create=1' },
    { id: 'new-endpoint', group, icon: 'plus', label: actions.newEndpoint, to: '/endpoints?create=1' },
    { id: 'new-search', group, icon: 'plus', label: actions.newSearch, to: '/automl/new' },
    { id: 'new-job', group, icon: 'play', label: actions.runProject, to: '/jobs/new' },
    { id: 'compare', group, icon: 'columns', label: actions.compare, to: compareAddress(keptRuns()) },
    { id: 'experiments', group, icon: 'experiments', label: actions.experiments, to: '/experiments' },
    { id: 'models', group, icon: 'models', label: actions.models, to: '/models' },
    { id: 'endpoints', group, icon: 'endpoints', label: actions.endpoints, to: '/endpoints' },
    { id: 'jobs', group, icon: 'jobs', label: actions.jobs, to: '/jobs' },
    { id: 'pipelines', group, icon: 'pipelines', label: actions.pipelines, to: '/pipelines' },
    { id: 'automl', group, icon: 'automl', label: actions.automl, to: '/automl' },
    ...themes.map((theme): PaletteItem => {
      const label = actions[theme];
      return { id: `theme-${theme}`, group, icon: 'theme', label, to: () => setTheme(theme) };
    }),
    { id: 'keys', group, icon: 'keyboard', label: actions.shortcuts, to: onShortcuts },
    { id: 'message', group, icon: 'undo', label: actions.lastMessage, to: reopenLastToast },
  ];
}
