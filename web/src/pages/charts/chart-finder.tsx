import { useRef } from 'react';
import { Button } from '../../components/button.tsx';
import { FindField } from '../../components/find-field.tsx';
import { useHotkeys } from '../../components/hotkeys.ts';
import { useUrlState } from '../../components/url-state.ts';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/run.ts';

interface ChartFinderProps {
  /** What the field is called. */
  readonly label: string;
  /** How many there are, or match. */
  readonly count: string;
  readonly bad: boolean;
  /** `/` goes to it. */
  readonly ownKey?: boolean;
}

const words = text.charts;

/** Narrows the charts of the page by their names: `q` in the address, `re` for a regular expression. */
export function ChartFinder({ label, count, bad, ownKey = true }: ChartFinderProps) {
  const [{ q = '', re }, setUrl] = useUrlState();
  const field = useRef<HTMLInputElement>(null);
  useHotkeys(ownKey ? { '/': { label: common.search, run: () => field.current?.focus() } } : {});
  return (
    <>
      <FindField
        ref={field}
        className="chart-find"
        label={label}
        aria-invalid={bad}
        value={q}
        onType={(typed) => {
          setUrl({ q: typed }, { replace: true });
        }}
      />
      <Button
        kind="quiet"
        className="square mono"
        aria-label={words.regex}
        title={words.regex}
        aria-pressed={re === '1'}
        onClick={() => {
          setUrl({ re: re === '1' ? undefined : '1' });
        }}
      >
        .*
      </Button>
      <span className={bad ? 'chart-count field-error' : 'chart-count dim'} role="status">
        {bad ? words.badRegex : count}
      </span>
    </>
  );
}
