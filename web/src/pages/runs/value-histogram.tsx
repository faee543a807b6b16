import { useId, type KeyboardEvent } from 'react';
import type { ColumnValues } from '../../api/run-columns.ts';
import { count, shortNumber } from '../../components/format.ts';
import { text } from '../../text/runs.ts';

type Bin = NonNullable<ColumnValues['bins']>[number];

interface ValueHistogramProps {
  readonly bins: readonly Bin[];
  /** The bar whose range is chosen; -1: none. */
  readonly chosen: number;
  readonly onChoose: (bin: Bin) => void;
}

/** How many runs have which values. A bar gives its range; all are one stop of Tab, since the fields do the same. */
export function ValueHistogram({ bins, chosen, onChoose }: ValueHistogramProps) {
  const id = useId();
  const greatest = Math.max(1, ...bins.map((bin) => bin.count ?? 0));
  const onKeyDown = (event: KeyboardEvent): void => {
    const last = bins.length - 1;
    const places: Readonly<Record<string, number>> = {
      ArrowRight: Math.min(last, chosen + 1),
      ArrowLeft: chosen < 0 ? last : Math.max(0, chosen - 1),
      Home: 0,
      End: last,
    };
    const bin = bins[places[event.key] ?? -1];
    if (!bin) return;
    event.preventDefault();
    onChoose(bin);
  };
  return (
    <div
      className="histogram"
      role="listbox"
      aria-orientation="horizontal"
      aria-label={text.bars}
      aria-activedescendant={chosen < 0 ? undefined : `${id}-${chosen}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      {bins.map((bin, i) => {
        const label = `${shortNumber(bin.from ?? 0)} – ${shortNumber(bin.to ?? 0)}: ${count(bin.count ?? 0)}`;
        return (
          <div
            key={bin.from}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === chosen}
            title={label}
            aria-label={label}
            onClick={() => {
              onChoose(bin);
            }}
          >
            <span style={{ height: `${((bin.count ?? 0) / greatest) * 100}%` }} />
          </div>
        );
      })}
    </div>
  );
}
