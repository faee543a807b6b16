import type { ReactNode } from 'react';
import { IconButton } from '../../components/button.tsx';
import { count } from '../../components/format.ts';
import { text } from '../../text/run.ts';
import type { SectionRow } from './sheet-rows.ts';

interface SectionTitleProps {
  readonly row: SectionRow;
  readonly name: string;
  readonly onToggle: (id: string) => void;
  /** What else can be done with it. */
  readonly children?: ReactNode;
}

export function SectionTitle({ row: { id, size, folded, top, height }, name, onToggle, children }: SectionTitleProps) {
  return (
    <div className="chart-section" style={{ top, height }}>
      <IconButton
        icon={folded ? 'right' : 'down'}
        aria-expanded={!folded}
        label={folded ? text.unfold(name) : text.fold(name)}
        onClick={() => {
          onToggle(id);
        }}
      />
      <h2 className="ellipsis">{name}</h2>
      <span className="dim">{count(size)}</span>
      {children}
    </div>
  );
}
