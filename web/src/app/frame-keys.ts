import { useRouter } from '@tanstack/react-router';
import { useHotkeys } from '../components/hotkeys.ts';
import { reopenLastToast } from '../components/toast.tsx';
import { text } from '../text/frame.ts';
import { currentTheme, setTheme, themes } from './theme.ts';

const { keys } = text.sheet;

interface Layers {
  readonly palette: () => void;
  readonly shortcuts: () => void;
}

/** The keys that work on every page. */
export function useFrameKeys({ palette, shortcuts }: Layers): void {
  const router = useRouter();
  const go = (to: '/experiments' | '/models' | '/endpoints' | '/jobs' | '/pipelines' | '/automl'): void =>
    void router.navigate({ to });
  useHotkeys(
    {
      'mod+k': { label: keys.palette, run: palette },
      '?': { label: keys.shortcuts, run: shortcuts },
      '/': { label: keys.search, run: focusSearch },
      'g e': { label: keys.experiments, run: () => go('/experiments') },
      'g m': { label: keys.models, run: () => go('/models') },
      'g s': { label: keys.endpoints, run: () => go('/endpoints') },
      'g j': { label: keys.jobs, run: () => go('/jobs') },
      'g l': { label: keys.pipelines, run: () => go('/pipelines') },
      'g a': { label: keys.automl, run: () => go('/automl') },
      'g n': { label: keys.message, run: reopenLastToast },
      'alt+t': { label: keys.theme, run: nextTheme },
      1: { label: keys.tabs, run: clickTab },
      2: clickTab,
      3: clickTab,
      4: clickTab,
      5: clickTab,
    },
    true,
  );
}

function focusSearch(): void {
  const field = document.querySelector<HTMLElement>('[data-page-search]');
  field?.focus();
  if (field instanceof HTMLInputElement) field.select();
}

function clickTab({ key }: KeyboardEvent): void {
  document.querySelectorAll<HTMLElement>('nav.tabs a')[Number(key) - 1]?.click();
}

function nextTheme(): void {
  setTheme(themes[(themes.indexOf(currentTheme()) + 1) % themes.length] ?? 'system');
}
