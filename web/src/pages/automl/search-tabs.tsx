import { Link } from '@tanstack/react-router';
import { useHotkeys } from '../../components/hotkeys.ts';
import { useUrlState } from '../../components/url-state.ts';
import { text } from '../../text/automl.ts';
import { views, type SearchView } from './use-search-view.ts';

/** The chosen trial stays chosen from view to view. */
export function SearchTabs({ runId, view }: { runId: string; view: SearchView }) {
  const [{ view: _, ...others }, setUrl] = useUrlState();
  useHotkeys(
    Object.fromEntries(
      views.map((one, i) => [
        String(i + 1),
        {
          label: text.keys.tab(text.tabs[one]),
          run: () => {
            setUrl({ view: one === 'models' ? undefined : one });
          },
        },
      ]),
    ),
  );
  return (
    <nav className="tabs models-tabs" aria-label={text.tabsLabel}>
      {views.map((one) => (
        <Link
          key={one}
          to="/automl/$runId"
          params={{ runId }}
          search={(one === 'models' ? others : { ...others, view: one }) as never}
          aria-current={one === view ? 'page' : undefined}
          activeOptions={{ exact: true }}
        >
          {text.tabs[one]}
        </Link>
      ))}
    </nav>
  );
}
