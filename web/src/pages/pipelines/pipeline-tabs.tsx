import { Link } from '@tanstack/react-router';
import { useHotkeys } from '../../components/hotkeys.ts';
import { useUrlState } from '../../components/url-state.ts';
import { text } from '../../text/pipelines.ts';
import { views, type PipelineView } from './use-pipeline-view.ts';

interface PipelineTabsProps {
  readonly experimentId: string;
  readonly name: string;
  readonly view: PipelineView;
  readonly usual: PipelineView;
}

/** Build and task stay chosen from view to view. */
export function PipelineTabs({ experimentId, name, view, usual }: PipelineTabsProps) {
  const [{ view: _, ...others }, setUrl] = useUrlState();
  useHotkeys(
    Object.fromEntries(
      views.map((one, i) => [
        String(i + 1),
        {
          label: text.keys.tab(text.tabs[one]),
          run: () => {
            setUrl({ view: one === usual ? undefined : one });
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
          to="/pipelines/$experimentId/$name"
          params={{ experimentId, name }}
          search={(one === usual ? others : { ...others, view: one }) as never}
          aria-current={one === view ? 'page' : undefined}
          activeOptions={{ exact: true }}
        >
          {text.tabs[one]}
        </Link>
      ))}
    </nav>
  );
}
