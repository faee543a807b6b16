import { Button } from '../../../components/button.tsx';
import { MarkdownEditor } from '../../../components/markdown-editor.tsx';
import { text } from '../../../text/run.ts';
import { useState } from 'react';
import { LongValue } from '../long-value.tsx';

/** Longer texts were hardly written by hand; to render them would hold up the page. */
const renderedLength = 100_000;

export function Description({ value, onSave }: { value: string; onSave: (value: string) => Promise<unknown> }) {
  const [adding, setAdding] = useState(false);
  if (value === '' && !adding) {
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
        <MarkdownEditor label={text.description} value={value} onSave={onSave} />
      )}
    </section>
  );
}
