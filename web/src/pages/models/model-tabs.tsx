import { Link } from '@tanstack/react-router';
import { useHotkeys } from '../../components/hotkeys.ts';
import { useUrlState } from '../../components/url-state.ts';
import { text } from '../../text/models.ts';

const tabs = ['versions', 'history'] as const;

/** What the lower part of a model's page shows: its versions, unless the address says otherwise. */
export function useModelTab(): (typeof tabs)[number] {
  const [url, setUrl] = useUrlState();
  useHotkeys({
    1: { label: text.keys.tab(text.modelTabs.versions), run: () => setUrl({ tab: undefined }) },
    2: { label: text.keys.tab(text.modelTabs.history), run: () => setUrl({ tab: 'history' }) },
  });
  return url['tab'] === 'history' ? 'history' : 'versions';
}

/** The search and the order of the versions stay in the address while the history is looked at. */
export function ModelTabs({ name }: { name: string }) {
  const [{ tab: current, ...others }] = useUrlState();
  return (
    <nav className="tabs models-part" aria-label={text.modelTabsLabel}>
      {tabs.map((tab) => (
        <Link
          key={tab}
          to="/models/$name"
          params={{ name }}
          search={(tab === 'history' ? { ...others, tab } : others) as never}
          aria-current={(current === 'history') === (tab === 'history') ? 'page' : undefined}
          activeOptions={{ exact: true }}
        >
          {text.modelTabs[tab]}
        </Link>
      ))}
    </nav>
  );
}
