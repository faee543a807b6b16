import type { ColumnQuestion } from '../../../api/run-list.ts';
import { showToast } from '../../../components/toast.tsx';
import { text } from '../../../text/charts-page.ts';
import type { CardSpec } from '../card-spec.ts';
import { cardTitle } from '../card-title.ts';
import { freeId, withCard, withName } from '../layout/card-layout.ts';
import type { SectionOfCards } from '../layout/card-sections.ts';
import { movedTo } from '../layout/moves.ts';
import type { LayoutState } from '../layout/use-layout.ts';
import { CardDialog } from './card-dialog.tsx';
import type { CardPage } from './card-page.ts';
import { MoveDialog, RenameSectionDialog } from './section-dialogs.tsx';

/** What is being changed about the layout. */
export type Editing =
  | { readonly dialog: 'add' }
  | { readonly dialog: 'edit' | 'move'; readonly card: CardSpec }
  | { readonly dialog: 'rename'; readonly section: string };

interface OpenDialogProps {
  readonly editing: Editing;
  readonly layout: LayoutState;
  readonly sections: readonly SectionOfCards[];
  readonly nameOf: (section: string) => string;
  readonly question: ColumnQuestion;
  readonly lines: readonly string[];
  readonly page: CardPage;
  readonly onClose: () => void;
}

/** The dialog of a change, and what it makes of the layout. */
export function OpenDialog(props: OpenDialogProps) {
  const { editing, sections, nameOf, page, onClose } = props;
  const { layout, change } = props.layout;
  switch (editing.dialog) {
    case 'add':
    case 'edit':
      return (
        <CardDialog
          card={editing.dialog === 'edit' ? editing.card : undefined}
          id={freeId(layout)}
          question={props.question}
          lines={props.lines}
          page={page}
          onDone={(spec) => {
            if (!change(withCard(layout, spec))) return;
            onClose();
            if (editing.dialog === 'add') showToast({ message: text.added(cardTitle(spec)) });
          }}
          onClose={onClose}
        />
      );
    case 'move':
      return (
        <MoveDialog
          card={editing.card}
          sections={sections.map(({ id }) => ({ id, name: nameOf(id) }))}
          onMove={(section) => {
            onClose();
            change(movedTo(layout, sections, editing.card.id, section));
          }}
          onClose={onClose}
        />
      );
    case 'rename':
      return (
        <RenameSectionDialog
          name={nameOf(editing.section)}
          onRename={(name) => {
            onClose();
            change(withName(layout, editing.section, name));
          }}
          onClose={onClose}
        />
      );
  }
}
