import { Button } from '../button.tsx';
import { Markdown } from './markdown.tsx';
import { text } from '../../text/markdown.ts';

interface MarkdownChangedProps {
  /** What somebody else saved meanwhile. */
  readonly other: string;
  readonly onTake: () => void;
  readonly onSaveOver: () => void;
}

/** Asks which of two texts is to stay. */
export function MarkdownChanged({ other, onTake, onSaveOver }: MarkdownChangedProps) {
  return (
    <div className="markdown-changed">
      <p role="alert">{text.changed}</p>
      <div className="markdown-preview" role="region" aria-label={text.other} tabIndex={0}>
        {other === '' ? <p className="dim">{text.nothing}</p> : <Markdown>{other}</Markdown>}
      </div>
      <div className="markdown-actions">
        <Button onClick={onTake}>{text.take}</Button>
        <Button onClick={onSaveOver}>{text.saveOver}</Button>
      </div>
    </div>
  );
}
