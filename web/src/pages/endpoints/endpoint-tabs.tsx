import { Link } from '@tanstack/react-router';
import { useHotkeys } from '../../components/hotkeys.ts';
import { useUrlState } from '../../components/url-state.ts';
import { text } from '../../text/endpoints.ts';

const tabs = ['overview', 'try', 'metrics', 'log', 'captured'] as const;
export type EndpointTab = (typeof tabs)[number];

/** What the page shows below its head, as the address says. */
export function useEndpointTab(): EndpointTab {
  const [url, setUrl] = useUrlState();
  useHotkeys(
    Object.fromEntries(
      tabs.map((tab, i) => [
        String(i + 1),
        { label: text.keys.tab(text.tabs[tab]), run: () => setUrl({ tab: tab === 'overview' ? undefined : tab }) },
      ]),
    ),
  );
  return tabs.find((tab) => tab === url['tab']) ?? 'overview';
}

export function EndpointTabs({ name, tab: current }: { name: string; tab: EndpointTab }) {
  return (
    <nav className="tabs models-tabs endpoint-tabs" aria-label={text.tabsLabel}>
      {tabs.map((tab) => (
        <Link
          key={tab}
          to="/endpoints/$name"
          params={{ name }}
          search={(tab === 'overview' ? {} : { tab }) as never}
          aria-current={tab === current ? 'page' : undefined}
          activeOptions={{ exact: true }}
        >
          {text.tabs[tab]}
        </Link>
      ))}
    </nav>
  );
}
