import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useDeferredValue, useEffect, useId, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { prefix } from '../api/client.ts';
import { endpointList } from '../api/endpoints.ts';
import { findQuery } from '../api/find.ts';
import { Dialog } from '../components/dialog.tsx';
import { Icon } from '../components/icon.tsx';
import { reopenLastToast } from '../components/toast.tsx';
import { keptRuns } from '../pages/compare/compare-list.ts';
import { compareAddress } from '../pages/compare/compare-query.ts';
import { text } from '../text/frame.ts';
import {
  endpointItems,
  foundItems,
  jobItems,
  matchingActions,
  recentItems,
  type PaletteItem,
} from './palette-items.ts';
import { recentPages } from './recent-pages.ts';
import { setTheme, themes } from './theme.ts';

const pauseMs = 60;

interface PaletteProps {
  readonly onClose: () => void;
  readonly onShortcuts: () => void;
}

/** One field that finds things and actions. The listbox pattern: focus stays in the field, arrows move the choice. */
export function Palette({ onClose, onShortcuts }: PaletteProps) {
  const router = useRouter();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const [recent] = useState(recentPages);
  const wanted = useDeferredValue(useSettled(words.trim(), pauseMs));
  const { data, isFetching, isPlaceholderData } = useQuery({ ...findQuery(wanted), enabled: wanted !== '' });

  const actions = actionsOf(onShortcuts);
  const { data: endpoints = [] } = useQuery({ ...endpointList(), enabled: wanted !== '' });
  const found = wanted === '' ? [] : [...foundItems(data), ...endpointItems(endpoints, wanted), ...jobItems(data)];
  const items =
    words.trim() === '' ? [...recentItems(recent), ...actions] : [...found, ...matchingActions(actions, words)];
  const settled = wanted === words.trim() && !isFetching && !isPlaceholderData;
  const chosen = Math.min(at, items.length - 1);

  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen, words]);

  const open = (item: PaletteItem | undefined, newTab: boolean): void => {
    if (!item) return;
    onClose();
    if (typeof item.to === 'function') item.to();
    else if (newTab) window.open(prefix + item.to, '_blank', 'noopener');
    else router.history.push(prefix + item.to);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next: Record<string, number> = {
      ArrowDown: chosen + 1,
      ArrowUp: chosen - 1,
      PageDown: chosen + 8,
      PageUp: chosen - 8,
    };
    const to = next[event.key];
    if (to !== undefined && items.length > 0) {
      event.preventDefault();
      const step = Math.abs(to - chosen) === 1;
      setAt(step ? (to + items.length) % items.length : Math.max(0, Math.min(items.length - 1, to)));
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      open(items[chosen], event.ctrlKey || event.metaKey);
    }
  };

  return (
    <Dialog title={text.palette.title} kind="palette" onClose={onClose}>
      <input
        className="palette-field"
        type="text"
        role="combobox"
        autoFocus
        autoComplete="off"
        spellCheck={false}
        aria-label={text.palette.title}
        aria-expanded={items.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={items.length > 0 ? `${id}-${chosen}` : undefined}
        placeholder={text.palette.placeholder}
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} id={`${id}-list`} className="palette-list" role="listbox" aria-label={text.palette.results}>
        {groupsOf(items).map(([group, members]) => (
          <div key={group} role="group" aria-labelledby={`${id}-of-${members[0]?.index}`}>
            <div id={`${id}-of-${members[0]?.index}`} className="palette-group" role="presentation">
              {group}
            </div>
            {members.map(({ item, index }) => (
              <div
                key={item.id}
                id={`${id}-${index}`}
                className="palette-item"
                role="option"
                aria-selected={index === chosen}
                onPointerMove={() => {
                  setAt(index);
                }}
                onClick={(event: MouseEvent) => {
                  open(item, event.ctrlKey || event.metaKey);
                }}
              >
                <Icon name={item.icon} />
                <span className="ellipsis">{item.label}</span>
                {item.hint !== undefined && <span className="palette-hint ellipsis">{item.hint}</span>}
              </div>
            ))}
          </div>
        ))}
      </div>
      {items.length === 0 && settled && <p className="palette-none dim">{text.palette.nothing(words.trim())}</p>}
      <p className="visually-hidden" role="status">
        {settled && words !== '' ? text.palette.found(items.length) : ''}
      </p>
      <p className="palette-keys dim">{text.palette.hint}</p>
    </Dialog>
  );
}

/** The value once it has stood still for that long. */
function useSettled(value: string, ms: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(value);
    }, ms);
    return () => {
      clearTimeout(timer);
    };
  }, [value, ms]);
  return settled;
}

function groupsOf(items: readonly PaletteItem[]): [string, { item: PaletteItem; index: number }[]][] {
  const numbered = items.map((item, index) => ({ item, index }));
  return [...Map.groupBy(numbered, ({ item }) => item.group)];
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
