/** A text of the reader's own between the charts, in Markdown. */
import { useImperativeHandle } from 'react';
import { MarkdownEditor } from '../../../components/content/markdown-editor.tsx';
import { text } from '../../../text/chart-marks.ts';
import type { CardKindEntry, CardProps } from '../card-kind.ts';
import { textOption } from './card-options.ts';

export const noteCard: CardKindEntry = {
  kind: 'note',
  needs: () => [],
  begin: (_, id) => ({ id, kind: 'note', columns: [], options: { markdown: '' } }),
  Body: NoteBody,
  Editor: () => <p className="dim">{text.noteHint}</p>,
};

function NoteBody({ spec, onChange, ref }: CardProps) {
  const markdown = textOption(spec.options, 'markdown');
  useImperativeHandle(ref, () => ({ picture: () => undefined, rows: () => [[text.note], [markdown]] }));
  return (
    <div className="note-card">
      <MarkdownEditor
        label={text.note}
        value={markdown}
        subject={`chart note ${location.pathname} ${spec.id}`}
        onSave={(next) => {
          const isKept = onChange({ ...spec, options: { ...spec.options, markdown: next } });
          return isKept ? Promise.resolve() : Promise.reject(new Error(text.noteTooLong));
        }}
      />
    </div>
  );
}
