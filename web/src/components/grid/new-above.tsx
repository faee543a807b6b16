import { text } from '../../text/grid.ts';
import { Button } from '../button.tsx';
import { count as inWords } from '../format.ts';

interface NewAboveProps {
  readonly count: number;
  /** Pixels: where the rows begin. */
  readonly top: number;
  readonly onShow: () => void;
}

/** Tells of rows that came in above those in view, over the first of these; nothing where none did. */
export function NewAbove({ count, top, onShow }: NewAboveProps) {
  return (
    <div className="grid-news" role="status">
      {count > 0 && (
        <Button icon="up" style={{ top }} onClick={onShow}>
          {text.newAbove(inWords(count))}
        </Button>
      )}
    </div>
  );
}
