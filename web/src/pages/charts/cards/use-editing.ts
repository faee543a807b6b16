import { useState } from 'react';
import { text } from '../../../text/charts-page.ts';
import { ownSection } from '../layout/card-sections.ts';
import { sectionMovedBy } from '../layout/moves.ts';
import type { LayoutState } from '../layout/use-layout.ts';
import type { Cards } from '../use-cards.ts';
import type { Editing } from './open-dialog.tsx';

export interface EditingState {
  readonly editing: Editing | undefined;
  /** Undefined closes the dialog. */
  readonly edit: (next: Editing | undefined) => void;
  readonly nameOf: (section: string) => string;
  readonly changeSection: (section: string, change: 'rename' | 'up' | 'down') => void;
}

/** What is being changed about the cards. @param other what the section without a name is called */
export function useEditing(
  { layout, change }: LayoutState,
  { all, usualSections }: Pick<Cards, 'all' | 'usualSections'>,
  other: string,
): EditingState {
  const [editing, edit] = useState<Editing>();
  return {
    editing,
    edit,
    nameOf: (section) =>
      layout.names.get(section) ?? (section === ownSection ? text.own : section === '' ? other : section),
    changeSection: (section, how) => {
      if (how === 'rename') {
        edit({ dialog: 'rename', section });
        return;
      }
      const next = sectionMovedBy(layout, all, usualSections, section, how === 'up' ? -1 : 1);
      if (next) change(next);
    },
  };
}
