import type { ReactNode } from 'react';
import { IconButton } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { count } from '../../components/format.ts';
import { useHotkeys } from '../../components/hotkeys.ts';
import { useUrlState } from '../../components/url-state.ts';
import { text } from '../../text/run.ts';

interface FullChartProps {
  readonly title: string;
  readonly current: string;
  /** Those that the arrows step through. */
  readonly keys: readonly string[];
  /** The chart, with the tools in the place of its name. */
  readonly children: (tools: ReactNode) => ReactNode;
}

const words = text.charts;

/** One chart over the whole window; the arrows go to its neighbours. `full` in the address. */
export function FullChart({ title, current, keys, children }: FullChartProps) {
  const [, setUrl] = useUrlState();
  const at = keys.indexOf(current);
  const step = (by: number): void => {
    const next = keys[at + by];
    if (next !== undefined) setUrl({ full: next }, { replace: true });
  };
  const close = (): void => {
    setUrl({ full: undefined });
  };
  const previous = { label: words.previous, run: step.bind(undefined, -1) };
  const next = { label: words.next, run: step.bind(undefined, 1) };
  useHotkeys({
    ArrowLeft: previous,
    ArrowUp: previous.run,
    ArrowRight: next,
    ArrowDown: next.run,
    f: { label: words.closeFull, run: close },
    // The search is behind this layer.
    '/': () => undefined,
  });
  return (
    <Dialog kind="full" title={title} onClose={close}>
      {children(
        <>
          <IconButton icon="left" label={words.previous} disabled={at <= 0} onClick={previous.run} />
          <IconButton icon="right" label={words.next} disabled={at === keys.length - 1} onClick={next.run} />
          <span className="dim" role="status">
            {text.place(count(at + 1), count(keys.length))}
          </span>
        </>,
      )}
    </Dialog>
  );
}

/** The chart that the focus or the pointer is in, else the first on the page. */
export function pointedChart(): string | undefined {
  const places = ['.chart-card:focus-within', '.chart-card:hover', '.chart-card'];
  for (const place of places) {
    const card = document.querySelector<HTMLElement>(place);
    if (card) return card.dataset['card'];
  }
  return undefined;
}
