import { text } from '../../../text/compare.ts';
import type { CompareCell as Cell } from './compare-rows.ts';

const signs = { added: '+', removed: '−', changed: '≠', same: '' } as const;
const ranks = { best: '▲', worst: '▽' } as const;

/** A value with what tells it from the baseline's: a sign and a word, and of numbers how far it is. */
export function CompareCell({ cell }: { cell: Cell | undefined }) {
  if (!cell) return null;
  const { mark, rank, difference } = cell;
  // A difference says already that it differs.
  const marked = mark !== 'same' && difference === undefined;
  return (
    <span className="compare-cell" data-mark={mark} data-rank={rank} data-full={cell.whole}>
      {marked && (
        <>
          <span className="compare-sign" aria-hidden="true">
            {signs[mark]}
          </span>
          <span className="visually-hidden">{text.marks[mark]}: </span>
        </>
      )}
      {cell.text === undefined ? (
        <span className="dim">{text.missing}</span>
      ) : (
        <span className="ellipsis" title={cell.whole?.slice(0, 2000)}>
          {cell.text}
        </span>
      )}
      {rank && (
        <>
          <span className="compare-rank" aria-hidden="true">
            {ranks[rank]}
          </span>
          <span className="visually-hidden">{text[rank]}</span>
        </>
      )}
      {difference !== undefined && (
        <span className="compare-difference" title={difference}>
          {difference}
        </span>
      )}
    </span>
  );
}
