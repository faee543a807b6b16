import { Link } from '@tanstack/react-router';
import { text } from '../text/common.ts';
import { useHotkeys } from './hotkeys.ts';
import { useUrlState } from './url-state.ts';

interface ViewTabsProps<View extends string> {
  /** What they are views of. */
  readonly label: string;
  /** In their order: the keys 1, 2, 3 … show them too. */
  readonly views: readonly View[];
  readonly titles: Readonly<Record<View, string>>;
  readonly current: View;
  /** The one that is shown where the address names none. */
  readonly usual: View;
  /** What the address calls it. */
  readonly name: 'tab' | 'view';
}

/** The views of a thing, one of which is shown. What else the address says stays from view to view. */
export function ViewTabs<View extends string>({ label, views, titles, current, usual, name }: ViewTabsProps<View>) {
  const [{ [name]: _, ...others }, setUrl] = useUrlState();
  useHotkeys(
    Object.fromEntries(
      views.map((view, i) => [
        String(i + 1),
        {
          label: text.showView(titles[view]),
          run: () => {
            setUrl({ [name]: view === usual ? undefined : view });
          },
        },
      ]),
    ),
  );
  return (
    <nav className="tabs view-tabs" aria-label={label}>
      {views.map((view) => (
        <Link
          key={view}
          to="."
          search={(view === usual ? others : { ...others, [name]: view }) as never}
          aria-current={view === current ? 'page' : undefined}
          activeOptions={{ exact: true }}
        >
          {titles[view]}
        </Link>
      ))}
    </nav>
  );
}
