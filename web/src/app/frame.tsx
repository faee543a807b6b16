import { Outlet, useRouter, useRouterState } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { IconButton } from '../components/button.tsx';
import { Toasts } from '../components/toast.tsx';
import { text as common } from '../text/common.ts';
import { text } from '../text/frame.ts';
import { CompareChip } from '../pages/compare/choose/compare-chip.tsx';
import { ConnectionBanner } from './connection.tsx';
import { useFrameKeys } from './frame-keys.ts';
import { followOldLinks } from './legacy-links.ts';
import { useLiveFeed } from './live.ts';
import { Palette } from './palette.tsx';
import { rememberPages } from './recent-pages.ts';
import { useScrollMemory } from './scroll-memory.ts';
import { Shortcuts } from './shortcuts.tsx';
import { Sidebar } from './sidebar.tsx';
import { useFarKeys } from '../components/grid/grid-keys.ts';
import { useSmallScreen } from '../components/use-small-screen.ts';

const key = 'modelyard.sidebar';

/** The sidebar, the page, and the layers over it. */
export function Frame() {
  const router = useRouter();
  const small = useSmallScreen();
  const [narrow, setNarrow] = useState(localStorage.getItem(key) === 'narrow');
  const [drawer, setDrawer] = useState(false);
  const [layer, setLayer] = useState<'palette' | 'shortcuts'>();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const [shownPath, setShownPath] = useState(path);
  if (shownPath !== path) {
    setShownPath(path);
    setDrawer(false);
  }
  const open = (which: 'palette' | 'shortcuts') => () => {
    setLayer(which);
  };
  const close = (): void => {
    setLayer(undefined);
  };

  useFrameKeys({ palette: open('palette'), shortcuts: open('shortcuts') });
  useFarKeys();
  useLiveFeed();
  useScrollMemory();
  useEffect(rememberPages, []);
  useEffect(
    () =>
      followOldLinks((address) => {
        router.history.replace(address);
      }),
    [router],
  );

  const drawn = small && drawer;
  const closeDrawer = (): void => {
    setDrawer(false);
    document.getElementById('open-menu')?.focus();
  };
  return (
    <div className={`frame${narrow ? ' narrow' : ''}${drawn ? ' drawer-open' : ''}`}>
      <a
        className="skip"
        href="#content"
        onClick={(event) => {
          // The address says what is shown, not where the focus is.
          event.preventDefault();
          document.getElementById('content')?.focus();
        }}
      >
        {common.skipToContent}
      </a>
      <div className="frame-top">
        <IconButton
          id="open-menu"
          icon="menu"
          label={text.openMenu}
          aria-expanded={drawn}
          onClick={() => {
            setDrawer(!drawer);
          }}
        />
        <strong>{common.product}</strong>
        <span className="spacer" />
        <IconButton icon="search" label={text.findHint} onClick={open('palette')} />
      </div>
      <Sidebar
        narrow={narrow && !small}
        drawer={small ? (drawn ? 'open' : 'closed') : undefined}
        onCollapse={() => {
          localStorage.setItem(key, narrow ? 'wide' : 'narrow');
          setNarrow(!narrow);
        }}
        onCloseDrawer={closeDrawer}
        onPalette={open('palette')}
        onShortcuts={open('shortcuts')}
      />
      <div className="sidebar-veil" onClick={closeDrawer} />
      <main id="content" className="content" tabIndex={-1} inert={drawn}>
        <ConnectionBanner />
        <Outlet />
      </main>
      <CompareChip />
      <Toasts />
      {layer === 'palette' && <Palette onClose={close} onShortcuts={open('shortcuts')} />}
      {layer === 'shortcuts' && <Shortcuts onClose={close} />}
    </div>
  );
}
