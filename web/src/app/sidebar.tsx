import { Link, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { IconButton } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { Menu, MenuItem } from '../components/menu.tsx';
import { text as common } from '../text/common.ts';
import { text } from '../text/frame.ts';
import { setTheme, themes, useTheme } from './theme.ts';

interface SidebarProps {
  readonly narrow: boolean;
  /** On a small screen it is a drawer: undefined on a wide one. */
  readonly drawer: 'open' | 'closed' | undefined;
  readonly onCollapse: () => void;
  readonly onCloseDrawer: () => void;
  readonly onPalette: () => void;
  readonly onShortcuts: () => void;
}

export function Sidebar({ narrow, drawer, onCollapse, onCloseDrawer, onPalette, onShortcuts }: SidebarProps) {
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    if (drawer === 'open') nav.current?.querySelector<HTMLElement>('button, a')?.focus();
  }, [drawer]);
  return (
    <nav
      ref={nav}
      className="sidebar"
      aria-label={text.navigation}
      inert={drawer === 'closed'}
      onKeyDown={(event) => {
        // The first Escape closes a menu that is open in it.
        const inMenu = event.target instanceof Element && event.target.closest('[role=menu]') !== null;
        if (event.key === 'Escape' && drawer === 'open' && !inMenu) onCloseDrawer();
      }}
    >
      <div className="brand">
        <Icon name="experiments" />
        <strong>{common.product}</strong>
      </div>
      <button type="button" className="sidebar-search" data-palette="" title={text.findHint} onClick={onPalette}>
        <Icon name="search" />
        <span>{text.find}</span>
        <kbd>{text.findKeys}</kbd>
      </button>
      <Link
        to="/experiments"
        activeProps={{ 'aria-current': 'page' }}
        aria-current={useListsExperiments() ? 'page' : undefined}
        title={text.experiments}
      >
        <Icon name="experiments" />
        <span>{text.experiments}</span>
      </Link>
      <Link to="/models" activeProps={{ 'aria-current': 'page' }} title={text.models}>
        <Icon name="models" />
        <span>{text.models}</span>
      </Link>
      <Link to="/endpoints" activeProps={{ 'aria-current': 'page' }} title={text.endpoints}>
        <Icon name="endpoints" />
        <span>{text.endpoints}</span>
      </Link>
      <Link to="/jobs" activeProps={{ 'aria-current': 'page' }} title={text.jobs}>
        <Icon name="jobs" />
        <span>{text.jobs}</span>
      </Link>
      <Link to="/pipelines" activeProps={{ 'aria-current': 'page' }} title={text.pipelines}>
        <Icon name="pipelines" />
        <span>{text.pipelines}</span>
      </Link>
      <Link to="/automl" activeProps={{ 'aria-current': 'page' }} title={text.automl}>
        <Icon name="automl" />
        <span>{text.automl}</span>
      </Link>
      <div className="spacer" />
      <div className="sidebar-foot">
        <ThemeMenu />
        <IconButton icon="keyboard" label={text.shortcuts} data-shortcuts="" onClick={onShortcuts} />
        {drawer === undefined && (
          <IconButton
            className="collapse"
            icon={narrow ? 'right' : 'left'}
            label={narrow ? text.expand : text.collapse}
            onClick={onCollapse}
          />
        )}
      </div>
    </nav>
  );
}

/** The first page lists experiments too, and runs of several stand at an address of their own. */
function useListsExperiments(): boolean {
  return useRouterState({ select: ({ location }) => location.pathname === '/' || location.pathname === '/runs' });
}

function ThemeMenu() {
  const theme = useTheme();
  return (
    <Menu icon="theme" label={text.theme}>
      {themes.map((choice) => (
        <MenuItem
          key={choice}
          checked={choice === theme}
          onSelect={() => {
            setTheme(choice);
          }}
        >
          {text.themes[choice]}
        </MenuItem>
      ))}
    </Menu>
  );
}
