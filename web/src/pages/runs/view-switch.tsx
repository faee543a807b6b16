import { Link } from '@tanstack/react-router';
import { text } from '../../text/view-switch.ts';

interface ViewSwitchProps {
  readonly experimentIds: readonly string[];
  readonly current: 'runs' | 'charts';
}

const views = ['runs', 'charts'] as const;

/** The runs as a table or as charts. What the address says of them stays. */
export function ViewSwitch({ experimentIds, current }: ViewSwitchProps) {
  const [first = ''] = experimentIds;
  return (
    <nav className="tabs view-switch" aria-label={text.label}>
      {views.map((view) => (
        <Link
          key={view}
          to={(experimentIds.length === 1 ? `/experiments/$experimentId/${view}` : `/${view}`) as never}
          params={{ experimentId: first } as never}
          search={true as never}
          aria-current={view === current ? 'page' : undefined}
        >
          {text.views[view]}
        </Link>
      ))}
    </nav>
  );
}
