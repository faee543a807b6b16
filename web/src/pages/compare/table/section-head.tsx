import { Icon } from '../../../components/icon.tsx';
import { count } from '../../../components/format.ts';
import { text } from '../../../text/compare.ts';
import type { Section } from '../compare-query.ts';

interface SectionHeadProps {
  readonly section: Section;
  readonly shown: number;
  readonly all: number;
  readonly folded: boolean;
  readonly onFold: () => void;
}

/** Folds and unfolds; in the grid Enter does it too. */
export function SectionHead({ section, shown, all, folded, onFold }: SectionHeadProps) {
  const title = text.sections[section];
  return (
    <button
      type="button"
      tabIndex={-1}
      className="compare-section"
      aria-expanded={!folded}
      title={folded ? text.unfold(title) : text.fold(title)}
      onClick={onFold}
    >
      <Icon name={folded ? 'right' : 'down'} />
      {title} <span className="dim">{text.rowsOf(count(shown), count(all))}</span>
    </button>
  );
}
