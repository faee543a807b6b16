import { Link, useNavigate } from '@tanstack/react-router';
import type { RunDetail } from '../../api/run.ts';
import { count } from '../../components/format.ts';
import { useHotkeys, type Hotkey } from '../../components/hotkeys.ts';
import { text } from '../../text/run.ts';

const route = '/experiments/$experimentId/runs/$runId/$tab';

export function isSystem(key: string): boolean {
  return key.startsWith('system/');
}

interface RunTabsProps {
  readonly run: RunDetail;
  readonly tab: string;
  /** Gets the place beside the tabs, for the tools of the tab. */
  readonly onSlot: (slot: HTMLElement | null) => void;
}

export function RunTabs({ run, tab, onSlot }: RunTabsProps) {
  const navigate = useNavigate();
  const system = run.metrics.filter(({ key }) => isSystem(key)).length;
  const tabs: { name: keyof typeof text.tabs; size?: number }[] = [
    { name: 'overview' },
    { name: 'metrics', size: run.metrics.length - system },
    ...(system > 0 ? [{ name: 'system' as const, size: system }] : []),
    { name: 'artifacts' },
  ];
  const params = { experimentId: run.experimentId, runId: run.id };
  const hotkeys: Record<string, Hotkey> = {};
  for (const [i, { name }] of tabs.entries()) {
    hotkeys[String(i + 1)] = {
      label: text.tabs[name],
      run: () => void navigate({ to: route, params: { ...params, tab: name } } as never),
    };
  }
  useHotkeys(hotkeys);
  return (
    <div className="run-tabs">
      <nav className="tabs" aria-label={text.tabsLabel}>
        {tabs.map(({ name, size }) => (
          <Link
            key={name}
            to={route}
            params={{ ...params, tab: name }}
            aria-current={name === tab ? 'page' : undefined}
          >
            {text.tabs[name]}
            {size !== undefined && <span className="dim"> {count(size)}</span>}
          </Link>
        ))}
      </nav>
      <div ref={onSlot} className="run-tools" />
    </div>
  );
}
