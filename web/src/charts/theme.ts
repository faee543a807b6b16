/** The colours of a canvas, read from the same tokens as everything else and read anew when the theme changes. */
import { useSyncExternalStore } from 'react';
import { paletteSize, strokes, type RunColour } from './run-colour.ts';

export interface ChartTheme {
  readonly text: string;
  readonly grid: string;
  readonly axis: string;
  readonly ground: string;
  readonly bad: string;
  readonly accent: string;
  readonly lines: readonly string[];
  /** From the least to the greatest value: see `scale-colour.ts`. */
  readonly scale: readonly string[];
  readonly font: string;
}

let current: ChartTheme | undefined;
const listeners = new Set<() => void>();

function read(): ChartTheme {
  const probe = document.createElement('span');
  document.body.append(probe);
  const colour = (token: string): string => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  // Where the system gives the colours, what tells runs and values apart keeps its own.
  const ownColour = (token: string): string => {
    probe.style.setProperty('forced-color-adjust', 'none');
    return colour(token);
  };
  const theme: ChartTheme = {
    text: colour('text-dim'),
    grid: colour('line'),
    axis: colour('line-strong'),
    ground: colour('ground'),
    bad: colour('bad'),
    accent: colour('accent'),
    lines: Array.from({ length: paletteSize }, (_, i) => ownColour(`series-${i}`)),
    scale: [0, 1, 2].map((i) => ownColour(`scale-${i}`)),
    font: `11px ${getComputedStyle(document.body).fontFamily}`,
  };
  probe.remove();
  return theme;
}

function forget(): void {
  current = undefined;
  for (const listener of listeners) listener();
}

new MutationObserver(forget).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', forget);
matchMedia('(forced-colors: active)').addEventListener('change', forget);

export function useChartTheme(): ChartTheme {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => (current ??= read()),
  );
}

/** Eight colours, then the same eight in other strokes; or a colour as it is. */
export function strokeOf(theme: ChartTheme, place: RunColour): { colour: string; dash: readonly number[] } {
  if (typeof place === 'string') return { colour: place, dash: [] };
  return {
    colour: theme.lines[place % paletteSize] ?? theme.text,
    dash: strokes[Math.floor(place / paletteSize) % strokes.length] ?? [],
  };
}
