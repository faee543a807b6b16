import { Button, IconButton } from '../../../components/button.tsx';
import { count } from '../../../components/format.ts';
import { showFailure } from '../../../components/toast.tsx';
import { text } from '../../../text/compare.ts';
import { keepRuns, useKeptRuns } from './compare-list.ts';
import { useStartCompare } from './use-start-compare.ts';

/** The runs that are kept to compare, on every page: one press compares them. */
export function CompareChip() {
  const kept = useKeptRuns();
  const compare = useStartCompare();
  if (kept.length === 0) return null;
  return (
    <div className="compare-chip" role="region" aria-label={text.kept.chip(count(kept.length))}>
      <Button
        kind="quiet"
        icon="columns"
        title={text.kept.open(count(kept.length))}
        onClick={() => {
          if (kept.length < 2) showFailure(new Error(text.kept.one));
          else compare(kept);
        }}
      >
        {text.kept.chip(count(kept.length))}
      </Button>
      <IconButton
        icon="close"
        label={text.kept.clear}
        onClick={() => {
          keepRuns([]);
        }}
      />
    </div>
  );
}
