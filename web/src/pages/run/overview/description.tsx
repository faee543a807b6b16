import { Button } from '../../../components/button.tsx';
import { draftOf } from '../../../components/draft.ts';
import { MarkdownEditor } from '../../../components/content/markdown-editor.tsx';
import { text } from '../../../text/run.ts';
import { useState } from 'react';
import { LongValue } from '../long-value.tsx';

/** Longer texts were hardly written by hand; to render them would hold up the page. */
const renderedLength = 100_000;

interface DescriptionProps {
  readonly runId: string;
  readonly value: string;
  readonly onSave: (value: string) => Promise<unknown>;
}

export function Description({ runId, value, onSave }: DescriptionProps) {
  const subject = `run ${runId}`;
  const [adding, setAdding] = useState(false);
  if (value === '' && !adding && draftOf(subject) === undefined) {
    return (
      <div>
        <Button
          kind="quiet"
          icon="plus"
          onClick={() => {
            setAdding(true);
          }}
        >
          {text.addDescription}
        </Button>
      </div>
    );
  }
  return (
    <section className="run-description">
      {value.length > renderedLength ? (
        <>
          <p className="dim">{text.tooLongToRender}</p>
          <LongValue name={text.description} value={value} />
        </>
      ) : (
        <MarkdownEditor label={text.description} value={value} subject={subject} onSave={onSave} startsOpen={adding} />
      )}
    </section>
  );
}
