import { IconButton } from '../../../components/button.tsx';
import { text } from '../../../text/compare.ts';
import { RunDot, type ColouredRun } from '../run-head.tsx';
import type { Pair } from './use-pair.ts';

export function PairChoice({ runs, pair }: { runs: readonly ColouredRun[]; pair: Pair }) {
  return (
    <div className="compare-pair">
      {(['left', 'right'] as const).map((side) => (
        <label key={side}>
          {text.pair[side]}
          <RunDot colour={pair[side].colour} />
          <select
            value={pair[side].id}
            onChange={(event) => {
              pair.choose(side, event.target.value);
            }}
          >
            {runs.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      ))}
      <IconButton icon="swap" label={text.pair.swap} onClick={pair.swap} />
    </div>
  );
}
